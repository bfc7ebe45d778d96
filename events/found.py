"""Single events under some filters, as parts of the statement that counts them.

What can be known of many by their profiles is: whether they are under the filters, and, where the
words of a search are settled, whether they answer to these (the table `judged`). The others are to
be added to what a summary tells, event by event (`Found.beside`).
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, Value

from config.subqueries import compiled, is_gathered_among
from events.filters import EventFilterSet
from events.known_dates import SPAN, Sql
from events.models import EventFacts, Location, Profile
from events.models.profiles import EventFactsQuerySet
from events.search.settled import answers_singly, is_excluded, judged

# What each event is read as; besides, as `events`, the number that it stands for.
COLUMNS = ("event_id", "sort_day", "profile_id", "location_id", "month", *SPAN)
ANY: Sql = ("TRUE", [])
JUDGED: Sql = ("judged", [])
_SURE = "profile_id IN (SELECT profile_id FROM judged WHERE is_sure)"
_ALL_BUT = "profile_id IN (SELECT profile_id FROM judged WHERE all_but)"
TALLIED = "profile_id IN (SELECT profile_id FROM judged WHERE is_sure OR all_but)"
_UNKNOWN = (
    "profile_id NOT IN (SELECT profile_id FROM judged WHERE is_sure OR all_but OR NOT may_be)"
)


class Found:
    """`among` is a condition on `profile_id`: that the profile is under the filters."""

    def __init__(self, filters: EventFilterSet) -> None:
        self.filters = filters

    @cached_property
    def tables(self) -> Sql:
        """What the other parts read, each with a comma.

        Of settled words: `judged`, and `other`, the events that answer to them, wherever they are
        and in whatever year, of profiles that do not tell whether all do or none; and `taken`,
        those that do not of profiles of which all others do. Of outermost and other places
        together: `inside`, the events in these others."""
        parts, values = [], list[Any]()
        words = self.filters.understood.meant
        if self.filters.is_settled:
            table, of_table = judged(words)
            other, of_other = _of_profiles(self._anywhere(answers_singly(words)), (_UNKNOWN, []))
            parts += [f"judged AS MATERIALIZED ({table})", f"other AS ({other})"]
            values += [*of_table, *of_other]
        if self._are_taken:
            taken, of_taken = self._anywhere(is_excluded(words), number=-1)
            parts.append(f"taken AS (SELECT * FROM ({taken}) AS each WHERE ({_ALL_BUT}) IS TRUE)")
            values += of_taken
        if self._apart:
            _roots, inner = self._apart
            within = Location.objects.published().within(inner)
            answers = [answers_singly(words)] if self.filters.is_settled else []
            lies_within = is_gathered_among("location_id", within)
            inside, of_inside = self._anywhere(lies_within, *answers)
            parts.append(f"inside AS ({inside})")
            values += of_inside
        return "".join(f"{part}, " for part in parts), values

    @property
    def told_by_profiles(self) -> set[str]:
        """Filters asked of each event that profiles answer, but for what is `beside`."""
        told = {"q"} if self.filters.is_settled else set()
        return told | ({"location"} if self._apart else set())

    @cached_property
    def _apart(self) -> tuple[list[Location], list[Location]] | None:
        """`places_told_apart`, where nothing else keeps a summary from telling of them."""
        is_told = self.filters.is_settled or not self.filters.chosen("q")
        return self.filters.places_told_apart if is_told else None

    @property
    def _are_taken(self) -> bool:
        told = self.filters.understood.told if self.filters.is_settled else None
        return told is not None and told.all_but > 0

    def each(self, but: str = "", among: Sql = ANY) -> Sql:
        """Events, whatever is asked of their profiles but for `among`."""
        if self.filters.is_settled and (but == "location" or not self.filters.places_asked):
            return self._by_profiles(among, but)
        sql, values = self._searched(but)
        return f"SELECT * FROM ({sql}) AS each WHERE {among[0]}", [*values, *among[1]]

    def told(self, but: str = "") -> Sql:
        """The condition that a profile's events are to be counted as a summary has them, whatever
        is asked of profiles: all of them, or all but those of `taken`."""
        conditions, values = [], list[Any]()
        if self.filters.is_settled:
            conditions.append(TALLIED)
        if self._apart and but != "location":
            rooted, values = self._is_rooted
            conditions.append(rooted)
        return " AND ".join(conditions) or "TRUE", values

    @property
    def _is_rooted(self) -> Sql:
        roots = self._apart[0] if self._apart else []
        sql, values = compiled(Profile.objects.rooted_around(roots).order_by().values("pk"))
        return f"profile_id IN ({sql})", values

    def tallied(self, rows: Sql, among: Sql = ANY) -> Sql:
        """Of rows that count events in whatever place by profiles, those that are `told`."""
        return _of_profiles(rows, (f"{TALLIED} AND {among[0]}", among[1]))

    def are_beside(self, but: str = "") -> bool:
        """Whether there is anything `beside` what a summary tells."""
        return self.filters.is_settled or bool(self._apart and but != "location")

    def beside(self, but: str = "", among: Sql = ANY) -> Sql:
        """What is to be added to what summaries tell, event by event: those of `other` and
        `inside`, and, as less than none, those of `taken`."""
        is_apart = self._apart and but != "location"
        parts = []
        if self.filters.is_settled:
            tables = ["other", "taken"] if self._are_taken else ["other"]
            rooted = _both(among, self._is_rooted) if is_apart else among
            parts += [self._within(table, but, rooted) for table in tables]
        if is_apart:
            parts.append(self._within("inside", but, among))
        return united(parts)

    def _within(self, table: str, but: str, among: Sql) -> Sql:
        years = " AND is_in_years" if self.filters.chosen("year") and but != "year" else ""
        columns = ", ".join(COLUMNS)
        return f"SELECT {columns}, events FROM {table} WHERE ({among[0]}) IS TRUE{years}", among[1]

    def unsearched(
        self, but: str = "", wanted: Q | None = None, columns: Sequence[str] = COLUMNS
    ) -> Sql:
        """Under what is asked of each but for places, whatever the words that are searched for."""
        return as_events(self._narrowed((but, "location")).filter(wanted or Q()), columns)

    def _narrowed(self, but: str | tuple[str, ...]) -> EventFactsQuerySet:
        return self.filters.narrow_each(EventFacts.objects.order_by(), but=but)

    def _searched(self, but: str = "") -> Sql:
        rows = self._narrowed(but)
        if self.filters.chosen("q"):
            told = JUDGED if self.filters.is_settled else None
            rows = rows.search(self.filters.understood.meant, told)
        return as_events(rows)

    def _anywhere(self, *conditions: Any, number: int = 1) -> Sql:
        """Events that meet these conditions, in whatever place and year; and whether each is in the
        years that are asked for."""
        rows = self._narrowed(("location", "year")).filter(*conditions)
        if not self.filters.chosen("year"):
            return as_events(rows, number=number)
        is_in_years = ExpressionWrapper(self.filters.is_in_years, output_field=BooleanField())
        rows = rows.annotate(is_in_years=is_in_years)
        return as_events(rows, (*COLUMNS, "is_in_years"), number)

    def _by_profiles(self, among: Sql, but: str) -> Sql:
        sure = self.unsearched(but)
        parts = [
            _of_profiles(sure, (f"{_SURE} AND {among[0]}", among[1])),
            self._within("other", but, among),
        ]
        if self._are_taken:
            words = answers_singly(self.filters.understood.meant)
            rest = as_events(self._narrowed(but).filter(words))
            parts.append(_of_profiles(rest, (f"{_ALL_BUT} AND {among[0]}", among[1])))
        return united(parts)


def _both(one: Sql, other: Sql) -> Sql:
    return f"{one[0]} AND {other[0]}", [*one[1], *other[1]]


def united(parts: Sequence[Sql]) -> Sql:
    """All rows of some statements that have the same columns."""
    return (
        " UNION ALL ".join(sql for sql, _ in parts),
        [value for _, values in parts for value in values],
    )


def as_events(rows: EventFactsQuerySet, columns: Sequence[str] = COLUMNS, number: int = 1) -> Sql:
    """As other summaries are read, each for one event."""
    return compiled(rows.order_by().values(*columns, events=Value(number)))


def _of_profiles(events: Sql, among: Sql) -> Sql:
    """Through the index of profiles."""
    return (
        f"SELECT * FROM ({events[0]}) AS each WHERE profile_id = ANY (ARRAY("
        " SELECT profile_id FROM (SELECT id AS profile_id FROM events_profile) AS profile"
        f" WHERE {among[0]}))",
        [*events[1], *among[1]],
    )
