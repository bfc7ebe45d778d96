"""The least of the summaries of events (see `events.models.profiles`) that answers some filters.

By years, where nothing but these and what events share is asked for, or words that profiles tell
enough of; by months, for a range of time; else the facts of each event; by place, for the places of
what events share. Each is a part of one larger statement, of which `events.beginning` finds once
what all parts read.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet

from config.periods import cut_months
from config.subqueries import compiled
from events import known_dates
from events.filters import EventFilterSet
from events.found import ANY, Found, united
from events.known_dates import ANY_LEFT, SPAN, Sql
from events.models import EventFacts, MonthTally, PlaceTally, SpanTally
from events.models.profiles import ProfileQuerySet

# Summaries by what is known of dates.
_BY_TIME = (SpanTally, MonthTally)
_COLUMNS: dict[Any, tuple[str, ...]] = {
    PlaceTally: ("profile_id", "location_id"),
    SpanTally: ("profile_id", *SPAN),
    MonthTally: ("profile_id", *SPAN),
}
PLACED = ", ".join(_COLUMNS[PlaceTally])


class Summaries:
    """What is asked of each event narrows the rows; what events share is a condition on profiles.

    `but` names one filter that is left out, and that is how a facet is counted.
    """

    def __init__(self, filters: EventFilterSet) -> None:
        self.filters = filters
        self.found = Found(filters)
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
        """Whether each event is looked at: once, for nearly all parts of a statement."""
        return self.model() is EventFacts

    def model(self, *, but: str = "", by_place: bool = False) -> Any:
        """The summary to read: by time, unless `by_place`."""
        asked = self.asked_of_each - {but} - self.found.told_by_profiles
        if by_place:
            return EventFacts if asked else PlaceTally
        if not asked <= {"year", "range"}:
            return EventFacts
        return MonthTally if asked else SpanTally

    def hits(self, but: str = "") -> Sql:
        """Profiles with all that they have, as `profile_id` and `number` of events."""
        if but not in self.asked_of_each:
            return "SELECT * FROM hit", []
        model = self.model(but=but)
        if model is EventFacts:
            rows, values = self.found.each(but)
        else:
            rows, values = self.and_beside(self.told(model, but), "profile_id", but)
        return with_profiles(rows), values

    def years(self, *, but: str = "") -> Sql:
        """What is known of dates by calendar years, and of how many events each."""
        if but not in self.asked_of_each:
            return "SELECT * FROM yearly", []
        model = self.model(but=but)
        if model in _BY_TIME:
            spans, values = self._spans(model, but)
        else:
            spans, values = self.dated(known_dates.by_months, *self.found.each(but))
        return known_dates.by_years(spans), values

    def dates_of_each(self, *, by_months: bool) -> Sql:
        """The same as a statement of its own: by calendar months, or of each event as it is."""
        if by_months and not self.is_gathered:
            spans, values = self._spans(MonthTally)
        else:
            dated = known_dates.by_months if by_months else known_dates.by_spans
            spans, values = self.dated(dated, *self.found.each())
        tables, of_tables = self.found.tables
        return f"WITH {tables}dated AS ({spans}) TABLE dated", [*of_tables, *values]

    def _spans(self, model: Any, but: str = "") -> Sql:
        """Dates under the filters as a summary by time has them, and of how many events each is
        known."""
        told, of_told = self.told(model, but)
        condition, of_condition = self.condition("profile_id")
        dated = f"SELECT {', '.join(SPAN)}, events FROM ({told}) AS told WHERE {condition}"
        values = [*of_told, *of_condition]
        if self.found.are_beside(but):
            each, of_each = self.beside(but)
            counted = (
                f"SELECT {known_dates.BY_MONTH_OR_SPAN}, sum(events)::bigint AS events"
                f" FROM ({each}) AS each WHERE {condition} GROUP BY {known_dates.BY_MONTH_OR_SPAN}"
            )
            single = known_dates.in_periods(counted, by_years=model is SpanTally)
            dated += f" UNION ALL {single}"
            values += [*of_each, *of_condition]
        return known_dates.by_spans(dated, "TRUE"), values

    def dated(self, grouped: Callable[[str, str], str], sql: str, values: list[Any]) -> Sql:
        """Single events, `grouped` by their dates under the filters."""
        condition, of_condition = self.condition("profile_id")
        return grouped(sql, condition), [*values, *of_condition]

    @cached_property
    def cut_months(self) -> list[tuple[int, int]]:
        """First and last day of the months that the range of time begins or ends in."""
        return cut_months(self.filters.chosen("since"), self.filters.chosen("until"))

    def told(self, model: Any, but: str = "") -> Sql:
        """Rows of a summary, of profiles that tell enough."""
        sql, values = self._summed(model, but)
        condition, of_condition = self.found.told(but)
        if condition != "TRUE":
            # "IS TRUE" keeps the planner, which takes what is judged for one row, from joining it.
            sql = f"SELECT * FROM ({sql}) AS summed WHERE ({condition}) IS TRUE"
        return sql, [*values, *of_condition]

    def and_beside(self, told: Sql, columns: str, but: str, among: Sql = ANY) -> Sql:
        """What a summary tells, and the single events to be added to it."""
        parts = [told]
        if self.found.are_beside(but):
            parts.append(self.found.beside(but, among))
        return united(
            [(f"SELECT {columns}, events FROM ({sql}) AS part", values) for sql, values in parts]
        )

    def beside(self, but: str = "") -> Sql:
        """Single events to be added to what a summary by time tells, with dates as it has them."""
        sql, values = self.found.beside(but)
        cut = [first for first, _last in self.cut_months]
        return known_dates.cut(sql), [cut, *values]

    def _summed(self, model: Any, but: str) -> Sql:
        """As a summary tells it, whatever the words that are searched for."""
        if model is not MonthTally or not self.cut_months:
            return self.select(model, but)
        # Of a month that is cut, each event has to be asked; of others a summary knows enough.
        cut, within = Q(), Q()
        for first, last in self.cut_months:
            cut |= Q(first_day=first, last_day=last)
            within |= Q(sort_day__range=(first, last), first_day__gte=first, last_day__lte=last)
        tallied, of_tallied = self.select(MonthTally, but, ~cut)
        each, of_each = self.found.unsearched(but, within, _COLUMNS[MonthTally])
        return f"{tallied} UNION ALL {each}", [*of_tallied, *of_each]

    def select(self, model: Any, but: str, wanted: Q | None = None) -> Sql:
        """Rows of a summary under what it tells itself, with `events` for their number."""
        rows: QuerySet[Any] = model.objects.filter(wanted or Q()).order_by()
        rows = self.filters.narrow_each(rows, but=(but, "location"))
        return compiled(rows.values(*_COLUMNS[model], events=F("number")))

    @property
    def counts_places(self) -> bool:
        """Whether events are counted by place with all the rest: where only profiles are asked for
        their outermost place."""
        return bool(self.filters.chosen("location")) and not self.filters.places_asked

    def rooted(self, profiles: ProfileQuerySet) -> QuerySet[Any]:
        """Those of the outermost places around the chosen ones."""
        return profiles.rooted_around(self.filters.chosen("location")).order_by().values("pk")

    def condition(self, column: str, but: str = "") -> Sql:
        """That a profile is among those under the filters."""
        left_out = but if but and self.filters.chosen(but) else ""
        if left_out not in self._profiles:
            profiles = self.filters.profiles(but=left_out)
            rows = None if profiles is None else profiles.order_by().values("pk")
            self._profiles[left_out] = None if rows is None else compiled(rows)
        found = self._profiles[left_out]
        return ("TRUE", []) if found is None else self.among(column, found)

    def among(self, column: str, profiles: Sql) -> Sql:
        """That a profile is one of these."""
        # "IS TRUE" keeps the planner, which takes what is gathered for a few rows, from looking
        # up the profile of each of very many.
        is_true = " IS TRUE" if self.is_gathered else ""
        return f"({column} IN ({profiles[0]})){is_true}", profiles[1]


def with_profiles(rows: str) -> str:
    """Numbers of events by profile, and all that each has."""
    return (
        "SELECT profile_id, number, profile.* FROM ("
        f"SELECT profile_id, sum(events)::bigint AS number FROM ({rows}) AS summed"
        f" GROUP BY profile_id {ANY_LEFT}) AS counted"
        " JOIN events_profile AS profile ON profile.id = profile_id"
    )
