"""The first pages of the best match, where very many events answer to the words.

As many events of a sample as a page and all before it have say where it ends at the latest: what
stands behind the last of these is on none of them. The sample is about as large as what is left.
"""

from collections.abc import Sequence
from functools import cached_property
from math import sqrt
from typing import Any, NamedTuple

from django.db.models import BooleanField, F, Func
from django.db.models.expressions import RawSQL

from config.rows import fetch, read_by_two
from config.subqueries import compiled
from events.filters import EventFilterSet
from events.in_order import RANKED, Window, narrow_in_order
from events.known_dates import Sql
from events.models import EventFacts
from events.models.events import ORDERS
from events.models.profiles import EventFactsQuerySet
from events.search.query import relevance
from events.search.settled import answers_singly, judged

# So many are ranked one by one sooner than a sample is drawn.
FEW = 20_000
# Of no more events than these may the rank not be known by their profiles.
UNRANKED = 20_000
_PLACE = ("relevance", "sort_day", "event_id")
_IN_ORDER = "ORDER BY relevance DESC, sort_day DESC, event_id DESC"


class Ranked(NamedTuple):
    """An event by its key, with what its order compares."""

    pk: int
    sort_day: int
    relevance: float


def best_matches(filters: EventFilterSet, window: Window, start: int, stop: int) -> Sequence[Any]:
    """From the `start`th best match to the one before the `stop`th, of those sorted in the window;
    what of each the order compares, and its `pk`."""
    told = filters.understood.told
    are_ranked = told is not None and told.unranked <= UNRANKED
    if window.number is not None and window.number <= (FEW if are_ranked else RANKED):
        rows = narrow_in_order(filters, window).order_by(*ORDERS["relevance"].fields)
        return list(rows[start:stop])
    return _BestMatch(filters, window, stop).rows(start, by_profiles=are_ranked)


class _BestMatch:
    def __init__(self, filters: EventFilterSet, window: Window, stop: int) -> None:
        self._filters = filters
        self._window = window
        self._stop = stop

    def rows(self, start: int, *, by_profiles: bool) -> list[Ranked]:
        if by_profiles:
            found = self._fetched(*self._by_profiles(), start)
        else:
            with read_by_two():
                found = self._fetched(*self._by_documents(), start)
        return [Ranked(pk, day, rank) for rank, day, pk in found]

    def _fetched(self, tables: Sql, found: Sql, start: int) -> list[tuple[Any, ...]]:
        least, of_least = self._least
        return fetch(
            f"WITH least ({', '.join(_PLACE)}) AS MATERIALIZED ({least}){tables[0]}"
            f" SELECT {', '.join(_PLACE)} FROM ({found[0]}) AS found {_IN_ORDER}"
            " OFFSET %s LIMIT %s",
            [*of_least, *tables[1], *found[1], start, self._stop - start],
        )

    @cached_property
    def _least(self) -> Sql:
        """The last of the first of a sample, if that has so many."""
        share = min(100.0, 100 * sqrt(self._stop / max(self._window.number or 1, 1)))
        drawn = RawSQL(
            "events_eventfacts.ctid = ANY (ARRAY(SELECT ctid FROM events_eventfacts"
            " TABLESAMPLE SYSTEM (%s) REPEATABLE (0)))",
            [share],
            BooleanField(),
        )
        sql, values = self._compiled(self._filters.facts("filters").filter(drawn))
        return (
            f"SELECT {', '.join(_PLACE)} FROM ({sql}) AS drawn {_IN_ORDER} OFFSET %s LIMIT 1",
            [*values, self._stop - 1],
        )

    def _by_profiles(self) -> tuple[Sql, Sql]:
        """Most of what is found is ranked as its profile is: no more than the profiles are looked
        at of what stands behind."""
        words = self._filters.understood.meant
        told, of_told = judged(words, are_ranked=True)
        profiles = self._filters.profiles()
        among, of_among = "SELECT id FROM events_profile", list[Any]()
        if profiles is not None:
            among, of_among = compiled(profiles.order_by().values("pk"))
        tables = (
            f", told AS MATERIALIZED ({told}), candidate AS MATERIALIZED ("
            f" SELECT profile.id AS profile_id, relevance FROM ({among}) AS profile (id)"
            " LEFT JOIN told ON told.profile_id = profile.id WHERE may_be IS NOT FALSE"
            " AND (relevance >= (SELECT relevance FROM least)) IS NOT FALSE)"
        )
        rows = self._filters.narrow_each(EventFacts.objects.order_by())
        each, of_each = self._compiled(rows.filter(answers_singly(words)))
        is_level = "relevance = (SELECT relevance FROM least)"
        gathered = (
            f"SELECT {', '.join(_PLACE)} FROM ({each}) AS each"
            " WHERE profile_id = ANY (ARRAY(SELECT profile_id FROM candidate WHERE "
        )
        found = (
            f"{gathered} ({is_level}) IS NOT TRUE)) UNION ALL {gathered} {is_level}))"
            " AND sort_day >= (SELECT sort_day FROM least)"
        )
        return (tables, [*of_told, *of_among]), (found, [*of_each, *of_each])

    def _by_documents(self) -> tuple[Sql, Sql]:
        """All that is found is looked at, and ranked, before it is known to stand behind."""
        place = Func(
            relevance(self._filters.understood.meant, "document"),
            F("sort_day"),
            F("pk"),
            template="(%(expressions)s)",
        )
        is_behind = Func(
            place,
            RawSQL("SELECT relevance, sort_day, event_id FROM least", []),
            template="%(expressions)s",
            arg_joiner=" < ",
            output_field=BooleanField(),
        )
        return ("", []), self._compiled(self._filters.facts("filters", unless=is_behind))

    def _compiled(self, rows: EventFactsQuerySet) -> Sql:
        rows = rows.filter(sort_day__range=self._window.days)
        ranked = rows.ranked(self._filters.understood.meant)
        return compiled(ranked.order_by().values("profile_id", *_PLACE))
