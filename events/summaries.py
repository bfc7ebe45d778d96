"""The least of the summaries of events (see `events.models.profiles`) that answers some filters.

By span, where nothing but time and what events share is asked for; else the facts of each event;
by place, for the places of what events share. Each is a part of one larger statement, whose
`beginning` gathers once what all parts read.
"""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from config.dates import AFTER_ALL, BEFORE_ALL
from config.periods import MOST_BY_WEEKS, cut_years
from config.subqueries import compiled
from events.filters import EventFilterSet
from events.models import EventFacts, PlaceTally, Profile, SpanTally

Sql = tuple[str, list[Any]]

_SPAN = ("first_day", "last_day", "is_date_qualified")
_IS_BY_MONTHS = "(SELECT is_by_months FROM extent)"
_COLUMNS: dict[Any, tuple[str, ...]] = {
    EventFacts: ("event_id", "sort_day", "profile_id", "location_id", "month", *_SPAN),
    PlaceTally: ("profile_id", "location_id"),
    SpanTally: ("profile_id", *_SPAN),
}


class Summaries:
    """What is asked of each event narrows the rows; what events share is a condition on profiles.

    `but` names one filter that is left out, and that is how a facet is counted.
    """

    def __init__(self, filters: EventFilterSet) -> None:
        self.filters = filters
        # By the filter that is left out; None where any profile will do.
        self._profiles: dict[str, Sql | None] = {}

    @cached_property
    def asked_of_each(self) -> set[str]:
        """The filters in force that what events share does not answer."""
        asked = {name for name in ("q", "year") if self.filters.chosen(name)}
        asked |= {"location"} if self.filters.places_asked else set()
        return asked | ({"range"} if self.filters.is_ranged else set())

    @property
    def is_gathered(self) -> bool:
        """Whether each event is looked at: once, for all parts of a statement."""
        return self.model() is EventFacts

    def model(self, *, but: str = "", by_place: bool = False) -> Any:
        """The summary to read: by span, unless `by_place`."""
        asked = self.asked_of_each - {but}
        if by_place:
            return EventFacts if asked else PlaceTally
        return SpanTally if asked <= {"year", "range"} else EventFacts

    def beginning(self) -> Sql:
        """WITH `summary`, the rows under the filters whatever is asked of profiles; `hit`, what
        `hits` finds among them; `span`, what is known of their dates; `extent`, the first and the
        last day that these are known to touch; `yearly`, the dates by calendar years."""
        rows, of_rows = self._compiled(self.model())
        hits, of_hits = self.hits()
        if self.is_gathered:
            dates, of_dates = self._dates(*self.condition("profile_id"))
            yearly = _by_years("TABLE monthly")
        else:
            spans, of_dates = self._dated(_by_spans, *self.rows())
            dates = f"span AS MATERIALIZED ({spans}), extent AS MATERIALIZED ({_extent('span')})"
            yearly = _by_years("TABLE span")
        # What is read as it is need not be written down first.
        is_read = not self.is_gathered and not self._cut_years
        return (
            f"WITH summary AS {'NOT ' if is_read else ''}MATERIALIZED ({rows}),"
            f" hit AS MATERIALIZED ({hits}), {dates}, yearly AS MATERIALIZED ({yearly}) ",
            [*of_rows, *of_hits, *of_dates],
        )

    def beginning_of_few(self, days: tuple[int, int] | None) -> Sql:
        """WITH `summary`, `span` and `extent` of each event, though a summary is enough to count
        them; `days` are the first and the last that a date under the filters is known to touch."""
        rows = self.filters.facts(are_many=False).order_by()
        if days:
            # An index has the days that events are sorted by.
            rows = rows.filter(Q(sort_day__range=days) | Q(sort_day=BEFORE_ALL))
        sql, values = compiled(rows.values(*_COLUMNS[EventFacts], events=Value(1)))
        dates, of_dates = self._dates("TRUE", [])
        return f"WITH summary AS MATERIALIZED ({sql}), {dates} ", [*values, *of_dates]

    def _dates(self, condition: str, values: list[Any]) -> Sql:
        """`monthly`, `extent` and `span` of each event in `summary`: by calendar months wherever
        they are drawn no finer."""
        since, until = (self.filters.chosen(name) for name in ("since", "until"))
        each = f"SELECT * FROM summary WHERE NOT {_IS_BY_MONTHS}"
        return (
            f"monthly AS MATERIALIZED ({_by_months('TABLE summary', condition)}),"
            " extent AS MATERIALIZED (SELECT *, coalesce(least(last_day, %s::bigint)"
            f" - greatest(first_day, %s::bigint) >= {MOST_BY_WEEKS}, FALSE) AS is_by_months"
            f" FROM ({_extent('monthly', 'first_known', 'last_known')}) AS edges),"
            f" span AS MATERIALIZED (SELECT {', '.join(_SPAN)}, events FROM monthly"
            f" WHERE {_IS_BY_MONTHS} UNION ALL {_by_spans(each, condition)})",
            [*values, until, since, *values],
        )

    def newest(self, number: int) -> Sql:
        """Of each event that `summary` has: keys of the newest, and the days they are sorted by."""
        # Few events were found by their profiles.
        condition, values = self.condition("profile_id") if self.is_gathered else ("TRUE", [])
        return (
            f"SELECT event_id, sort_day FROM summary WHERE {condition}"
            " ORDER BY sort_day DESC, event_id DESC LIMIT %s",
            [*values, number],
        )

    def hits(self, but: str = "") -> Sql:
        """Profiles with all that they have, as `profile_id` and `number` of events."""
        sql, values = self.rows(but=but)
        return (
            "SELECT profile_id, number, profile.* FROM"
            " (SELECT profile_id, sum(events)::bigint AS number"
            f" FROM ({sql}) AS summed GROUP BY profile_id) AS counted"
            " JOIN events_profile AS profile ON profile.id = profile_id",
            values,
        )

    def rows(self, *, but: str = "", by_place: bool = False) -> Sql:
        """Rows of the least summary: its columns, and `events`, the number that each stands for."""
        model = self.model(but=but, by_place=by_place)
        if model is self.model() and but not in self.asked_of_each:
            return "SELECT * FROM summary", []
        return self._compiled(model, but)

    def years(self, *, but: str = "") -> Sql:
        """What is known of dates by calendar years, and of how many events each."""
        if but not in self.asked_of_each:
            return "SELECT * FROM yearly", []
        dated = _by_months if self.model(but=but) is EventFacts else _by_spans
        sql, values = self._dated(dated, *self.rows(but=but))
        return _by_years(sql), values

    def dates_of_each(self, *, by_months: bool) -> Sql:
        """The same as a statement of its own, of each event: by calendar months, or as it is."""
        return self._dated(_by_months if by_months else _by_spans, *self._compiled(EventFacts))

    def _dated(self, grouped: Callable[[str, str], str], sql: str, values: list[Any]) -> Sql:
        condition, of_condition = self.condition("profile_id")
        return grouped(sql, condition), [*values, *of_condition]

    @cached_property
    def _cut_years(self) -> list[tuple[int, int]]:
        return cut_years(self.filters.chosen("since"), self.filters.chosen("until"))

    def _compiled(self, model: Any, but: str = "") -> Sql:
        if model is not SpanTally or not self._cut_years:
            return self._select(model, but)
        # Of a year that is cut, each event has to be asked; of others a summary knows enough.
        cut, within = Q(), Q()
        for first, last in self._cut_years:
            cut |= Q(first_day=first, last_day=last)
            within |= Q(sort_day__range=(first, last), first_day__gte=first, last_day__lte=last)
        tallied, of_tallied = self._select(SpanTally, but, ~cut)
        each, of_each = self._select(EventFacts, but, within, _COLUMNS[SpanTally])
        return f"{tallied} UNION ALL {each}", [*of_tallied, *of_each]

    def _select(self, model: Any, but: str, wanted: Q | None = None, columns: Any = ()) -> Sql:
        rows: QuerySet[Any] = self.filters.narrow_each(model.objects.all(), but=but)
        number = Value(1) if model is EventFacts else F("number")
        rows = rows.filter(wanted or Q()).order_by()
        return compiled(rows.values(*(columns or _COLUMNS[model]), events=number))

    def placed_in(self, roots: Iterable[int]) -> Sql:
        """Places, in any of these outermost ones, and numbers of events; under every filter but
        that of places."""
        sql, values = self.rows(but="location", by_place=True)
        profiles = self.filters.profiles(but="location")
        rooted = (Profile.objects.all() if profiles is None else profiles).filter(root__in=roots)
        condition, of_profiles = self._among("profile_id", compiled(rooted.values("pk")))
        return (
            f"SELECT location_id, events FROM ({sql}) AS placed WHERE {condition}",
            [*values, *of_profiles],
        )

    def condition(self, column: str, but: str = "") -> Sql:
        """That a profile is among those under the filters."""
        left_out = but if but and self.filters.chosen(but) else ""
        if left_out not in self._profiles:
            profiles = self.filters.profiles(but=left_out)
            rows = None if profiles is None else profiles.order_by().values("pk")
            self._profiles[left_out] = None if rows is None else compiled(rows)
        found = self._profiles[left_out]
        return ("TRUE", []) if found is None else self._among(column, found)

    def _among(self, column: str, profiles: Sql) -> Sql:
        # "IS TRUE" keeps the planner, which takes what is gathered for a few rows, from looking
        # up the profile of each of very many.
        is_true = " IS TRUE" if self.is_gathered else ""
        return f"({column} IN ({profiles[0]})){is_true}", profiles[1]


