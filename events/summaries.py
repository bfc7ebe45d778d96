"""The least of the summaries of events (see `events.models.profiles`) that answers some filters.

By years, where nothing but these and what events share is asked for, or words that profiles tell
enough of; by months, for a range of time; else the facts of each event; by place, for the places of
what events share. Each is a part of one larger statement, whose `beginning` finds once what all
parts read.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet

from config.periods import cut_months
from config.subqueries import compiled
from events import known_dates
from events.filters import EventFilterSet
from events.found import ANY, JUDGED, Found, as_events, united
from events.known_dates import ANY_LEFT, SPAN, Sql
from events.models import EventFacts, MonthTally, PlaceTally, Profile, SpanTally
from events.models.profiles import ProfileQuerySet

# Summaries by what is known of dates.
_BY_TIME = (SpanTally, MonthTally)
_COLUMNS: dict[Any, tuple[str, ...]] = {
    PlaceTally: ("profile_id", "location_id"),
    SpanTally: ("profile_id", *SPAN),
    MonthTally: ("profile_id", *SPAN),
}
_PLACED = ", ".join(_COLUMNS[PlaceTally])


class Summaries:
    """What is asked of each event narrows the rows; what events share is a condition on profiles.

    `but` names one filter that is left out, and that is how a facet is counted.
    """

    def __init__(self, filters: EventFilterSet) -> None:
        self.filters = filters
        self._found = Found(filters)
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
        asked = self.asked_of_each - {but} - self._found.told_by_profiles
        if by_place:
            return EventFacts if asked else PlaceTally
        if not asked <= {"year", "range"}:
            return EventFacts
        return MonthTally if asked else SpanTally

    def beginning(self) -> Sql:
        """WITH `hit`, what `hits` finds; `span`, what is known of the dates under the filters;
        `extent`, the first and the last day that these are known to touch; `yearly`, the dates by
        calendar years."""
        return self._gathered() if self.is_gathered else self._tallied()

    def _tallied(self) -> Sql:
        """`summary` has the rows that a summary tells, whatever is asked of profiles."""
        rows, of_rows = self._told(self.model())
        condition, of_condition = self.condition("profile_id")
        counted = "SELECT profile_id, events FROM summary"
        dated = f"SELECT {', '.join(SPAN)}, events FROM summary WHERE {condition}"
        tables, values = self._found.tables
        # What is read as it is need not be written down first.
        written = "" if self._cut_months or tables else "NOT "
        tables += f"summary AS {written}MATERIALIZED ({rows}), "
        values = [*values, *of_rows]
        if self._found.are_beside():
            single, of_single = self._single()
            tables += f"single AS MATERIALIZED ({single}), "
            values += of_single
            counted += " UNION ALL SELECT profile_id, events FROM single WHERE is_profile"
            dates = known_dates.in_periods(
                f"SELECT {known_dates.BY_MONTH_OR_SPAN}, within AS events FROM single"
                " WHERE NOT is_profile",
                by_years=self.model() is SpanTally,
            )
            dated += f" UNION ALL {dates}"
        return (
            f"WITH {tables}hit AS MATERIALIZED ({_with_profiles(counted)}),"
            f" span AS MATERIALIZED ({known_dates.by_spans(dated, 'TRUE')}),"
            f" extent AS MATERIALIZED ({known_dates.extent('span')}),"
            f" yearly AS MATERIALIZED ({known_dates.by_years('TABLE span')}) ",
            [*values, *of_condition],
        )

    def _single(self) -> Sql:
        """Of what `summary` does not tell: `events` by profile, and by what is known of dates;
        `within` are those under the filters."""
        each, of_each = self._beside()
        condition, of_condition = self.condition("profile_id")
        return (
            f"SELECT GROUPING(profile_id) = 0 AS is_profile, profile_id,"
            f" {known_dates.BY_MONTH_OR_SPAN}, sum(events)::bigint AS events,"
            f" coalesce(sum(events) FILTER (WHERE {condition}), 0)::bigint AS within"
            f" FROM ({each}) AS each"
            f" GROUP BY GROUPING SETS ((profile_id), ({known_dates.BY_MONTH_OR_SPAN}))",
            [*of_condition, *of_each],
        )

    def _gathered(self) -> Sql:
        """`gathered` counts each event three times at once: by its profile, by what is known of
        its date, and by its place where chosen places are open. `number` is whatever is asked of
        profiles; `within` is under all filters, and `beside` under all but that of places."""
        tables, of_tables = self._found.tables
        each, of_each = self._found.each()
        within, of_within = self._number()
        location, of_location = "NULL::bigint", list[Any]()
        place, is_place, by_place, of_place = "", "FALSE", "", list[Any]()
        if self._has_places:
            beside, of_place = self._number("location")
            is_place, by_place = "GROUPING(location_id) = 0", ", (profile_id, location_id)"
            place = f", {is_place} AS is_place, location_id, {beside} AS beside"
            # No more is told of other places than the outermost, which profiles know.
            rooted, of_location = compiled(self._rooted(Profile.objects.all()))
            location = f"CASE WHEN profile_id IN ({rooted}) THEN location_id END"
        counted = (
            f"SELECT {known_dates.BY_MONTH_OR_SPAN}, within AS events FROM gathered"
            " WHERE is_month AND within > 0"
        )
        since, until = self.filters.chosen("since"), self.filters.chosen("until")
        if known_dates.are_days_told_apart(since, until):
            known, dates = known_dates.AS_IT_IS, known_dates.exact_dates(counted)
            of_dates: list[Any] = []
        else:
            known = known_dates.MONTH_OR_SPAN
            each_within = self._dated("SELECT * FROM ({}) AS one WHERE {}".format, "TABLE each", [])
            dates, of_dates = self._dates(known_dates.monthly(counted), each_within)
        hits = _with_profiles("SELECT profile_id, number AS events FROM gathered WHERE is_profile")
        return (
            f"WITH {tables}each AS NOT MATERIALIZED ({each}), gathered AS MATERIALIZED ("
            f" SELECT GROUPING(profile_id) = 0 AND NOT {is_place} AS is_profile,"
            " GROUPING(month) = 0 AS is_month,"
            f" profile_id, {known_dates.BY_MONTH_OR_SPAN}, count(*) AS number,"
            f" {within} AS within{place}"
            f" FROM (SELECT profile_id, {location} AS location_id, {known} FROM each) AS one"
            f" GROUP BY GROUPING SETS ((profile_id), ({known_dates.BY_MONTH_OR_SPAN}){by_place})),"
            f" hit AS MATERIALIZED ({hits}), {dates},"
            f" yearly AS MATERIALIZED ({known_dates.by_years('TABLE monthly')}) ",
            [*of_tables, *of_each, *of_within, *of_place, *of_location, *of_dates],
        )

    @property
    def _has_places(self) -> bool:
        """Whether events are counted by place with all the rest: where only profiles are asked for
        their outermost place."""
        return bool(self.filters.chosen("location")) and not self.filters.places_asked

    def _number(self, but: str = "") -> Sql:
        condition, values = self.condition("profile_id", but)
        only = "" if condition == "TRUE" else f" FILTER (WHERE {condition})"
        return f"count(*){only}", values

    def beginning_of_few(self, days: tuple[int, int], *, are_met: bool) -> Sql:
        """WITH `summary`, `span` and `extent` of each event, though a summary is enough to count
        them; `days` are the first and the last that any is sorted by. `are_met`: among all of that
        time, rather than gathered by their profiles."""
        tables, of_tables = self._found.tables
        rows = self.filters.facts("order" if are_met else "profiles", told=JUDGED)
        sql, values = as_events(rows.filter(sort_day__range=days))
        each = "SELECT * FROM summary"
        dates, of_dates = self._dates(known_dates.by_months(each, "TRUE"), (each, []))
        return (
            f"WITH {tables}summary AS MATERIALIZED ({sql}), {dates} ",
            [*of_tables, *values, *of_dates],
        )

    def _dates(self, months: str, each: Sql) -> Sql:
        return known_dates.dates(
            months, each, self.filters.chosen("since"), self.filters.chosen("until")
        )

    def hits(self, but: str = "") -> Sql:
        """Profiles with all that they have, as `profile_id` and `number` of events."""
        if but not in self.asked_of_each:
            return "SELECT * FROM hit", []
        model = self.model(but=but)
        if model is EventFacts:
            rows, values = self._found.each(but)
        else:
            rows, values = self._and_beside(self._told(model, but), "profile_id", but)
        return _with_profiles(rows), values

    def years(self, *, but: str = "") -> Sql:
        """What is known of dates by calendar years, and of how many events each."""
        if but not in self.asked_of_each:
            return "SELECT * FROM yearly", []
        model = self.model(but=but)
        if model in _BY_TIME:
            spans, values = self._spans(model, but)
        else:
            spans, values = self._dated(known_dates.by_months, *self._found.each(but))
        return known_dates.by_years(spans), values

    def dates_of_each(self, *, by_months: bool) -> Sql:
        """The same as a statement of its own: by calendar months, or of each event as it is."""
        if by_months and not self.is_gathered:
            spans, values = self._spans(MonthTally)
        else:
            dated = known_dates.by_months if by_months else known_dates.by_spans
            spans, values = self._dated(dated, *self._found.each())
        tables, of_tables = self._found.tables
        return f"WITH {tables}dated AS ({spans}) TABLE dated", [*of_tables, *values]

    def _spans(self, model: Any, but: str = "") -> Sql:
        """Dates under the filters as a summary by time has them, and of how many events each is
        known."""
        told, of_told = self._told(model, but)
        condition, of_condition = self.condition("profile_id")
        dated = f"SELECT {', '.join(SPAN)}, events FROM ({told}) AS told WHERE {condition}"
        values = [*of_told, *of_condition]
        if self._found.are_beside(but):
            each, of_each = self._beside(but)
            counted = (
                f"SELECT {known_dates.BY_MONTH_OR_SPAN}, sum(events)::bigint AS events"
                f" FROM ({each}) AS each WHERE {condition} GROUP BY {known_dates.BY_MONTH_OR_SPAN}"
            )
            single = known_dates.in_periods(counted, by_years=model is SpanTally)
            dated += f" UNION ALL {single}"
            values += [*of_each, *of_condition]
        return known_dates.by_spans(dated, "TRUE"), values

    def _dated(self, grouped: Callable[[str, str], str], sql: str, values: list[Any]) -> Sql:
        condition, of_condition = self.condition("profile_id")
        return grouped(sql, condition), [*values, *of_condition]

    @cached_property
    def _cut_months(self) -> list[tuple[int, int]]:
        return cut_months(self.filters.chosen("since"), self.filters.chosen("until"))

    def _told(self, model: Any, but: str = "") -> Sql:
        """Rows of a summary, of profiles that tell enough."""
        sql, values = self._summed(model, but)
        condition, of_condition = self._found.told(but)
        if condition != "TRUE":
            # "IS TRUE" keeps the planner, which takes what is judged for one row, from joining it.
            sql = f"SELECT * FROM ({sql}) AS summed WHERE ({condition}) IS TRUE"
        return sql, [*values, *of_condition]

    def _and_beside(self, told: Sql, columns: str, but: str, among: Sql = ANY) -> Sql:
        """What a summary tells, and the single events to be added to it."""
        parts = [told]
        if self._found.are_beside(but):
            parts.append(self._found.beside(but, among))
        return united(
            [(f"SELECT {columns}, events FROM ({sql}) AS part", values) for sql, values in parts]
        )

    def _beside(self, but: str = "") -> Sql:
        """Single events to be added to what a summary by time tells, with dates as it has them."""
        sql, values = self._found.beside(but)
        cut = [first for first, _last in self._cut_months]
        return known_dates.cut(sql), [cut, *values]

    def _summed(self, model: Any, but: str) -> Sql:
        """As a summary tells it, whatever the words that are searched for."""
        if model is not MonthTally or not self._cut_months:
            return self._select(model, but)
        # Of a month that is cut, each event has to be asked; of others a summary knows enough.
        cut, within = Q(), Q()
        for first, last in self._cut_months:
            cut |= Q(first_day=first, last_day=last)
            within |= Q(sort_day__range=(first, last), first_day__gte=first, last_day__lte=last)
        tallied, of_tallied = self._select(MonthTally, but, ~cut)
        each, of_each = self._found.unsearched(but, within, _COLUMNS[MonthTally])
        return f"{tallied} UNION ALL {each}", [*of_tallied, *of_each]

    def _select(self, model: Any, but: str, wanted: Q | None = None) -> Sql:
        rows: QuerySet[Any] = model.objects.filter(wanted or Q()).order_by()
        rows = self.filters.narrow_each(rows, but=(but, "location"))
        return compiled(rows.values(*_COLUMNS[model], events=F("number")))

    def _rooted(self, profiles: ProfileQuerySet) -> QuerySet[Any]:
        """Those of the outermost places around the chosen ones."""
        return profiles.rooted_around(self.filters.chosen("location")).order_by().values("pk")

    def placed(self) -> Sql:
        """Profiles with places inside the outermost ones around those chosen, and numbers of
        events; under every filter but that of places."""
        if self.is_gathered and self._has_places:
            found = "FROM gathered WHERE is_place AND beside > 0"
            return f"SELECT {_PLACED}, beside AS events {found}", []
        profiles = self.filters.profiles(but="location")
        rooted = self._rooted(Profile.objects.all() if profiles is None else profiles)
        sql, values = self._placed(self._among("profile_id", compiled(rooted)))
        return f"SELECT {_PLACED}, events FROM ({sql}) AS placed", values

    def _placed(self, among: Sql) -> Sql:
        if self.model(but="location", by_place=True) is EventFacts:
            return self._found.each("location", among)
        tallied = self._select(PlaceTally, "location")
        if not self.filters.is_settled:
            condition, values = among
            return f"SELECT * FROM ({tallied[0]}) AS each WHERE {condition}", [*tallied[1], *values]
        told = self._found.tallied(tallied, among)
        return self._and_beside(told, _PLACED, "location", among)

    def placed_anywhere(self) -> Sql:
        """The same of all places, under every filter but that of places."""
        condition, of_condition = self.condition("profile_id", "location")
        if self.model(but="location", by_place=True) is EventFacts:
            rows, values = self._found.each("location")
        else:
            told = self._told(PlaceTally, "location")
            rows, values = self._and_beside(told, _PLACED, "location")
        return (
            f"SELECT location_id, events FROM ({rows}) AS placed"
            f" WHERE {condition} AND location_id IS NOT NULL",
            [*values, *of_condition],
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


def _with_profiles(rows: str) -> str:
    """Numbers of events by profile, and all that each has."""
    return (
        "SELECT profile_id, number, profile.* FROM ("
        f"SELECT profile_id, sum(events)::bigint AS number FROM ({rows}) AS summed"
        f" GROUP BY profile_id {ANY_LEFT}) AS counted"
        " JOIN events_profile AS profile ON profile.id = profile_id"
    )
