"""The events between two actors as rows show them, by two queries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from actors.offices import Offices
from config.db.publication import State
from config.edtf.dates import UncertainDate
from config.http.addresses import addresses_of
from events.models import Event, EventLink, EventType, Participation
from events.pages.labels import shorten
from events.pages.offices import office_then
from events.pages.references import References

# Of those who take part, so many are shown.
SHOWN = 12


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
        return references.marks(
            references.of_all_of_key("event", self.key, self.slug), shorten(self.title)
        )

    def written(self, references: References, offices: Offices) -> list[WrittenPart]:
        """Those shown, one after the other: references follow the order of the page."""
        return [self._written(part, references, offices) for part in self.parts[:SHOWN]]

    def _written(self, part: Part, references: References, offices: Offices) -> WrittenPart:
        return WrittenPart(
            name=part.name,
            url=part.url,
            role=part.role,
            is_alleged=part.is_alleged,
            office=office_then(offices, part.actor, self.when, references),
            marks=references.marks(
                references.of_key("participation", part.key, part.key), part.name
            ),
        )


def read_entries(keys: Sequence[int]) -> dict[int, Entry]:
    """The published events with these keys, by key, each with nothing but what is public."""
    if not keys:
        return {}
    entries = {entry.key: entry for entry in _entries(keys)}
    _add_parts(entries)
    return entries


def _entries(keys: Sequence[int]) -> Iterator[Entry]:
    event_at = addresses_of("events:event_detail")
    quads = {str(value): str(label).lower() for value, label in EventType.Quad.choices}
    rows = Event.objects.published().filter(pk__in=keys).select_related("kind").order_by()
    for row in rows.only("slug", "title", "date", "standing", "kind__name", "kind__quad"):
        yield Entry(
            key=row.pk,
            slug=row.slug,
            url=event_at(row.slug),
            title=row.title,
            when=row.when,
            standing=row.standing,
            standing_in_words=row.get_standing_display(),
            kind=row.kind.name,
            quad=quads.get(row.kind.quad, ""),
        )


def _add_parts(entries: dict[int, Entry]) -> None:
    actor_at = addresses_of("actors:actor_detail")
    rows = Participation.objects.filter(event__in=entries, actor__state=State.PUBLISHED)
    for row in rows.select_related("actor__kind", "role").order_by("pk"):
        entries[row.event_id].parts.append(
            Part(
                key=row.pk,
                name=row.actor.name,
                url=actor_at(row.actor.slug),
                role=row.role.name,
                is_alleged=row.is_alleged,
                actor=row.actor_id,
                is_person=row.actor.is_person,
            )
        )
