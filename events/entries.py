"""Events as rows of a list show them, read flat: a page of fifty costs three queries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from config.addresses import addresses_of
from config.dates import UncertainDate, parse
from config.rows import fetch
from events.models import Event, Participation
from events.models.citations import place_in

# Of the actors of an event, so many stand in its row.
SHOWN = 8
# Words of a summary.
LENGTH = 45
Row = tuple[Any, ...]

# Written out, because the time of a list is mostly that of making its rows.
_EVENTS = """
    SELECT event.id, event.slug, event.title, event.date, event.standing, event.summary, kind.name,
        place.slug, place.name, country.iso3, country.name
    FROM events_event AS event
    JOIN events_eventtype AS kind ON kind.id = event.kind_id
    LEFT JOIN events_location AS place
        ON place.id = event.location_id AND place.state = 'published'
    LEFT JOIN actors_country AS country ON country.id = place.country_id
    WHERE event.id = ANY(%s) AND event.state = 'published'
"""
_PARTS = """
    SELECT part.event_id, part.id, part.role, part.is_alleged, actor.slug, actor.name
    FROM events_participation AS part
    JOIN actors_actor AS actor ON actor.id = part.actor_id AND actor.state = 'published'
    WHERE part.event_id = ANY(%s)
    ORDER BY part.id
"""
# A row has no room for a curators' note, and so not for what the note rests on.
_CITATIONS = """
    SELECT citation.event_id, citation.participation_id, citation.id, citation.aspect, source.slug,
        source.title, citation.locator
    FROM events_citation AS citation
    JOIN events_source AS source ON source.id = citation.source_id AND source.state = 'published'
    WHERE (citation.event_id = ANY(%s) OR citation.participation_id = ANY(%s))
        AND citation.aspect <> 'note'
    ORDER BY source.sort_title, source.id, citation.sort_locator, citation.aspect, citation.id
"""


@dataclass(slots=True)
class Named:
    """What a row leads to."""

    name: str
    url: str


@dataclass(slots=True)
class Part:
    """An actor of an event in one role: "alleged perpetrator"."""

    key: int
    name: str
    url: str
    role: str


@dataclass(slots=True)
class CitedIn:
    """A source, with each place in it that a row rests on; `url` leads to the first of them."""

    slug: str
    title: str
    url: str
    places: list[Named] = field(default_factory=list)


@dataclass(slots=True)
class Said:
    """A claim about an event or, with a speaker, a statement."""

    speaker: str
    text: str


@dataclass(slots=True)
class Entry:
    """One event. `country` is None where the place has its name; `more` counts the actors beyond
    those shown. `names` and `said` are what else a search found of it."""

    key: int
    slug: str
    url: str
    title: str
    when: UncertainDate
    standing: str
    standing_in_words: str
    kind: str
    summary: str
    place: Named | None
    country: Named | None
    parts: list[Part] = field(default_factory=list)
    more: int = 0
    sources: list[CitedIn] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DateGroup:
    """Neighbours of which the same is known about the date."""

    when: UncertainDate
    entries: list[Entry]


def group_by_date(entries: Iterable[Entry]) -> list[DateGroup]:
    grouped = groupby(entries, key=lambda entry: entry.when)
    return [DateGroup(when, list(group)) for when, group in grouped]


def read_entries(keys: Sequence[int], *, are_whole: bool = False) -> list[Entry]:
    """The published events with these keys, in this order, each with nothing but what is public.

    Of a long summary the beginning, unless they are wanted whole.
    """
    if not keys:
        return []
    by_key = {entry.key: entry for entry in _entries(fetch(_EVENTS, [list(keys)]))}
    _add_parts(by_key, fetch(_PARTS, [list(by_key)]))
    parts = [part.key for entry in by_key.values() for part in entry.parts]
    _add_sources(by_key, fetch(_CITATIONS, [list(by_key), parts]))
    entries = [by_key[key] for key in keys if key in by_key]
    for entry in () if are_whole else entries:
        entry.summary = shortened(entry.summary)
    return entries


def _entries(rows: Iterable[Row]) -> Iterator[Entry]:
    event_at, place_at = map(addresses_of, ("events:event_detail", "locations:location_detail"))
    country_at = addresses_of("countries:country_detail")
    standings = {str(value): str(label) for value, label in Event.Standing.choices}
    for key, slug, title, date, standing, summary, kind, *around in rows:
        place_slug, place, iso3, country = around
        is_elsewhere = iso3 is not None and country != place
        yield Entry(
            key=key,
            slug=slug,
            url=event_at(slug),
            title=title,
            when=parse(date),
            standing=standing,
            standing_in_words=standings[standing],
            kind=kind,
            summary=summary,
            place=Named(place, place_at(place_slug)) if place_slug else None,
            country=Named(country, country_at(iso3)) if is_elsewhere else None,
        )


def _add_parts(entries: dict[int, Entry], rows: Iterable[Row]) -> None:
    actor_at = addresses_of("actors:actor_detail")
    roles = {str(value): str(label).lower() for value, label in Participation.Role.choices}
    for event, key, role, is_alleged, slug, name in rows:
        entry = entries[event]
        if len(entry.parts) == SHOWN:
            entry.more += 1
            continue
        words = roles[role]
        if is_alleged:
            words = _("alleged %(role)s") % {"role": words}
        entry.parts.append(Part(key, name, actor_at(slug), words))


def _add_sources(entries: dict[int, Entry], rows: Iterable[Row]) -> None:
    """What each event and the parts shown rest on. A place in a source stands once: as what the
    event has from there, if anything.
    """
    source_at = addresses_of("sources:source_detail")
    owners = {part.key: entry for entry in entries.values() for part in entry.parts}
    turns = {p.key: turn for e in entries.values() for turn, p in enumerate(e.parts, start=1)}
    found: dict[tuple[int, str, str, str], tuple[int, str]] = {}
    for event, part, key, aspect, slug, title, locator in rows:
        entry = entries[event] if part is None else owners[part]
        source = source_at(slug)
        if part is None:
            anchor = f"citation-{key}" if aspect else f"event-{entry.slug}"
            turn, url = 0, place_in(source, "event", entry.slug, anchor)
        else:
            turn, url = turns[part], place_in(source, "participation", part, f"citation-{key}")
        place = (entry.key, slug, title, locator)
        if place not in found or turn < found[place][0]:
            found[place] = (turn, url)
    for (event, slug, title, locator), (_turn, url) in found.items():
        sources = entries[event].sources
        if not sources or sources[-1].slug != slug:
            sources.append(CitedIn(slug, title, url))
        if locator:
            sources[-1].places.append(Named(locator, url))


def shortened(text: str) -> str:
    """The beginning of a summary."""
    # What is so short has no more words.
    return text if len(text) < 2 * LENGTH else Truncator(text).words(LENGTH, truncate=" …")
