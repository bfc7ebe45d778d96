"""What the page of two actors shows, gathered in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from django.db.models import Q

from actors.models import Actor, Tenure
from actors.offices import Offices
from config.edtf.dates import UncertainDate
from config.lists.paging import PAGE_SIZE, Page, asked_page, page_of
from events.charts.tallies import Spans
from events.index.current import current_state
from events.models import EventLink, Statement
from events.pages.references import References, read_cited
from events.relations.counting import EVERY, Count, Counted
from events.relations.entries import Entry, WrittenPart, read_entries
from events.relations.filters import RelationFilterSet
from events.relations.rows import Between

# Of each side's bodies and office holders, so many are shown.
SHOWN = 12


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
        """Those of the event; asked for when the page is written, which orders the references."""
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
        """Count, and find the rows of the page that the query names; nothing for a bad query."""
        self.counts: list[Count] = []
        self.drawn: dict[str, Spans] = {}
        self._page: list[tuple[str, int, str]] = []
        self._claims: list[int] = []
        if filters.problems:
            return
        between = Between(current_state(), self.first, self.second)
        counted = Counted(between, filters)
        start = ((asked_page(filters) or 1) - 1) * PAGE_SIZE
        chosen = {name: filters.chosen(name) or every for name, every in EVERY.items()}
        self.counts, self.drawn = counted.counts, counted.spans_by_quad()
        self._page = counted.page(chosen, start, start + PAGE_SIZE)
        self._claims = between.claims

    def count(self, filters: RelationFilterSet, *, excluding: str = "", **only: str) -> list[Count]:
        """The counts under the filters, all but one of them or with another value in its place."""
        chosen = {name: filters.chosen(name) or every for name, every in EVERY.items()}
        chosen |= {name: [value] for name, value in only.items()}
        if excluding:
            chosen[excluding] = EVERY[excluding]
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
            if row.statement and row.statement.speaker.is_person:
                people.add(row.statement.speaker_id)
        return people

    @cached_property
    def _tenures(self) -> list[Tenure]:
        """Those of the people on the page, and all of both sides' bodies."""
        wanted = Q(person__in=self._people) | Q(body__in=self._actors)
        return list(Tenure.objects.published().filter(wanted).for_list())

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


def find_relation(first: str, second: str) -> Relation | None:
    """The two published actors with these slugs; None unless there are two."""
    published = Actor.objects.published()
    actors = list(
        published.within(published.filter(slug__in=[first, second])).order_by("sort_name", "pk")
    )
    if len({first, second} & {actor.slug for actor in actors}) < 2:
        return None
    return Relation(actors, (first, second))
