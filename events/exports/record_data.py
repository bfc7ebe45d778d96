"""A record as schema.org's words tell of it, for the head of its page; as cautious as the whole
output: no allegation reads as a fact, no date is finer than it is known."""

from typing import Any

from actors.models import Actor, Country
from events.exports import jsonld
from events.exports.addresses import Addresses
from events.exports.dates import certain_ends
from events.exports.records import EventRecord
from events.models import Location, Source, Statement
from events.pages.citation_authors import read_authors

Data = dict[str, Any]


def of_event(event: EventRecord, addresses: Addresses) -> Data:
    return {"@context": jsonld.context(addresses), **jsonld.of_event(event, addresses)}


def of_actor(actor: Actor, addresses: Addresses) -> Data:
    kind = jsonld.ACTOR_TYPES[actor.kind.nature]
    return _record(kind, actor, addresses, description=actor.summary)


def of_country(country: Country, addresses: Addresses) -> Data:
    return _record("Country", country, addresses, identifier=country.iso3)


def of_location(location: Location, addresses: Addresses) -> Data:
    country = location.country
    address = country and {"@type": "PostalAddress", "addressCountry": country.iso2 or country.name}
    point = {
        "@type": "GeoCoordinates",
        "latitude": location.latitude,
        "longitude": location.longitude,
    }
    known = location.has_coordinates
    data = _record("Place", location, addresses, address=address, geo=point if known else None)
    # What the point stands for; it may be the middle of a country.
    data["locationPrecision"] = location.precision if known else None
    return jsonld.given(data)


def of_source(source: Source, addresses: Addresses) -> Data:
    kind = jsonld.SOURCE_TYPES.get(source.kind, "CreativeWork")
    ends = certain_ends(source.date)
    authors = [
        {"@type": "Person", "familyName": author.family, "givenName": author.given}
        if author.given
        else {"@type": "Thing", "name": author.family}
        for author in read_authors(source.author)
    ]
    return _record(
        kind,
        source,
        addresses,
        author=authors,
        publisher=source.publisher and {"@type": "Organization", "name": source.publisher},
        datePublished=ends.start if ends.start == ends.end else None,
        inLanguage=source.language,
        sameAs=source.url,
        archivedAt=source.archived_url,
    )


def of_statement(statement: Statement, addresses: Addresses) -> Data:
    """What was said, by whom: not that it is so."""
    ends = certain_ends(statement.date)
    data = _record(
        "CreativeWork",
        statement,
        addresses,
        abstract=statement.paraphrase,
        author=jsonld.of_actor(statement.speaker, addresses),
        dateCreated=ends.start if ends.start == ends.end else None,
    )
    data |= {"edtf": statement.date, "dateInWords": statement.when.words}
    return jsonld.given(data)


def _record(kind: str, record: Any, addresses: Addresses, **more: Any) -> Data:
    return jsonld.given(
        {
            "@context": jsonld.context(addresses),
            "@type": kind,
            "@id": record.uuid.urn,
            "url": f"{addresses.base}{record.get_absolute_url()}",
            "name": str(record),
            **more,
        }
    )
