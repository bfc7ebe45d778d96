"""The timeline worked out by hand: each row is read, each rule is a line of plain Python.

It uses the models, the days that a date can mean (`config.edtf.dates`) and the calendar of
`config.edtf.periods`. It uses no filter, no count and no table that the program keeps for these, so
that tests can hold the pages against it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import inf, isfinite
from typing import Any

from actors.models import Actor
from config.edtf.bounds import day_number, year_of
from config.edtf.dates import parse
from config.edtf.periods import periods
from events.models import Event, LastChange, Location, Source, Statement

# The values of each parameter.
Query = Mapping[str, list[str]]
# With match=all, all values of these have to hold.
MATCHED = ("actor", "country", "location")


@dataclass(frozen=True)
class EventRead:
    """A published event: its row, its date, the values of each facet but the year, its texts, and
    when it or what it names last changed."""

    row: Event
    first: float  # day; minus infinity where open
    last: float  # day; infinity where open
    is_qualified: bool
    values: dict[str, set[str]]
    texts: list[str]
    changed_at: datetime

    @property
    def sort_day(self) -> float:
        """The last day; the first where the last is open; minus infinity where both are."""
        return self.first if self.last == inf else self.last

    @property
    def is_dated(self) -> bool:
        return isfinite(self.first) or isfinite(self.last)

    def lies(self, since: float, until: float, *, surely: bool) -> bool:
        """Whether the date may lie, or surely lies, in these days."""
        if surely:
            return since <= self.first and self.last <= until and not self.is_qualified
        return since <= self.last and self.first <= until

    def answers(self, words: str) -> bool:
        """Of the parts between "or" one has each of its words and phrases, and none with a "-"."""
        parts = [re.findall(r'-?"[^"]*"|\S+', part) for part in words.split(" or ")]
        return any(all(self._has(t.strip('-"')) != t.startswith("-") for t in p) for p in parts)

    def _has(self, words: str) -> bool:
        return any(f" {words} " in f" {text.lower()} " for text in self.texts)


class Reading:
    """What readers see, as the rows are now."""

    def __init__(self) -> None:
        self.changes = dict(LastChange.objects.values_list("record", "changed_at"))
        self.statements = [s for s in _public(Statement.objects.all()) if s.speaker.is_published]
        self.about = {statement: self._subjects(statement) for statement in self.statements}
        self.events = [self._read(event) for event in _public(Event.objects.all())]
        self.places = {place.slug: place for place in Location.objects.all()}
        models: dict[str, Any]
        models = {"actor": Actor, "speaker": Actor, "location": Location, "source": Source}
        self.named = {n: _slugs(_public(models[n].objects.all())) for n in models}

    def _read(self, event: Event) -> EventRead:
        members = _public(part.actor for part in event.participations.all())
        place = _public([event.location])
        around = _public(wider for inner in place for wider in _upwards(inner))
        said = [statement for statement, events in self.about.items() if event in events]
        speakers = [statement.speaker for statement in said]
        values = {
            "country": {row.country.iso3 for row in [*members, *place] if row.country},
            "actor": _slugs(_public(body for member in members for body in _upwards(member))),
            "kind": {event.kind.slug},
            "standing": {event.standing},
            "basis": {event.date_basis},
            "location": _slugs(around),
            "speaker": _slugs(speakers),
            "source": _slugs(_public(citation.source for citation in event.citations.all())),
        }
        named = [*members, *around]
        texts = [event.title, event.summary, event.note]
        texts += [row.name for row in [*named, *speakers]]
        texts += [other.name for row in [*named, *speakers] for other in row.names.all()]
        texts += [
            text for claim in _public(event.claims.all()) for text in (claim.text, claim.note)
        ]
        texts += [text for s in said for text in (s.paraphrase, s.quote, s.note)]
        date = parse(event.date)
        named += [*speakers, *(row.country for row in [*members, *place] if row.country)]
        named += [event, event.kind, *_public(_cited_for(event))]
        times = [self.changes[row.uuid] for row in named]
        changed_at = max(time for time in times if time is not None)
        return EventRead(event, *_days(event.date), date.is_qualified, values, texts, changed_at)

    def _subjects(self, statement: Statement) -> set[Event | None]:
        """What a statement is about: events, those of claims, and those that a statement which it
        answers is about."""
        taken = list(statement.positions.all())
        answered = {position.answered for position in taken}.intersection(self.statements)
        taken += [position for other in answered for position in other.positions.all()]
        claims = _public(position.claim for position in taken)
        return {position.event for position in taken} | {claim.event for claim in claims}

    def refuses(self, query: Query) -> bool:
        """Whether a value names nothing that is public, or the range ends before it begins."""
        since, until = _range(query)
        return since > until or any({*query.get(n, ())} - self.named[n] for n in self.named)

    def under(self, query: Query, but: str = "") -> list[EventRead]:
        """The events under every filter, or under every filter but one, in the order asked for."""
        order = query.get("order", ["-date"])[0]
        found = sorted(
            (event for event in self.events if _is_under(event, query, but)),
            key=lambda e: (e.changed_at if "updated" in order else e.sort_day, e.row.pk),
            reverse=order.startswith("-"),
        )
        # By the date, what has none is last.
        return found if "updated" in order else sorted(found, key=lambda e: not e.is_dated)

    def counts(self, name: str, query: Query) -> dict[str, int]:
        """How many events each value of a facet has, under every filter but that one."""
        events = self.under(query, but=name)
        if name != "year":
            return Counter(value for event in events for value in event.values[name])
        # The years that a date begins or ends in.
        days = [day for event in events for day in (event.first, event.last) if isfinite(day)]
        years = {year for year in map(year_of, map(int, days)) if -9999 <= year <= 9999}
        counted = {}
        for year in years:
            lying = [e for e in events if e.lies(*_year(year), surely="certain" in query)]
            counted[f"{'-' if year < 0 else ''}{abs(year):04}"] = len(lying)
        return {text: number for text, number in counted.items() if number}

    def tree(self, query: Query) -> dict[str, int]:
        """The places beside the timeline: outermost ones, and those right inside a place that is
        chosen or lies around a chosen one."""
        chosen = [self.places[slug] for slug in query.get("location", ())]
        opened = {None, *(place for inner in chosen for place in _upwards(inner))}
        counted = self.counts("location", query)
        return {slug: n for slug, n in counted.items() if self._around(slug) in opened}

    def _around(self, slug: str) -> Location | None:
        """The nearest public place around one."""
        wider = _public(_upwards(self.places[slug].parent))
        return wider[0] if wider else None

    def histogram(self, query: Query) -> list[tuple[str, int, int]]:
        """Each period in words, how many events surely lie in it, and how many others may."""
        events = [event for event in self.under(query) if event.is_dated]
        days = [day for event in events for day in (event.first, event.last) if isfinite(day)]
        since, until = _range(query)
        first, last = max(min(days, default=inf), since), min(max(days, default=-inf), until)
        rows = []
        over = periods(int(first), int(last)) if first <= last else []
        # One period alone is no drawing.
        for period in over if len(over) > 1 else []:
            span = period.first_day, period.last_day
            surely = sum(event.lies(*span, surely=True) for event in events)
            number = sum(event.lies(*span, surely=False) for event in events)
            rows += [(period.words, surely, number - surely)] if number else []
        return rows

    def undated(self, query: Query) -> int:
        return sum(not event.is_dated for event in self.under(query))


def _public(rows: Iterable[Any]) -> list[Any]:
    return [row for row in rows if row is not None and row.is_published]


def _slugs(rows: Iterable[Any]) -> set[str]:
    return {row.slug for row in rows}


def _upwards(row: Any) -> Iterator[Any]:
    """A place or an actor, and whatever it lies in or is part of, public or not."""
    while row is not None:
        yield row
        row = row.parent if isinstance(row, Location) else row.part_of


def _days(text: str) -> tuple[float, float]:
    """The first and the last day that a date can mean."""
    date = parse(text)
    first, last = date.first_day, date.last_day
    return (-inf if first is None else first), (inf if last is None else last)


def _year(year: int) -> tuple[int, int]:
    """Its first and its last day."""
    return day_number(year, 1, 1), day_number(year + 1, 1, 1) - 1


def _range(query: Query) -> tuple[float, float]:
    """The days that `since` and `until` leave."""
    since, until = query.get("since", [""])[0], query.get("until", [""])[0]
    return _days(since)[0], _days(until)[1]


def _is_under(event: EventRead, query: Query, but: str) -> bool:
    surely = "certain" in query
    for name in event.values.keys() & query.keys() - {but}:
        asked, has = set(query[name]), event.values[name]
        is_each = name in MATCHED and "match" in query
        if not (asked <= has if is_each else asked & has):
            return False
    if "year" in query and but != "year":
        years = [_year(int(year)) for year in query["year"]]
        if not any(event.lies(*days, surely=surely) for days in years):
            return False
    if {"since", "until"} & query.keys() and not event.lies(*_range(query), surely=surely):
        return False
    return "q" not in query or event.answers(query["q"][0])


def _cited_for(event: Event) -> Iterator[Source]:
    """The sources of an event, and of the parts that the public sees."""
    for citation in event.citations.all():
        yield citation.source
    for part in event.participations.all():
        if part.actor.is_published:
            for citation in part.citations.all():
                yield citation.source
