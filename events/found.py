"""Single events under some filters, as parts of the statement that counts them.

What can be known of many by their profiles is: whether they are under the filters, and, where the
words of a search are settled, whether they answer to these (the table `judged`).
"""

from collections.abc import Sequence
from functools import cached_property

from django.db.models import Q, Value

from config.subqueries import compiled
from events.filters import EventFilterSet
from events.known_dates import SPAN, Sql
from events.models import EventFacts
from events.models.profiles import EventFactsQuerySet
from events.search.settled import answers_singly, judged

# What each event is read as; besides, as `events`, the number that it stands for.
COLUMNS = ("event_id", "sort_day", "profile_id", "location_id", "month", *SPAN)
ANY: Sql = ("TRUE", [])
JUDGED: Sql = ("judged", [])
_SURE = "profile_id IN (SELECT profile_id FROM judged WHERE is_sure)"
_UNKNOWN = "profile_id NOT IN (SELECT profile_id FROM judged WHERE is_sure OR NOT may_be)"


class Found:
    """`among` is a condition on `profile_id`: that the profile is under the filters."""

    def __init__(self, filters: EventFilterSet) -> None:
        self.filters = filters

    @cached_property
    def tables(self) -> Sql:
        """`judged`, and `other`: the events that answer to the words, wherever they are, of
        profiles that do not tell whether all do or none. Each with a comma; nothing where the words
        are not settled."""
        if not self.filters.is_settled:
            return "", []
        table, values = judged(self.filters.understood.meant)
        other, of_other = self._of_others("location", ANY)
        return f"judged AS MATERIALIZED ({table}), other AS ({other}), ", [*values, *of_other]

    def each(self, but: str = "", among: Sql = ANY) -> Sql:
        """Events, whatever is asked of their profiles but for `among`."""
        if self.filters.is_settled and (but == "location" or not self.filters.places_asked):
            return self._by_profiles(among, but)
        sql, values = self._searched(but)
        return f"SELECT * FROM ({sql}) AS each WHERE {among[0]}", [*values, *among[1]]

    def sure(self, rows: Sql, among: Sql = ANY) -> Sql:
        """Those of profiles all of whose events answer to the words."""
        return _of_profiles(rows, (f"{_SURE} AND {among[0]}", among[1]))

    def others(self, but: str = "", among: Sql = ANY) -> Sql:
        """Those of profiles that do not tell whether all answer to the words or none."""
        is_placed = self.filters.places_asked and but != "location"
        if is_placed or (but == "year" and self.filters.chosen("year")):
            return self._of_others(but, among)
        return f"SELECT * FROM other WHERE ({among[0]}) IS TRUE", among[1]

    def unsearched(
        self, but: str = "", wanted: Q | None = None, columns: Sequence[str] = COLUMNS
    ) -> Sql:
        """Under what is asked of each, whatever the words that are searched for."""
        rows = EventFacts.objects.filter(wanted or Q()).order_by()
        return as_events(self.filters.narrow_each(rows, but=but), columns)

    def _searched(self, but: str = "") -> Sql:
        rows = self.filters.narrow_each(EventFacts.objects.order_by(), but=but)
        if self.filters.chosen("q"):
            told = JUDGED if self.filters.is_settled else None
            rows = rows.search(self.filters.understood.meant, told)
        return as_events(rows)

    def _of_others(self, but: str, among: Sql) -> Sql:
        rows = self.filters.narrow_each(EventFacts.objects.order_by(), but=but)
        rows = rows.filter(answers_singly(self.filters.understood.meant))
        return _of_profiles(as_events(rows), (f"{_UNKNOWN} AND {among[0]}", among[1]))

    def _by_profiles(self, among: Sql, but: str) -> Sql:
        sure, of_sure = self.sure(self.unsearched(but), among)
        others, of_others = self.others(but, among)
        return f"{sure} UNION ALL {others}", [*of_sure, *of_others]


def as_events(rows: EventFactsQuerySet, columns: Sequence[str] = COLUMNS) -> Sql:
    """As other summaries are read, each for one event."""
    return compiled(rows.order_by().values(*columns, events=Value(1)))


def _of_profiles(events: Sql, among: Sql) -> Sql:
    """Through the index of profiles."""
    return (
        f"SELECT * FROM ({events[0]}) AS each WHERE profile_id = ANY (ARRAY("
        " SELECT profile_id FROM (SELECT id AS profile_id FROM events_profile) AS profile"
        f" WHERE {among[0]}))",
        [*events[1], *among[1]],
    )
