"""Counts beside each choice of a filter: of the rows under every filter but its own.

All facets of a page cost one query: each is a SELECT of (facet, value, label, number), and the
database is sent their UNION ALL.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.functional import Promise

from config.filtering import StrictFilterSet

SHOWN = 12


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter's values, chosen ones first, then by number; `is_cut` where there are more."""

    name: str
    label: str
    values: list[FacetValue]
    is_cut: bool

    @property
    def is_active(self) -> bool:
        return any(value.is_chosen for value in self.values)


@dataclass(frozen=True, slots=True)
class FacetQuery:
    """How a facet is counted.

    `sql` selects value, label and number, from a table `narrowed (id)` among others: the rows that
    are counted. `labels` names the values of a fixed list of words.
    """

    name: str
    sql: str
    labels: dict[str, str | Promise] | None = None


def count_facets(filters: StrictFilterSet, queries: Iterable[FacetQuery]) -> list[Facet]:
    """Every facet's values with their counts, in one query; none for a bad query."""
    queries = list(queries)
    counted: dict[str, list[tuple[str, str, int]]] = {query.name: [] for query in queries}
    if not filters.problems:
        for name, value, label, number in _fetch(filters, queries):
            counted[name].append((value, label, number))
    return [_facet(filters, query, counted[query.name]) for query in queries]


def _fetch(filters: StrictFilterSet, queries: list[FacetQuery]) -> list[tuple[str, str, str, int]]:
    parts: list[str] = []
    parameters: list[Any] = []
    for query in queries:
        rows, values = (
            filters.narrow(but=query.name).order_by().values("pk").query.sql_with_params()
        )
        chosen = filters.data.getlist(query.name)
        parts.append(
            f"(WITH narrowed (id) AS ({rows})"  # noqa: S608
            f" SELECT %s AS facet, value, label, number FROM ({query.sql}) AS counted"
            " ORDER BY value = ANY(%s) DESC, number DESC, label LIMIT %s)"
        )
        parameters += [*values, query.name, chosen, SHOWN + 1 + len(chosen)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        fetched: list[tuple[str, str, str, int]] = cursor.fetchall()
        return fetched


def _facet(
    filters: StrictFilterSet, query: FacetQuery, counted: list[tuple[str, str, int]]
) -> Facet:
    chosen = set(filters.data.getlist(query.name))
    limit = SHOWN + len(chosen)
    values = [
        FacetValue(value, str((query.labels or {}).get(value, label)), number, value in chosen)
        for value, label, number in counted[:limit]
    ]
    seen = {value.value for value in values}
    # A chosen value without rows keeps its box, so that it can be taken away.
    values += [
        FacetValue(chip.query_value, chip.value, 0, True)
        for chip in filters.chips
        if chip.name == query.name and chip.query_value not in seen
    ]
    label = str(filters.filters[query.name].label)
    return Facet(query.name, label, values, is_cut=len(counted) > limit)
