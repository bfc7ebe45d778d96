"""What the page of two actors shows, gathered in a fixed number of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from actors.models import Actor, Tenure
from actors.offices import Offices
from config.dates import UncertainDate
from config.paging import PAGE_SIZE, Page, asked_page, page_of
from config.rows import Columns, fetch
from events.models import EventLink, EventType, Statement
from events.references import References, read_cited
from events.relations.entries import Entry, WrittenPart, read_entries
from events.relations.filters import RelationFilterSet
from events.relations.rows import Direction, rows_between
from events.relations.spans import dated_rows, fetched_between

# What `rows` gives statements as their quad class: they have none.
STATEMENT = "statement"
# Of each side's bodies and office holders, so many are shown.
SHOWN = 12

_ACTOR = Columns(Actor, "actor", {"id", "lineage", "slug", "name", "sort_name"})
_SIDES = f"""
    SELECT {_ACTOR}
    FROM actors_actor AS actor
    WHERE actor.state = 'published' AND actor.lineage && ARRAY(
        SELECT id FROM actors_actor WHERE slug = ANY(%s) AND state = 'published')
    ORDER BY actor.sort_name, actor.id
"""  # noqa: S608
_TENURE = Columns(
    Tenure,
    "tenure",
    {"id", "person_id", "office", "body_id", "began", "began_is", "ended", "ended_is", "held"},
)
_PERSON = Columns(Actor, "person", {"id", "slug", "name"})
# As Tenure.published and for_list: of bodies that are not public nothing is known.
_TENURES = f"""
    SELECT {_TENURE}, {_PERSON}
    FROM actors_tenure AS tenure
    JOIN actors_actor AS person ON person.id = tenure.person_id AND person.state = 'published'
    LEFT JOIN actors_actor AS body ON body.id = tenure.body_id
    WHERE (tenure.person_id = ANY(%s) OR tenure.body_id = ANY(%s))
        AND (body.id IS NULL OR body.state = 'published')
    ORDER BY tenure.held, tenure.office, tenure.id
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of one direction, kind and quad class, and the first and the last day they are
    known to touch: the first of its month or year, where nothing finer is drawn."""

    direction: str
    what: str
    quad: str
    number: int
    first_day: int | None
    last_day: int | None


@dataclass(frozen=True, slots=True)
class RelationRow:
    """An event, or a statement, and how it stands between the two."""

    direction: str
    event: Entry | None
    statement: Statement | None
    page: "Relation" = field(repr=False, compare=False)

    @property
    def when(self) -> UncertainDate:
        record = self.event or self.statement
        assert record is not None  # noqa: S101 - one of them is given
        return record.when

    @property
    def marks(self) -> str:
        """Those of the event; asked for when the page is written, which numbers the references."""
        return self.event.marks(self.page.references) if self.event else ""

    @property
    def parts(self) -> list[WrittenPart]:
        """Who takes part in the event, with marks, as far as they are shown."""
        return self.event.written(self.page.references, self.page.offices) if self.event else []


@dataclass(frozen=True, slots=True)
class DateRows:
    """Neighbours of which the same is known about the date."""

    when: UncertainDate
    rows: list[RelationRow]


class Relation:
    """Two actors, under the filters of a page. Eleven queries at most, however many the rows."""

    def __init__(self, actors: list[Actor], slugs: tuple[str, str]) -> None:
        """`actors`: the two, whose slugs are given, and everything that is part of them."""
        by_slug = {actor.slug: actor for actor in actors}
        self.first, self.second = (by_slug[slug] for slug in slugs)
        self._actors = actors

    @property
    def actors(self) -> tuple[Actor, Actor]:
        return self.first, self.second

    def bodies(self, actor: Actor) -> list[Actor]:
        """What is part of the actor, itself aside."""
        return [a for a in self._actors if actor.pk in a.lineage and a.pk != actor.pk]

    def load(self, filters: RelationFilterSet) -> None:
        """Count, and fetch the rows of the page that the query names; nothing for a bad query."""
        self.counts: list[Count] = []
        self._page: list[tuple[str, int, str]] = []
        self._claims: list[int] = []
        self._drawn = ""
        if filters.problems:
            return
        start = ((asked_page(filters) or 1) - 1) * PAGE_SIZE
        chosen = [filters.chosen(name) or every for name, every in EVERY.items()]
        rows = rows_between(self.first, self.second)
        fetched = fetch(*fetched_between(rows, filters, chosen, start, PAGE_SIZE))
        self.counts = [Count(*row[1:7]) for row in fetched if row[0] == "count"]
        self._page = [(what, pk, way) for part, way, what, _, pk, *_ in fetched if part == "row"]
        self._claims = [row[4] for row in fetched if row[0] == "claim"]
        self._drawn = next(row[1] for row in fetched if row[0] == "drawn")

    def count(self, filters: RelationFilterSet, *, but: str = "", **only: str) -> list[Count]:
        """The counts under the filters, all but one of them or with another value in its place."""
        chosen = {name: filters.chosen(name) or every for name, every in EVERY.items()}
        chosen |= {name: [value] for name, value in only.items()}
        if but:
            chosen[but] = EVERY[but]
        return [
            count
            for count in self.counts
            if all(getattr(count, name) in values for name, values in chosen.items())
        ]

    def page(self, filters: RelationFilterSet) -> Page[RelationRow]:
        if filters.problems:
            return Page([], 1, 0, filters.query)
        number = sum(count.number for count in self.count(filters))
        return page_of(filters, number, lambda first, last: self._rows)

    def dated_rows(self) -> tuple[str, list[Any]]:
        """SQL for `tallies`: by quad class, what is drawn under the filters by date."""
        return dated_rows(self._drawn)

    @cached_property
    def _rows(self) -> list[RelationRow]:
        events = read_entries(self._ids("event"))
        statements = {row.pk: row for row in self._statements(self._ids("statement"))}
        for link in self._links:
            if link.from_event_id in events:
                events[link.from_event_id].links.append(link)
        return [
            RelationRow(direction, events[pk], None, self)
            if what == "event"
            else RelationRow(direction, None, statements[pk], self)
            for what, pk, direction in self._page
            # A row may have gone since it was counted.
            if pk in (events if what == "event" else statements)
        ]

    def _ids(self, what: str) -> list[int]:
        return [pk for kind, pk, _ in self._page if kind == what]

    @staticmethod
    def _statements(ids: list[int]) -> Iterable[Statement]:
        if not ids:
            return []
        return Statement.objects.published().filter(pk__in=ids).for_list().with_positions()

    @cached_property
    def _links(self) -> list[EventLink]:
        """How the events of the page bear on the claims on both actors."""
        if not self._claims:
            return []
        rows = EventLink.objects.published().filter(to_claim__in=self._claims)
        return list(rows.filter(from_event__in=self._ids("event")).for_list())

    @cached_property
    def _people(self) -> set[int]:
        people: set[int] = set()
        for row in self._rows:
            if row.event:
                people |= {part.actor for part in row.event.parts if part.is_person}
            if row.statement and row.statement.speaker.kind == Actor.Kind.PERSON:
                people.add(row.statement.speaker_id)
        return people

    @cached_property
    def _tenures(self) -> list[Tenure]:
        """Those of the people on the page, and all of both sides' bodies."""
        rows = fetch(_TENURES, [list(self._people), [actor.pk for actor in self._actors]])
        return [_tenure(iter(row)) for row in rows]

    @cached_property
    def offices(self) -> Offices:
        return Offices([], self._tenures)

    def holders(self, actor: Actor) -> list[Tenure]:
        """Who held an office of the actor or of a body of it."""
        bodies = {actor.pk, *(body.pk for body in self.bodies(actor))}
        return [tenure for tenure in self._tenures if tenure.body_id in bodies]

    def groups(self) -> list[DateRows]:
        grouped = groupby(self._rows, key=lambda row: row.when)
        return [DateRows(when, list(rows)) for when, rows in grouped]

    @cached_property
    def references(self) -> References:
        """Of the rows of the page, and of the bodies and offices of both sides."""
        bodies = [body for actor in self.actors for body in self.bodies(actor)[:SHOWN]]
        events = [row.event for row in self._rows if row.event]
        statements = [row.statement for row in self._rows if row.statement]
        return References(
            read_cited(
                {
                    "event": [event.key for event in events],
                    "participation": [part.key for event in events for part in event.parts],
                    "statement": [statement.pk for statement in statements],
                    "position": [row.pk for said in statements for row in said.positions.all()],
                    "link": [link.pk for link in self._links],
                    "tenure": [tenure.pk for tenure in self._tenures],
                    "actor": [body.pk for body in bodies],
                }
            )
        )


EVERY: dict[str, list[str]] = {
    "direction": [str(direction) for direction in Direction],
    "what": ["event", "statement"],
    "quad": [*EventType.Quad.values, STATEMENT],
}


def find_relation(first: str, second: str) -> Relation | None:
    """The two published actors with these slugs; None unless there are two."""
    actors = [_ACTOR.record(iter(row)) for row in fetch(_SIDES, [[first, second]])]
    if len({first, second} & {actor.slug for actor in actors}) < 2:
        return None
    return Relation(actors, (first, second))


def _tenure(values: Iterator[Any]) -> Tenure:
    tenure = _TENURE.record(values)
    tenure.person = _PERSON.record(values)
    return tenure
