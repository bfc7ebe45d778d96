"""An event as every output needs it, read in chunks: flat, and nothing that is not public."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from config.db.publication import State as Publication
from events.exports.claims import Said, said_of
from events.exports.reading import DateRecord, date_record, one_of
from events.index.state import State
from events.models import Citation, Event, Location, Participation

CHUNK = 2000

_STANDINGS = dict(Event.Standing.choices)
_PRECISIONS = dict(Location.Precision.choices)


class CountryRecord(NamedTuple):
    iso3: str
    iso2: str
    name: str


class PlaceRecord(NamedTuple):
    uuid: UUID
    slug: str
    name: str
    latitude: float | None
    longitude: float | None
    precision: str
    country: CountryRecord | None

    @property
    def precision_in_words(self) -> str:
        return str(_PRECISIONS[self.precision])


class ActorRecord(NamedTuple):
    """An actor with its roles in the event, in words: "alleged perpetrator"."""

    uuid: UUID
    slug: str
    name: str
    kind: str
    nature: str
    country: CountryRecord | None
    roles: list[str]


class SourceRecord(NamedTuple):
    """A source with the places in it that the event is taken from."""

    uuid: UUID
    slug: str
    title: str
    kind: str
    address: str
    locators: list[str]


class EventRecord(NamedTuple):
    pk: int
    uuid: UUID
    slug: str
    title: str
    date: DateRecord
    date_basis: str
    date_reason: str
    kind: str
    kind_name: str
    standing: str
    standing_in_words: str
    standing_reason: str
    summary: str
    note: str
    place: PlaceRecord | None
    countries: list[CountryRecord]
    actors: list[ActorRecord]
    sources: list[SourceRecord]
    said: Said
    # When it was first published, and when it or what it names last changed.
    published_at: datetime
    updated_at: datetime


_SILENCE = Said([], [])
_COUNTRY = ("iso3", "iso2", "name")
_COLUMNS = (
    *("pk", "uuid", "slug", "title", "date", "kind__slug", "kind__name", "standing"),
    *("standing_reason", "date_basis", "date_reason", "summary", "note", "published_at"),
    *("location__state", "location__uuid", "location__slug", "location__name"),
    *("location__latitude", "location__longitude", "location__precision"),
    *(f"location__country__{name}" for name in _COUNTRY),
)
_Actors = dict[int, list[ActorRecord]]
_Sources = dict[int, list[SourceRecord]]


def read(state: State, keys: list[int], *, with_claims: bool = False) -> Iterator[EventRecord]:
    """The published events with these keys, in the order of the keys: three queries a chunk, and
    three more for who says what.

    When they changed is read from the state of the index: it knows of all that they name.
    """
    # Words are in the language of the request, so that they are kept no longer than it lasts.
    dates = lru_cache(maxsize=4096)(date_record)
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        rows = Event.objects.published().filter(pk__in=one_of(chunk)).order_by()
        times = state.times_of(chunk)
        # An event that was published a moment ago has no time yet.
        known = [row for row in rows.values_list(*_COLUMNS) if row[0] in times]
        found = {
            record.pk: record for record in _records(known, dates, times, with_claims=with_claims)
        }
        yield from (found[key] for key in chunk if key in found)


def _records(
    chunk: list[tuple[Any, ...]],
    dates: Callable[[str], DateRecord],
    times: dict[int, datetime],
    *,
    with_claims: bool,
) -> Iterator[EventRecord]:
    keys = [row[0] for row in chunk]
    actors, sources = _actors_of(keys), _sources_of(keys)
    said = said_of(keys, dates) if with_claims else {}
    for row in chunk:
        key = row[0]
        taking_part = actors.get(key, [])
        belonging = (taking_part, sources.get(key, []), said.get(key, _SILENCE))
        yield _event_record(row, dates(row[4]), times[key], *belonging)


def _event_record(
    row: tuple[Any, ...],
    date: DateRecord,
    updated_at: datetime,
    actors: list[ActorRecord],
    sources: list[SourceRecord],
    said: Said,
) -> EventRecord:
    key, uuid, slug, title, _text, kind, kind_name, standing, reason, *rest = row
    basis, date_reason, summary, note, published_at, *place_columns = rest
    place = _place(place_columns)
    return EventRecord(
        pk=key,
        uuid=uuid,
        slug=slug,
        title=title,
        date=date,
        date_basis=basis,
        date_reason=date_reason,
        kind=kind,
        kind_name=kind_name,
        standing=standing,
        standing_in_words=str(_STANDINGS[standing]),
        standing_reason=reason,
        summary=summary,
        note=note,
        place=place,
        countries=countries_of(place, actors),
        actors=actors,
        sources=sources,
        said=said,
        published_at=published_at,
        updated_at=updated_at,
    )


def _place(columns: list[Any]) -> PlaceRecord | None:
    """The location, if the public may see it."""
    state, uuid, slug, name, latitude, longitude, precision, *country = columns
    if state != Publication.PUBLISHED:
        return None
    return PlaceRecord(uuid, slug, name, latitude, longitude, precision, _country(country))


def _country(columns: Iterable[Any]) -> CountryRecord | None:
    country = CountryRecord(*columns)
    return country if country.iso3 is not None else None


def countries_of(place: PlaceRecord | None, actors: list[ActorRecord]) -> list[CountryRecord]:
    """What the filter `country` goes by: that of the place, then those of the actors."""
    found = [place.country] if place else []
    found += [actor.country for actor in actors]
    return list(dict.fromkeys(country for country in found if country))


def _actors_of(events: list[int]) -> _Actors:
    rows = (
        Participation.objects.filter(event__in=one_of(events), actor__state=Publication.PUBLISHED)
        .order_by("pk")
        .values_list(
            *("event_id", "role__name", "is_alleged", "actor__uuid", "actor__slug"),
            *("actor__name", "actor__kind", "actor__kind__nature"),
            *(f"actor__country__{name}" for name in _COUNTRY),
        )
    )
    actors: dict[int, dict[str, ActorRecord]] = defaultdict(dict)
    for event, words, is_alleged, uuid, slug, name, kind, nature, *country in rows:
        actor = actors[event].get(slug)
        if actor is None:
            actor = ActorRecord(uuid, slug, name, kind, nature, _country(country), [])
            actors[event][slug] = actor
        actor.roles.append(_("alleged %(role)s") % {"role": words} if is_alleged else words)
    return {event: list(found.values()) for event, found in actors.items()}


def _sources_of(events: list[int]) -> _Sources:
    rows = (
        Citation.objects.published()
        .filter(event__in=one_of(events))
        .order_by("source__sort_title", "sort_locator", "aspect", "pk")
        .values_list(
            *("event_id", "source__uuid", "source__slug", "source__title", "source__kind"),
            *("source__url", "locator"),
        )
    )
    sources: dict[int, dict[str, SourceRecord]] = defaultdict(dict)
    for event, uuid, slug, title, kind, address, locator in rows:
        source = sources[event].get(slug)
        if source is None:
            source = sources[event][slug] = SourceRecord(uuid, slug, title, kind, address, [])
        if locator and locator not in source.locators:
            source.locators.append(locator)
    return {event: list(found.values()) for event, found in sources.items()}
