"""The numbers beside the timeline: how many events, how many of each facet's values, and when.

Each is counted in the least of three summaries that can tell it (see `events.models.profiles`): by
place, where nothing but places and what events share is asked for; by span, for whole years; else
in the facts of each event. Every facet is counted under every filter but its own, all in one query.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Count, F, QuerySet, Sum, Value
from django.urls import reverse

from config.date_bounds import day_number, year_of
from config.dates import AFTER_ALL, BEFORE_ALL
from config.facets import SHOWN, Facet, FacetValue, facet_of
from config.periods import Period, are_whole_years
from config.subqueries import compiled, fits_text
from events.filters import EventFilterSet
from events.models import Event, EventFacts, Location, PlaceTally, SpanTally

# Up to so many events, their own days are looked at rather than the years that they lie in.
FEW = 20_000
# Beyond so many, only a summary counts where no page needs the number.
COUNTED = 10_000
# Facets in the order of the page.
FACETS = ("country", "actor", "kind", "standing", "location", "speaker", "source", "year")
Sql = tuple[str, list[Any]]

# Where a facet's values stand: what a profile has of them, their table, the column that names each
# in a query, their label, and what a search for one of them compares.
_VALUES = {
    "country": ("unnest(profile.countries)", "actors_country", "iso3", "name", "lower(name)"),
    "actor": ("unnest(profile.actors)", "actors_actor", "slug", "name", "sort_name"),
    "kind": ("profile.kind_id", "events_eventtype", "slug", "name", "lower(name)"),
    "speaker": ("unnest(profile.speakers)", "actors_actor", "slug", "name", "sort_name"),
    "source": ("unnest(profile.sources)", "events_source", "slug", "title", "sort_title"),
}


@dataclass(frozen=True, slots=True)
class EventCounts:
    """`days` are the first and the last day that any date under the filters is known to touch."""

    total: int
    facets: list[Facet]
    days: tuple[int, int] | None


def count_events(filters: EventFilterSet) -> EventCounts:
    """Everything that the timeline counts; nothing for a bad query."""
    if filters.problems:
        return EventCounts(0, [facet_of(filters, name, []) for name in FACETS], None)
    return _Counting(filters).counts()


def count_total(filters: EventFilterSet) -> int | None:
    """How many events, as a summary tells it or as few can be counted; None for more."""
    return 0 if filters.problems else _Counting(filters).total()


def find_values(filters: EventFilterSet, name: str, text: str, limit: int) -> list[FacetValue]:
    """The values of one facet whose label has the text in it: chosen ones, then by number."""
    if filters.problems:
        return []
    return _Counting(filters).find(name, text, limit)


class _Counting:
    def __init__(self, filters: EventFilterSet) -> None:
        self.filters = filters

    def counts(self) -> EventCounts:
        found: dict[str, list[tuple[Any, ...]]] = {name: [] for name in FACETS}
        total, days = 0, {}
        selects = [self._total(), *map(self._facet, FACETS), *self._days()]
        for part, value, label, number, path in self._run(selects):
            if part == "total":
                total = int(number)
            elif part in ("days", "exact"):
                days[part] = (int(value), int(label)) if value is not None else None
            else:
                found[part].append((value, label, int(number), path))
        facets = [self._shown(name, found[name]) for name in FACETS]
        return EventCounts(total, facets, days.get("exact") or days.get("days"))

    def _shown(self, name: str, counted: list[tuple[Any, ...]]) -> Facet:
        facet = facet_of(self.filters, name, counted, _labels(name))
        if name == "year":
            facet = replace(facet, values=sorted(facet.values, key=_year, reverse=True))
        if facet.is_cut:
            query = self.filters.query
            address = reverse("events:facet", args=[name])
            facet = replace(facet, more=f"{address}?{query}" if query else address)
        return facet

    def total(self) -> int | None:
        if self._summary().model is not EventFacts:
            return int(self._run([self._total()])[0][3])
        found = self.filters.narrow().order_by()[: COUNTED + 1].count()
        return None if found > COUNTED else found

    def find(self, name: str, text: str, limit: int) -> list[FacetValue]:
        if name == "year":
            select = self._years(text, limit)
        elif name == "location":
            select = self._named_places(text, limit)
        else:
            select = self._values(name, text, limit)
        sql, values = select
        chosen = self.filters.data.getlist(name)
        return [
            FacetValue(value, label, int(number), value in chosen)
            for _part, value, label, number, _path in self._run(
                [(f"SELECT * FROM {sql} AS found", values)]
            )
        ]

    def _run(self, selects: Iterable[Sql]) -> list[tuple[Any, ...]]:
        sql, values = self._hits()
        parts = list(selects)
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH hit AS MATERIALIZED ({sql}) " + " UNION ALL ".join(p for p, _ in parts),
                [*values, *(value for _, some in parts for value in some)],
            )
            fetched: list[tuple[Any, ...]] = cursor.fetchall()
            return fetched

    @cached_property
    def _asks_each(self) -> set[str]:
        """The filters in force that what events share does not answer."""
        asked = {name for name in ("q", "location", "year") if self.filters.chosen(name)}
        return asked | ({"range"} if self.filters.is_ranged else set())

    @cached_property
    def _is_of_whole_years(self) -> bool:
        since, until = self.filters.chosen("since"), self.filters.chosen("until")
        return (since is None or since == day_number(year_of(since), 1, 1)) and (
            until is None or until + 1 == day_number(year_of(until) + 1, 1, 1)
        )

    def _summary(self, *, but: str = "", by_place: bool = False, by_span: bool = False) -> Any:
        """The least summary that answers all filters but one, narrowed by those of each event."""
        asked = self._asks_each - {but}
        rows: QuerySet[Any] = EventFacts.objects.all()
        if asked <= {"year", "range"} and self._is_of_whole_years and not by_place:
            rows = SpanTally.objects.all()
        elif asked <= {"location"} and not by_span:
            rows = PlaceTally.objects.all()
        return self.filters.narrow_each(rows, but=but)

    @staticmethod
    def _grouped(rows: Any, *columns: str) -> Sql:
        number = Count("*") if rows.model is EventFacts else Sum("number")
        return compiled(rows.order_by().values(*columns).annotate(events=number))

    def _hits(self) -> Sql:
        sql, values = self._grouped(self._summary(), "profile_id")
        return f"SELECT profile_id, events AS number FROM ({sql}) AS summary", values

    def _of_profiles(self, rows: Any, but: str = "") -> Any:
        profiles = self.filters.profiles(but=but)
        return rows if profiles is None else rows.filter(profile__in=profiles)

    def _condition(self, column: str, but: str = "") -> Sql:
        """That a profile is among those under the filters."""
        profiles = self.filters.profiles(but=but)
        if profiles is None:
            return "TRUE", []
        sql, values = compiled(profiles.order_by().values("pk"))
        return f"{column} IN ({sql})", values

    def _total(self) -> Sql:
        condition, values = self._condition("profile_id")
        return (
            "SELECT 'total' AS part, NULL AS value, NULL AS label,"
            " coalesce(sum(number), 0) AS number, NULL::bigint[] AS path"
            f" FROM hit WHERE {condition}",
            values,
        )

    def _facet(self, name: str) -> Sql:
        if name == "location":
            return self._places()
        if name == "year":
            return self._years()
        chosen = self.filters.data.getlist(name)
        if name == "standing":
            condition, values = self._condition("profile.id", name)
            return (
                "(SELECT 'standing', standing, standing, sum(hit.number), NULL::bigint[]"
                " FROM hit JOIN events_profile AS profile ON profile.id = hit.profile_id"
                f" WHERE {condition} GROUP BY standing ORDER BY 4 DESC, 2)",
                values,
            )
        return self._values(name, "", SHOWN + 1 + len(chosen))

    def _values(self, name: str, text: str, limit: int) -> Sql:
        held, table, key, label, searched = _VALUES[name]
        condition, values = self._condition("profile.id", name)
        fits, patterns = fits_text(searched, text)
        chosen = self.filters.data.getlist(name)
        return (
            f"(SELECT '{name}' AS part, named.{key}::text AS value, named.{label}::text AS label,"
            " counted.number, NULL::bigint[] AS path FROM ("
            f"SELECT {held} AS id, sum(hit.number) AS number"
            " FROM hit JOIN events_profile AS profile ON profile.id = hit.profile_id"
            f" WHERE {condition} GROUP BY 1) AS counted"
            f" JOIN {table} AS named ON named.id = counted.id WHERE {fits}"
            f" ORDER BY named.{key} = ANY(%s) DESC, number DESC, label LIMIT %s)",
            [*values, *patterns, chosen, limit],
        )

    def _placed(self) -> Sql:
        """Places and numbers of events, not gathered by place: they are, by what lies around."""
        rows = self._of_profiles(self._summary(but="location", by_place=True))
        number = Value(1) if rows.model is EventFacts else F("number")
        rows = rows.filter(location__isnull=False).order_by()
        return compiled(rows.values("location_id", events=number))

    def _places(self) -> Sql:
        """The roots of the tree, and what lies directly in the chosen places and those around."""
        sql, values = self._placed()
        chosen: list[Location] = list(self.filters.chosen("location") or [])
        steps = ["SELECT lineage[1] AS id, number FROM placed"]
        open_depths = {pk: depth for c in chosen for depth, pk in enumerate(c.lineage, start=1)}
        for pk, depth in open_depths.items():
            steps.append(
                f"SELECT lineage[{depth + 1}], number FROM placed"
                f" WHERE lineage[{depth}] = {pk} AND cardinality(lineage) > {depth}"
            )
        return (
            "(WITH placed AS (SELECT place.lineage, summary.events AS number"
            f" FROM ({sql}) AS summary"
            " JOIN events_location AS place ON place.id = summary.location_id),"
            f" step AS (SELECT id, sum(number) AS number FROM ({' UNION ALL '.join(steps)}) AS each"
            " GROUP BY id)"
            " SELECT 'location', slug, name, number, lineage FROM ("
            " SELECT around.slug, around.name, step.number, around.lineage, row_number() OVER ("
            "  PARTITION BY around.parent_id ORDER BY around.id = ANY(%s) DESC, step.number DESC,"
            "  around.sort_name, around.id) AS place"
            " FROM step JOIN events_location AS around"
            " ON around.id = step.id AND around.state = 'published') AS ranked"
            " WHERE place <= %s ORDER BY number DESC, name)",
            [*values, list(open_depths), SHOWN + 1 + len(chosen)],
        )

    def _named_places(self, text: str, limit: int) -> Sql:
        """Places of any depth."""
        sql, values = self._placed()
        fits, patterns = fits_text("around.sort_name", text)
        return (
            "(SELECT 'location' AS part, around.slug AS value, around.name AS label,"
            " step.number AS number, NULL::bigint[] AS path"
            f" FROM (SELECT unnest(place.lineage) AS id, sum(summary.events) AS number FROM ({sql})"
            " AS summary JOIN events_location AS place ON place.id = summary.location_id"
            " GROUP BY 1) AS step JOIN events_location AS around"
            f" ON around.id = step.id AND around.state = 'published' WHERE {fits}"
            " ORDER BY around.slug = ANY(%s) DESC, number DESC, label LIMIT %s)",
            [*values, *patterns, self.filters.data.getlist("location"), limit],
        )

    def _years(self, text: str = "", limit: int | None = None) -> Sql:
        """Years in which a date may lie, among those in which any begins or ends."""
        rows = self._of_profiles(self._summary(but="year", by_span=True))
        sql, values = self._grouped(rows, "first_day", "last_day", "is_date_qualified")
        lies = (
            "span.last_day >= first_day_of_year(year)"
            " AND span.first_day < first_day_of_year(year + 1)"
        )
        if self.filters.chosen("certain"):
            lies = (
                "span.first_day >= first_day_of_year(year) AND NOT is_date_qualified"
                " AND span.last_day < first_day_of_year(year + 1)"
            )
        chosen = self.filters.data.getlist("year")
        fits, patterns = fits_text("value", text)
        return (
            "(WITH span AS MATERIALIZED (SELECT span[1] AS first_day, span[2] AS last_day,"
            " is_date_qualified, sum(events) AS number FROM ("
            " SELECT tallied_span(first_day, last_day) AS span, is_date_qualified, events"
            f" FROM ({sql}) AS summary) AS spans GROUP BY 1, 2, 3), edge AS MATERIALIZED ("
            " SELECT year_of_day(first_day) AS year"
            f" FROM span WHERE first_day > ({BEFORE_ALL})::bigint"
            f" UNION SELECT year_of_day(last_day) FROM span WHERE last_day < {AFTER_ALL})"
            " SELECT 'year', value, value, number, NULL::bigint[] FROM ("
            " SELECT CASE WHEN year < 0 THEN '-' ELSE '' END || lpad(abs(year)::text, 4, '0')"
            f" AS value, sum(span.number) AS number, year FROM edge JOIN span ON {lies}"
            " WHERE year BETWEEN -9999 AND 9999 GROUP BY year) AS years"
            f" WHERE {fits} ORDER BY value = ANY(%s) DESC, number DESC, year DESC LIMIT %s)",
            [*values, *patterns, chosen, limit or SHOWN + 1 + len(chosen)],
        )

    def _days(self) -> list[Sql]:
        """What the dates span: by what is tallied, and where they are few, by each."""
        rows = self._of_profiles(self._summary(by_span=True))
        found = [_extent("days", rows, "TRUE", [])]
        if rows.model is SpanTally:
            condition, values = self._condition("profile_id")
            each = self._of_profiles(self.filters.narrow_each(EventFacts.objects.all()))
            is_few = f"(SELECT sum(number) FROM hit WHERE {condition}) <= {FEW}"
            found.append(_extent("exact", each, is_few, values))
        return found

    def spans(self, *, by_year: bool) -> Sql:
        rows = self._summary(by_span=True)
        if rows.model is SpanTally and not by_year:
            rows = self.filters.narrow_each(EventFacts.objects.all())
        columns = ("first_day", "last_day", "is_date_qualified")
        sql, values = self._grouped(self._of_profiles(rows), *columns)
        return f"SELECT 'event', {', '.join(columns)}, events FROM ({sql}) AS summary", values


def spans_of(filters: EventFilterSet, counts: EventCounts, periods: list[Period]) -> Sql:
    """The dates under the filters as `tallies` takes them: by whole years where the periods are
    no finer and the events many."""
    by_year = counts.total > FEW and are_whole_years(periods)
    return _Counting(filters).spans(by_year=by_year)


def _extent(part: str, rows: Any, condition: str, values: list[Any]) -> Sql:
    sql, row_values = compiled(rows.order_by().values("first_day", "last_day"))
    edges = f"nullif(first_day, ({BEFORE_ALL})::bigint), nullif(last_day, {AFTER_ALL})"
    return (
        f"SELECT '{part}', min(least({edges}))::text, max(greatest({edges}))::text, 0,"
        f" NULL::bigint[] FROM ({sql}) AS dated WHERE {condition}",
        [*row_values, *values],
    )


def _year(value: FacetValue) -> int:
    return int(value.value) if re.fullmatch(r"-?\d{4}", value.value) else 0


def _labels(name: str) -> dict[str, str] | None:
    return (
        {value: str(label) for value, label in Event.Standing.choices}
        if name == "standing"
        else None
    )
