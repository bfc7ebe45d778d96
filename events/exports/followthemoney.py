"""Entities of FollowTheMoney, a line each, as its own tools read and write them.

An id is the UUID of the record: FollowTheMoney takes no colon in it. Before the first event that
needs them come the actors and sources that it leads to. Dates are prefixes of ISO 8601, as far as
they are beyond doubt. Each event carries `row` and `rows`, which FollowTheMoney keeps as context:
the last line tells a whole file from a cut one.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language

from events.exports.addresses import Addresses
from events.exports.dates import certain_ends
from events.exports.event_collection import EventCollection
from events.exports.fields import timestamp
from events.exports.json_text import encode
from events.exports.records import ActorRecord, CountryRecord, EventRecord, SourceRecord
from events.exports.selection import Selection
from events.exports.wording import (
    actor_in_words,
    headline,
    labels_in,
    source_in_words,
    standing_and_date,
)

# By what an actor is in general.
_SCHEMATA = {
    "person": "Person",
    "organisation": "Organization",
    "public-body": "PublicBody",
    "group": "LegalEntity",
}
# Of states that are no more, and have no alpha-2 code: as FollowTheMoney writes them.
_FORMER = {"CSK": "cshh", "DDR": "dd", "SCG": "csxx", "SUN": "suhh", "YUG": "yucs"}
Entity = dict[str, Any]


def parts(selection: Selection[EventCollection]) -> Iterator[str]:
    rows = selection.count
    # As many as there are actors and sources, however many events name them.
    written: set[str] = set()
    for row, event in enumerate(selection.records(), start=1):
        for linked in _linked(event, selection.addresses, written):
            yield f"{encode(linked)}\n"
        entity = _event(event, selection.addresses) | {"row": row, "rows": rows}
        yield f"{encode(entity)}\n"


def _linked(event: EventRecord, addresses: Addresses, written: set[str]) -> Iterator[Entity]:
    """The entities that the event names and that are not written yet."""
    for actor in event.actors:
        if (key := str(actor.uuid)) not in written:
            written.add(key)
            yield _actor(actor, addresses)
    for source in event.sources:
        if (key := str(source.uuid)) not in written:
            written.add(key)
            yield _source(source, addresses)


def _event(event: EventRecord, addresses: Addresses) -> Entity:
    start, end = map(_in_range, certain_ends(event.date.when.text))
    is_one = start == end
    place = event.place
    return _entity(
        str(event.uuid),
        "Event",
        name=headline(event),
        summary=standing_and_date(event),
        description=event.summary,
        date=start if is_one else "",
        startDate="" if is_one else start,
        endDate="" if is_one else end,
        location=place.name if place else "",
        country=[_code(country) for country in event.countries],
        involved=[str(actor.uuid) for actor in event.actors],
        proof=[str(source.uuid) for source in event.sources],
        keywords=[event.kind_name, event.standing_in_words],
        notes=_notes(event),
        recordId=event.slug,
        sourceUrl=addresses.event(event.slug),
        # Always UTC, and without saying so.
        modifiedAt=timestamp(event.updated_at).removesuffix("Z"),
    )


def _notes(event: EventRecord) -> list[str]:
    """What there are no properties for: roles, places in sources, the date as it is recorded."""
    labels = labels_in(get_language())
    notes = [f"{labels.standing}: {event.standing_in_words}", event.standing_reason, event.note]
    if event.date.when.text:
        notes.append(f"EDTF: {event.date.when.text}")
    notes += [f"{labels.actors}: {actor_in_words(actor)}" for actor in event.actors]
    notes += [f"{labels.sources}: {source_in_words(source)}" for source in event.sources]
    return notes


def _actor(actor: ActorRecord, addresses: Addresses) -> Entity:
    return _entity(
        str(actor.uuid),
        _SCHEMATA[actor.nature],
        name=actor.name,
        country=_code(actor.country) if actor.country else "",
        sourceUrl=addresses("actors:actor_detail", actor.slug),
    )


def _source(source: SourceRecord, addresses: Addresses) -> Entity:
    return _entity(
        str(source.uuid),
        "Document",
        title=source.title,
        # Demanded of a document; a source has no file but its title.
        fileName=source.title,
        sourceUrl=[addresses("sources:source_detail", source.slug), source.address],
    )


def _in_range(date: str | None) -> str:
    """FollowTheMoney drops a date of a year before 1000 or after 2999."""
    return date if date and date[0] in "12" else ""


def _code(country: CountryRecord) -> str:
    """ "" where FollowTheMoney has none."""
    return country.iso2.lower() or _FORMER.get(country.iso3, "")


def _entity(key: str, schema: str, **properties: str | list[str] | None) -> Entity:
    """Every property of FollowTheMoney is a list; empty ones are left out."""
    lists = {
        name: [value for value in ([given] if isinstance(given, str) else given or []) if value]
        for name, given in properties.items()
    }
    return {
        "id": key,
        "schema": schema,
        "properties": {name: values for name, values in lists.items() if values},
    }
