"""Events: the fields that every output of the site shares, and each fact with its citations."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy

from events.api.citations import CITATIONS, Found, citations_field, citations_of
from events.api.resources import Batch, Field, Resource, Schema
from events.api.schemas import (
    ADDRESS,
    BOOLEAN,
    COUNTRY,
    DAY,
    NAMED,
    NUMBER_OR_NULL,
    SLUG_OR_NULL,
    SLUG_TEXT,
    TEXT,
    TIME,
    UUID_TEXT,
    address_fields,
    many,
    nullable,
    record,
    word,
)
from events.exports.addresses import Addresses
from events.exports.collection import Flat
from events.exports.fields import FIELDS, flat, timestamp
from events.exports.records import EventRecord, read
from events.filters.events import EventFilterSet
from events.filters.selected import SelectedEvents
from events.index.current import current_state
from events.index.selection import Sorted
from events.models import Event, EventLink, Location, Participation, PastStanding
from events.models.events import EventQuerySet

_STANDING = word(Event.Standing.choices)


def rows() -> EventQuerySet:
    """Enough to know them by; the rest is read of those that are shown."""
    return Event.objects.published().only("pk")


def listed(filters: EventFilterSet) -> SelectedEvents:
    return SelectedEvents(filters.selection)


class EventBatch(Batch):
    def __init__(self, rows: list[Event | Sorted], addresses: Addresses) -> None:
        # One may have gone since the rows were found.
        keys = [row.pk for row in rows]
        super().__init__(list(read(current_state(), keys)), addresses)

    @cached_property
    def flat(self) -> dict[int, Flat]:
        return {event.pk: flat(event, self.addresses) for event in self.rows}

    @cached_property
    def participations(self) -> dict[int, list[Participation]]:
        found = defaultdict(list)
        for row in Participation.objects.published().filter(event__in=self.keys).for_list():
            found[row.event_id].append(row)
        return found

    @cached_property
    def links(self) -> dict[int, list[EventLink]]:
        found = defaultdict(list)
        for row in EventLink.objects.published().filter(from_event__in=self.keys).for_list():
            found[row.from_event_id].append(row)
        return found

    @cached_property
    def past_standings(self) -> dict[int, list[PastStanding]]:
        found = defaultdict(list)
        for row in PastStanding.objects.filter(event__in=self.keys):
            found[row.event_id].append(row)
        return found

    @cached_property
    def citations(self) -> Found:
        return citations_of(
            event=self.keys,
            participation=[row.pk for some in self.participations.values() for row in some],
            link=[row.pk for some in self.links.values() for row in some],
        )


def shared(name: str, schema: Schema) -> dict[str, Field]:
    """A field of every output."""
    return {name: Field(schema, FIELDS[name], lambda batch, row: batch.flat[row.pk][name])}


def _location(batch: EventBatch, row: EventRecord) -> dict[str, Any] | None:
    place = row.place
    if place is None:
        return None
    return {
        "slug": place.slug,
        "name": place.name,
        "country": place.country.iso3 if place.country else None,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": place.precision,
    }


def _actors(batch: EventBatch, row: EventRecord) -> list[dict[str, Any]]:
    return [
        {
            "slug": actor.slug,
            "name": actor.name,
            "kind": actor.kind,
            "country": actor.country.iso3 if actor.country else None,
            "roles": actor.roles,
        }
        for actor in row.actors
    ]


def _participations(batch: EventBatch, row: EventRecord) -> list[dict[str, Any]]:
    return [
        {
            "uuid": str(participation.uuid),
            "actor": participation.actor.slug,
            "role": participation.role_id,
            "is_alleged": participation.is_alleged,
            "note": participation.note,
            "citations": batch.citations.get(("participation", participation.pk), []),
        }
        for participation in batch.participations.get(row.pk, [])
    ]


def _links(batch: EventBatch, row: EventRecord) -> list[dict[str, Any]]:
    return [
        {
            "uuid": str(link.uuid),
            "relation": link.relation,
            "event": link.to_event.slug if link.to_event else None,
            "claim": link.to_claim.slug if link.to_claim else None,
            "basis": link.basis,
            "note": link.note,
            "citations": batch.citations.get(("link", link.pk), []),
        }
        for link in batch.links.get(row.pk, [])
    ]


def _past_standings(batch: EventBatch, row: EventRecord) -> list[dict[str, str]]:
    return [
        {
            "standing": past.standing,
            "reason": past.reason,
            "since": timestamp(past.since),
            "until": timestamp(past.until),
        }
        for past in batch.past_standings.get(row.pk, [])
    ]


_LOCATION = record(
    **NAMED["properties"],
    country=COUNTRY,
    latitude=NUMBER_OR_NULL,
    longitude=NUMBER_OR_NULL,
    precision=word(Location.Precision.choices),
)
EVENTS = Resource(
    name="events",
    singular="event",
    description=gettext_lazy("What happened, is said to have happened, or was called for."),
    filters=EventFilterSet,
    rows=rows,
    listed=listed,
    batch=EventBatch,
    fields={
        **shared("slug", SLUG_TEXT),
        **shared("title", TEXT),
        **shared("date", TEXT),
        **shared("date_in_words", TEXT),
        **shared("not_before", DAY),
        **shared("not_after", DAY),
        **shared("date_basis", word(Event.DateBasis.choices)),
        **shared("date_reason", TEXT),
        **shared("kind", SLUG_TEXT),
        **shared("kind_name", TEXT),
        **shared("standing", _STANDING),
        **shared("standing_in_words", TEXT),
        **shared("standing_reason", TEXT),
        "past_standings": Field(
            many(record(standing=_STANDING, reason=TEXT, since=TIME, until=TIME)),
            gettext_lazy("Standings that the editors gave it before, latest first."),
            _past_standings,
        ),
        **shared("countries", many({"type": "string", "pattern": "^[A-Z]{3}$"})),
        "location": Field(
            nullable(_LOCATION),
            gettext_lazy(
                "The place; null where it is not given. The precision says what the coordinates "
                "(WGS 84, in degrees) stand for."
            ),
            _location,
        ),
        "actors": Field(
            many(record(slug=SLUG_TEXT, name=TEXT, kind=TEXT, country=COUNTRY, roles=many(TEXT))),
            gettext_lazy("Who takes part, each once, with its roles in words."),
            _actors,
        ),
        "participations": Field(
            many(
                record(
                    uuid=UUID_TEXT,
                    actor=SLUG_TEXT,
                    role=SLUG_TEXT,
                    is_alleged=BOOLEAN,
                    note=TEXT,
                    citations=CITATIONS,
                )
            ),
            gettext_lazy("Each role of each actor, and whether it is only alleged."),
            _participations,
        ),
        **shared("summary", TEXT),
        **shared("note", TEXT),
        "links": Field(
            many(
                record(
                    uuid=UUID_TEXT,
                    relation=word(EventLink.Relation.choices),
                    event=SLUG_OR_NULL,
                    claim=SLUG_OR_NULL,
                    basis=word(EventLink.Basis.choices),
                    note=TEXT,
                    citations=CITATIONS,
                )
            ),
            gettext_lazy(
                "How it bears on another event, or on what a claim describes, and whether a source "
                "says so or the editors infer it."
            ),
            _links,
        ),
        **citations_field("event"),
        **shared("url", ADDRESS),
        **{k: v for k, v in address_fields("events").items() if k in ("uuid", "api_url")},
        **shared("updated", TIME),
    },
)