def _by_spans(each: str, condition: str) -> str:
    """Dates, and of how many events each is known."""
    columns = ", ".join(_SPAN)
    return (
        f"SELECT {columns}, sum(events)::bigint AS events FROM ({each}) AS dated"
        f" WHERE {condition} GROUP BY {columns}"
    )


def _by_months(each: str, condition: str) -> str:
    """The same of each event, but what surely lies in one calendar month as the first day of it;
    and the first and the last day that are known."""
    return (
        "SELECT coalesce(month, first_day) AS first_day, coalesce(month, last_day) AS last_day,"
        " is_date_qualified, count(*) AS events,"
        " min(first_day) AS first_known, max(last_day) AS last_known"
        f" FROM ({each}) AS dated WHERE {condition} GROUP BY 1, 2, 3"
    )


def _extent(table: str, first: str = "first_day", last: str = "last_day") -> str:
    """The first and the last day that dates are known to touch; NULL where no end is known."""
    edges = f"nullif({first}, ({BEFORE_ALL})::bigint), nullif({last}, {AFTER_ALL})"
    return (
        f"SELECT min(least({edges})) AS first_day, max(greatest({edges})) AS last_day FROM {table}"
    )


def _by_years(spans: str) -> str:
    """Spans of what surely lies in one calendar year as those of the year."""
    # The offset keeps the year from being worked out once for each place that it stands in.
    return (
        "SELECT coalesce(first_day_of_year(year), first_day) AS first_day,"
        " coalesce(first_day_of_year(year + 1) - 1, last_day) AS last_day,"
        " is_date_qualified, events FROM ("
        " SELECT year, CASE WHEN year IS NULL THEN first_day END AS first_day,"
        " CASE WHEN year IS NULL THEN last_day END AS last_day, is_date_qualified,"
        " sum(events)::bigint AS events"
        " FROM (SELECT *, sure_year(first_day, last_day) AS year"
        f" FROM ({spans}) AS span OFFSET 0) AS dated GROUP BY 1, 2, 3, 4) AS yearly"
    )
