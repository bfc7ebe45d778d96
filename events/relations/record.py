"""What the page of two actors shows, gathered in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import Prefetch, Q

from actors.models import Actor, Tenure
from actors.offices import Offices
from config.dates import UncertainDate
from config.paging import PAGE_SIZE, Page, asked_page, page_of
from events.models import (
    Citation,
    Event,
    EventLink,
    EventType,
    Participation,
    Statement,
)
from events.references import References
from events.relations.filters import RelationFilterSet
from events.relations.rows import Direction, rows_between
from events.relations.spans import DRAWN, fetched_between

# What `rows` gives statements as their quad class: they have none.
STATEMENT = "statement"
# Of each side's bodies and office holders, so many are shown.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of one direction, kind and quad class, and the days they are known to touch."""

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
    event: Event | None
    statement: Statement | None
    links: list[EventLink] = field(default_factory=list)
    taking: list[Participation] = field(default_factory=list)

    @property
    def when(self) -> UncertainDate:
        record = self.event or self.statement
        assert record is not None  # noqa: S101 - one of them is given
        return record.when


@dataclass(frozen=True, slots=True)
class DateRows:
    """Neighbours of which the same is known about the date."""

    when: UncertainDate
    rows: list[RelationRow]


class Relation:
    """Two actors, under the filters of a page. Eleven queries, whatever the number of rows."""

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
        self._drawn: str | None = None
        if filters.problems:
            return
        start = ((asked_page(filters) or 1) - 1) * PAGE_SIZE
        chosen = [filters.chosen(name) or every for name, every in EVERY.items()]
        with connection.cursor() as cursor:
            cursor.execute(
                *fetched_between(
                    rows_between(self.first, self.second), filters, chosen, start, PAGE_SIZE
                )
            )
            fetched = cursor.fetchall()
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
        return DRAWN, [self._drawn]

    @cached_property
    def _rows(self) -> list[RelationRow]:
        events = {event.pk: event for event in self._events(self._ids("event"))}
        statements = {row.pk: row for row in self._statements(self._ids("statement"))}
        links: dict[int, list[EventLink]] = {}
        for link in self._links:
            links.setdefault(link.from_event_id, []).append(link)
        return [
            RelationRow(direction, events[pk], None, links.get(pk, []), events[pk].taking)
            if what == "event"
            else RelationRow(direction, None, statements[pk])
            for what, pk, direction in self._page
            # A row may have gone since it was counted.
            if pk in (events if what == "event" else statements)
        ]

    def _ids(self, what: str) -> list[int]:
        return [pk for kind, pk, _ in self._page if kind == what]

    @staticmethod
    def _events(ids: list[int]) -> Iterable[Any]:
        """With who takes part, as `taking`."""
        shown = Participation.objects.filter(actor__state="published")
        taking = shown.select_related("actor").order_by("pk")
        rows = Event.objects.published().filter(pk__in=ids)
        return rows.select_related("kind").prefetch_related(
            Prefetch("participations", taking, to_attr="taking")
        )

    @staticmethod
    def _statements(ids: list[int]) -> Iterable[Statement]:
        return Statement.objects.published().filter(pk__in=ids).for_list().with_positions()

    @cached_property
    def _links(self) -> list[EventLink]:
        """How the events of the page bear on the claims on both actors."""
        rows = EventLink.objects.published().filter(to_claim__in=self._claims)
        return list(rows.filter(from_event__in=self._ids("event")).for_list())

    @cached_property
    def _people(self) -> list[Actor]:
        people: set[Actor] = set()
        for row in self._rows:
            if row.event:
                people |= {part.actor for part in row.taking}
            if row.statement:
                people.add(row.statement.speaker)
        return [actor for actor in people if actor.kind == Actor.Kind.PERSON]

    @cached_property
    def _tenures(self) -> list[Tenure]:
        """Those of the people on the page, and all of both sides' bodies."""
        of_these = Q(person__in=self._people) | Q(body__in=self._actors)
        return list(Tenure.objects.published().filter(of_these).for_list())

    @cached_property
    def offices(self) -> Offices:
        return Offices(self._people, self._tenures)

    def holders(self, actor: Actor) -> list[Tenure]:
        """Who held an office of the actor or of a body of it."""
        bodies = {actor.pk, *(body.pk for body in self.bodies(actor))}
        return [tenure for tenure in self._tenures if tenure.body_id in bodies]

    def groups(self) -> list[DateRows]:
        grouped = groupby(self._rows, key=lambda row: row.when)
        return [DateRows(when, list(rows)) for when, rows in grouped]

    def references(self) -> References:
        """Of the rows of the page, and of the bodies and offices of both sides."""
        bodies = [body for actor in self.actors for body in self.bodies(actor)[:SHOWN]]
        parts = [part.pk for row in self._rows if row.event for part in row.taking]
        positions = [
            position.pk
            for row in self._rows
            if row.statement
            for position in row.statement.positions.all()
        ]
        return References(
            Citation.objects.published()
            .filter(
                Q(event__in=self._ids("event"))
                | Q(participation__in=parts)
                | Q(statement__in=self._ids("statement"))
                | Q(position__in=positions)
                | Q(link__in=[link.pk for link in self._links])
                | Q(tenure__in=[tenure.pk for tenure in self._tenures])
                | Q(actor__in=bodies)
            )
            .for_list()
        )


EVERY: dict[str, list[str]] = {
    "direction": [str(direction) for direction in Direction],
    "what": ["event", "statement"],
    "quad": [*EventType.Quad.values, STATEMENT],
}


def find_relation(first: str, second: str) -> Relation | None:
    """The two published actors with these slugs; None unless there are two."""
    asked = Actor.objects.published().filter(slug__in=[first, second])
    # A query of one column becomes an array.
    rows = Actor.objects.published().filter(lineage__overlap=asked.values("pk"))
    actors = list(rows.order_by("sort_name", "pk"))
    if len({first, second} & {actor.slug for actor in actors}) < 2:
        return None
    return Relation(actors, (first, second))
