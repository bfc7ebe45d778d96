"""JSON-LD with schema.org's words, and a few of our own for what it has none for.

The context stands in the file: a reader needs no network. Start and end are given as far as they
are beyond doubt; `edtf` and `dateInWords` say the rest.
"""

from collections.abc import Iterator
from typing import Any

from actors.models import Actor
from events.exports.addresses import Addresses
from events.exports.claims import ClaimRecord, SpeakerRecord, TakenRecord
from events.exports.dates import certain_ends
from events.exports.event_collection import EventCollection
from events.exports.fields import timestamp
from events.exports.json_text import document
from events.exports.records import (
    ActorRecord,
    CountryRecord,
    EventRecord,
    PlaceRecord,
    SourceRecord,
)
from events.exports.selection import Selection
from events.exports.wording import headline, standing_and_date
from events.models.statements import Stance

_OWN_WORDS = {
    "standing": "standing",
    "standingReason": "standing_reason",
    "edtf": "date",
    "dateInWords": "date_in_words",
    "dateBasis": "date_basis",
    "dateReason": "date_reason",
    "countries": "countries",
    "locationPrecision": "location_precision",
    "locator": "source_locators",
    "note": "note",
    "updated": "updated",
}
# By what an actor is in general: schema.org has no word for a group.
ACTOR_TYPES = {
    "person": "Person",
    "organisation": "Organization",
    "public-body": "GovernmentOrganization",
    "group": "Thing",
}
SOURCE_TYPES = {"article": "Article", "report": "Report", "book": "Book", "dataset": "Dataset"}


def parts(selection: Selection[EventCollection]) -> Iterator[str]:
    head = {
        "@context": context(selection.addresses),
        "@type": "ItemList",
        "@id": selection.urn,
        "name": selection.title,
        "url": selection.page,
        "subjectOf": _site(selection),
    }
    items = (
        {"@type": "ListItem", "position": position, "item": of_event(event, selection.addresses)}
        for position, event in enumerate(selection.records(), start=1)
    )
    return document(head, "itemListElement", items, lambda count: {"numberOfItems": count})


def _site(selection: Selection[EventCollection]) -> dict[str, Any]:
    """The chronology that the list is of: what it is called, who answers for it, its licence."""
    chronology = selection.chronology
    contact = given({"name": chronology.contact_name, "url": chronology.contact_url})
    return given(
        {
            "@type": "WebSite",
            "name": chronology.name,
            "url": f"{selection.addresses.base}/",
            "description": chronology.description,
            "license": chronology.terms.url,
            "publisher": contact and {"@type": "Thing", **contact},
        }
    )


def context(addresses: Addresses) -> dict[str, Any]:
    own = {word: f"{addresses.explanation}#{field}" for word, field in _OWN_WORDS.items()}
    return {"@vocab": "https://schema.org/", "url": {"@type": "@id"}, **own}


def of_event(event: EventRecord, addresses: Addresses) -> dict[str, Any]:
    url = addresses.event(event.slug)
    ends = certain_ends(event.date.when.text)
    return given(
        {
            "@type": "Event",
            "@id": event.uuid.urn,
            "url": url,
            "name": headline(event),
            "disambiguatingDescription": standing_and_date(event),
            "description": event.summary,
            "startDate": ends.start,
            "endDate": ends.end,
            "edtf": event.date.when.text,
            "dateInWords": event.date.words,
            "dateBasis": event.date_basis,
            "dateReason": event.date_reason,
            "standing": event.standing,
            "standingReason": event.standing_reason,
            "keywords": event.kind_name,
            "location": _place(event.place, addresses) if event.place else None,
            "countries": [_code(country) for country in event.countries],
            "about": [_role(actor, addresses) for actor in event.actors],
            "subjectOf": [
                *(_work(source, addresses) for source in event.sources),
                *(_claim(claim, addresses) for claim in event.said.claims),
            ],
            "note": event.note,
            "updated": timestamp(event.updated_at),
        }
    )


def _place(place: PlaceRecord, addresses: Addresses) -> dict[str, Any]:
    url = addresses("locations:location_detail", place.slug)
    country = place.country and {"@type": "PostalAddress", "addressCountry": _code(place.country)}
    known = place.latitude is not None
    point = {
        "@type": "GeoCoordinates",
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
    return given(
        {
            "@type": "Place",
            "@id": place.uuid.urn,
            "url": url,
            "name": place.name,
            "address": country,
            "geo": point if known else None,
            "locationPrecision": place.precision if known else None,
        }
    )


def _code(country: CountryRecord) -> str:
    """ISO 3166-1 alpha-2, as schema.org has it; the name of a country that has no such code."""
    return country.iso2 or country.name


def _role(actor: ActorRecord, addresses: Addresses) -> dict[str, Any]:
    """Schema.org puts a role between the two, under the name of the property that it qualifies."""
    return {"@type": "Role", "roleName": actor.roles, "about": of_actor(actor, addresses)}


def _work(source: SourceRecord, addresses: Addresses) -> dict[str, Any]:
    url = addresses("sources:source_detail", source.slug)
    kind = SOURCE_TYPES.get(source.kind, "CreativeWork")
    # No @id: places in the source are this event's own.
    work = {"@type": kind, "url": url, "name": source.title, "locator": source.locators}
    return given(work | {"sameAs": source.address})


def _claim(claim: ClaimRecord, addresses: Addresses) -> dict[str, Any]:
    """Its authors are those who assert it; where it appears to be denied or questioned, the role of
    that says so."""
    asserting = dict.fromkeys(p.speaker for p in claim.positions if p.stance == Stance.ASSERTS)
    return given(
        {
            "@type": "Claim",
            "@id": claim.uuid.urn,
            "text": claim.text,
            "author": [of_actor(speaker, addresses) for speaker in asserting],
            "appearance": [_appearance(each, addresses) for each in claim.positions],
        }
    )


def _appearance(taken: TakenRecord, addresses: Addresses) -> dict[str, Any]:
    """A statement that takes a position on a claim; one may take others on others."""
    ends = certain_ends(taken.date.when.text)
    statement = {
        "@type": "CreativeWork",
        "@id": taken.statement_uuid.urn,
        "url": addresses.statement(taken.statement),
        "abstract": taken.paraphrase,
        "author": of_actor(taken.speaker, addresses),
        "dateCreated": ends.start if ends.start == ends.end else None,
        "edtf": taken.date.when.text,
        "dateInWords": taken.date.words,
    }
    return {"@type": "Role", "roleName": taken.stance, "appearance": given(statement)}


def of_actor(actor: ActorRecord | SpeakerRecord | Actor, addresses: Addresses) -> dict[str, Any]:
    nature = actor.kind.nature if isinstance(actor, Actor) else actor.nature
    return {
        "@type": ACTOR_TYPES[nature],
        "@id": actor.uuid.urn,
        "url": addresses("actors:actor_detail", actor.slug),
        "name": actor.name,
    }


def given(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value not in (None, "", [], {})}
