"""The numbers beside the timeline: how many events, how many of each facet's values, and when.

Every facet is counted under every filter but its own, all in one query over the least summary that
can tell it (`events.summaries`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from config.dates import BEFORE_ALL
from config.facets import Facet, FacetValue, facet_of
from config.paging import PAGE_SIZE, asked_page
from config.periods import Period, are_whole_months, are_whole_years, periods_within
from config.rows import fetch
from events import counted_dates
from events.beginning import beginning, beginning_of_few
from events.counted_places import CountedPlaces
from events.counted_values import FACETS, CountedValues
from events.filters import EventFilterSet
from events.in_order import Span, Window, first_days
from events.known_dates import Sql
from events.models import MonthTally
from events.summaries import Summaries

# Up to so many events, their own days are looked at rather than the months that they lie in; or
# their days and places, rather than places alone.
FEW = 5_000
FEW_PLACED = 20_000
# Beyond so many, only a summary counts where no page needs the number.
COUNTED = 10_000
# Events are met among so many times as many sooner than they are gathered by their profiles.
_FEW_OTHERS = 4


class Sorted(NamedTuple):
    """An event as its key and the day that it is sorted by."""

    pk: int
    sort_day: int


@dataclass(frozen=True, slots=True)
class EventCounts:
    """`days` are the first and the last day that any date under the filters is known to touch, and
    `window` says where they are all sorted.

    `years`, `months` and `spans` say of how many events it is known that they lie in calendar
    years, in calendar months, and in the days that are known of each, or its month where nothing
    finer is drawn: None where these are too many, or where fewer are enough. `first` are those of
    the first page in the order of time, and one more, where they were looked at anyway.
    """

    total: int
    facets: list[Facet]
    days: tuple[int, int] | None
    window: Window
    years: list[Span] | None = None
    months: list[Span] | None = None
    spans: list[Span] | None = None
    first: Sequence[Sorted] = ()

    def first_days(self, wanted: int, *, is_newest_first: bool) -> Window:
        """Where so many of the first events lie in the order of time."""
        if self.years is None:
            return self.window
        window = first_days(self.years, wanted, is_newest_first=is_newest_first)
        return replace(window, met=self.window.met)


def count_events(filters: EventFilterSet) -> EventCounts:
    """Everything that the timeline counts; nothing for a bad query."""
    if filters.problems:
        facets = [facet_of(filters, name, []) for name in FACETS]
        return EventCounts(0, facets, None, Window(number=0))
    return _Counting(filters).counts()


def count_total(filters: EventFilterSet) -> Window:
    """How many events, as a summary tells it or as few can be counted, and where they are sorted,
    as far as that is known."""
    return Window(number=0) if filters.problems else _Counting(filters).window()


def find_values(filters: EventFilterSet, name: str, text: str, limit: int) -> list[FacetValue]:
    """The values of one facet whose label has the text in it: chosen ones, then by number."""
    if filters.problems:
        return []
    return _Counting(filters).find(name, text, limit)


class _Counting:
    def __init__(self, filters: EventFilterSet) -> None:
        self.filters = filters
        self._summaries = Summaries(filters)
        self._places = CountedPlaces(self._summaries)
        self._values = CountedValues(self._summaries, self._places)

    def counts(self) -> EventCounts:
        found: dict[str, list[tuple[Any, ...]]] = {name: [] for name in FACETS}
        known: dict[str, list[Span]] = {"years": [], "months": [], "spans": []}
        first: list[Sorted] = []
        counted = self._counted()
        days, window = _days_and_window(counted)
        if self._summaries.is_gathered:
            window = replace(window, met=_around(counted))
        for part, value, label, number, path in counted:
            if part == "first":
                first.append(Sorted(int(number), *path))
            elif part in known:
                first_day, last_day, is_qualified = path
                known[part].append((first_day, last_day, bool(is_qualified), int(number)))
            elif part in found:
                found[part].append((value, label, int(number), path))
        facets = [self._values.facet(name, found[name]) for name in FACETS]
        dates = {part: spans or None for part, spans in known.items()}
        return EventCounts(window.number or 0, facets, days, window, **dates, first=first)

    def _counted(self) -> list[tuple[Any, ...]]:
        """By summaries where they tell enough. Then few events are looked at besides, where their
        drawing or the tree of places needs it."""
        facets = map(self._values.select, FACETS)
        selects = [self._total(), *facets, counted_dates.extent(), counted_dates.years()]
        below = [self._places.below()] if self._places.chosen else []
        if self._summaries.is_gathered:
            return self._run([*selects, *below, self._around(), counted_dates.spans()])
        if self._summaries.model() is MonthTally:
            selects.append(counted_dates.months())
        if self._summaries.asked_of_each:
            selects.append(self._around())
        waits = self._places.is_below_within and not self._is_misspelt
        counted = self._run(selects if waits else [*selects, *below])
        days, window = _days_and_window(counted)
        if not window.number or (self._is_drawn_by(days) and not waits):
            return counted
        if self._is_misspelt and not self._is_first_page:
            return counted
        if window.number > (FEW_PLACED if waits else FEW):
            return counted + (self._run(below) if waits else [])
        of_each = [counted_dates.extent(), counted_dates.spans(), *self._first()]
        if waits:
            of_each.append(
                self._places.below(("SELECT profile_id, location_id, events FROM summary", []))
            )
        around = _around(counted)
        # Where most others have such profiles too, it is quicker to look at all of that time; of
        # these no more is known than how many have the words.
        is_known = around is not None and not self.filters.chosen("q")
        are_met = is_known and (around or 0) <= _FEW_OTHERS * window.number
        of_few = beginning_of_few(self._summaries, window.days, are_met=are_met)
        return counted + self._run(of_each, of_few)

    @property
    def _is_misspelt(self) -> bool:
        """To find what was meant cost two queries; they are saved elsewhere."""
        return bool(self.filters.chosen("q") and self.filters.understood.corrections)

    @property
    def _is_first_page(self) -> bool:
        is_by_time = self.filters.order_in_force in ("date", "-date")
        return is_by_time and asked_page(self.filters) == 1 and "after" not in self.filters.data

    def _first(self) -> list[Sql]:
        """The first page of few events in the order of time, which are at hand."""
        if not self._is_first_page:
            return []
        direction = "ASC" if self.filters.order_in_force == "date" else "DESC"
        return [
            (
                "(SELECT 'first', NULL, NULL, event_id, ARRAY[sort_day] FROM summary"
                f" ORDER BY sort_day {direction}, event_id {direction} LIMIT %s)",
                [PAGE_SIZE + 1],
            )
        ]

    def _is_drawn_by(self, days: tuple[int, int] | None) -> bool:
        """Whether the years or months that a summary knows are enough to draw the events."""
        is_by_months = self._summaries.model() is MonthTally
        are_whole = are_whole_months if is_by_months else are_whole_years
        over = self._periods(days)
        # A summary knows the first and the last day to the month, or to the year.
        slack = 31 if is_by_months else 366
        surely = self._periods((days[0] + slack, days[1] - slack)) if days else []
        return not over or (are_whole(over) and bool(surely) and set(surely) <= set(over))

    def _periods(self, days: tuple[int, int] | None) -> list[Period]:
        return periods_within(days, self.filters.chosen("since"), self.filters.chosen("until"))

    def window(self) -> Window:
        if not self._summaries.is_gathered:
            return _days_and_window(self._run([self._total(), counted_dates.extent()]))[1]
        found = self.filters.facts("filters").order_by()[: COUNTED + 1].count()
        return Window(number=None if found > COUNTED else found)

    def find(self, name: str, text: str, limit: int) -> list[FacetValue]:
        sql, values = self._values.named(name, text, limit)
        return self._values.found(
            name, text, self._run([(f"SELECT * FROM {sql} AS found", values)])
        )

    def _run(self, selects: Iterable[Sql], tables: Sql | None = None) -> list[tuple[Any, ...]]:
        """All at once, over the tables of `beginning` or others that are given."""
        read, values = tables or beginning(self._summaries)
        parts = list(selects)
        return fetch(
            read + " UNION ALL ".join(part for part, _ in parts),
            [*values, *(value for _, some in parts for value in some)],
        )

    def _total(self) -> Sql:
        condition, values = self._summaries.condition("profile_id")
        return (
            "SELECT 'total' AS part, NULL AS value, NULL AS label,"
            " coalesce(sum(number), 0) AS number, NULL::bigint[] AS path"
            f" FROM hit WHERE {condition}",
            values,
        )

    def _around(self) -> Sql:
        """How many events there are whatever is asked of their profiles."""
        return "SELECT 'around', NULL, NULL, coalesce(sum(number), 0), NULL FROM hit", []


def _days_and_window(
    counted: list[tuple[Any, ...]],
) -> tuple[tuple[int, int] | None, Window]:
    """`EventCounts.days` and `window`."""
    found = {part: (first, last, number) for part, first, last, number, _path in counted}
    first, last, is_open = found["days"]
    total = int(found["total"][2])
    if first is None or last is None:
        return None, Window(number=total)
    days = int(first), int(last)
    return days, Window(BEFORE_ALL if is_open else days[0], days[1], total)


def _around(counted: list[tuple[Any, ...]]) -> int | None:
    return next((int(row[3]) for row in counted if row[0] == "around"), None)
