"""The events between two actors as rows show them, read flat by two queries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from actors.models import Actor
from actors.offices import Offices
from config.db.rows import fetch
from config.edtf.dates import UncertainDate, parse
from config.http.addresses import addresses_of
from events.models import Event, EventLink, EventType, Participation
from events.pages.offices import office_then
from events.pages.references import References

# Of those who take part, so many are shown.
SHOWN = 12
Row = tuple[Any, ...]

# Written out, because the time of a page is mostly that of making its rows.
_EVENTS = """
    SELECT event.id, event.slug, event.title, event.date, event.standing, kind.name, kind.quad
    FROM events_event AS event
    JOIN events_eventtype AS kind ON kind.id = event.kind_id
    WHERE event.id = ANY(%s) AND event.state = 'published'
"""
_PARTS = """
    SELECT part.event_id, part.id, part.role, part.is_alleged, actor.id, actor.slug, actor.name,
        actor.kind
    FROM events_participation AS part
    JOIN actors_actor AS actor ON actor.id = part.actor_id AND actor.state = 'published'
    WHERE part.event_id = ANY(%s)
    ORDER BY part.id
"""


@dataclass(slots=True)
class Part:
    """An actor in one role. Only people are asked for the offices they hold elsewhere."""

    key: int
    name: str
    url: str
    role: str
    is_alleged: bool
    actor: int
    is_person: bool


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A part with the office held at the time, and with the marks of both."""

    name: str
    url: str
    role: str
    is_alleged: bool
    office: str
    marks: SafeString


@dataclass(slots=True)
class Entry:
    """One event, with everybody who takes part, and how it bears on claims on both actors."""

    key: int
    slug: str
    url: str
    title: str
    when: UncertainDate
    standing: str
    standing_in_words: str
    kind: str
    quad: str
    parts: list[Part] = field(default_factory=list)
    links: list[EventLink] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many take part beyond those shown."""
        return max(0, len(self.parts) - SHOWN)

    def marks(self, references: References) -> SafeString:
        return references.marks(references.of_all_of_key("event", self.key, self.slug))

    def written(self, references: References, offices: Offices) -> list[WrittenPart]:
        """Those shown, one after the other: references are numbered as they are asked for."""
        return [self._written(part, references, offices) for part in self.parts[:SHOWN]]

    def _written(self, part: Part, references: References, offices: Offices) -> WrittenPart:
        return WrittenPart(
            name=part.name,
            url=part.url,
            role=part.role,
            is_alleged=part.is_alleged,
            office=office_then(offices, part.actor, self.when, references),
            marks=references.marks(references.of_key("participation", part.key, part.key)),
        )


def read_entries(keys: Sequence[int]) -> dict[int, Entry]:
    """The published events with these keys, by key, each with nothing but what is public."""
    if not keys:
        return {}
    entries = {entry.key: entry for entry in _entries(fetch(_EVENTS, [list(keys)]))}
    for event, part in _parts(fetch(_PARTS, [list(entries)])):
        entries[event].parts.append(part)
    return entries


def _entries(rows: Iterable[Row]) -> Iterator[Entry]:
    event_at = addresses_of("events:event_detail")
    standings = {str(value): str(label) for value, label in Event.Standing.choices}
    quads = {str(value): str(label).lower() for value, label in EventType.Quad.choices}
    for key, slug, title, date, standing, kind, quad in rows:
        yield Entry(
            key=key,
            slug=slug,
            url=event_at(slug),
            title=title,
            when=parse(date),
            standing=standing,
            standing_in_words=standings[standing],
            kind=kind,
            quad=quads[quad],
        )


def _parts(rows: Iterable[Row]) -> Iterator[tuple[int, Part]]:
    """Each with the key of its event."""
    actor_at = addresses_of("actors:actor_detail")
    roles = {str(value): str(label).lower() for value, label in Participation.Role.choices}
    for event, key, role, is_alleged, actor, slug, name, kind in rows:
        yield (
            event,
            Part(
                key=key,
                name=name,
                url=actor_at(slug),
                role=roles[role],
                is_alleged=is_alleged,
                actor=actor,
                is_person=kind == Actor.Kind.PERSON,
            ),
        )
