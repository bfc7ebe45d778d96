"""Counts beside each choice of a filter: of the rows under every filter but its own.

All facets of a page cost one query: each is a SELECT of (facet, value, label, number), and the
database is sent their UNION ALL.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise

from config.filtering import StrictFilterSet

SHOWN = 12
# Facet, value, label and number.
Counted = tuple[str, str, str, int]


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


def count_each(pairs: Iterable[tuple[FacetQuery, QuerySet[Any]]]) -> dict[str, list[FacetValue]]:
    """The most frequent values of some facets by name, each among rows of its own, in one query."""
    pairs = list(pairs)
    counted: dict[str, list[FacetValue]] = {query.name: [] for query, _ in pairs}
    labels = {query.name: query.labels or {} for query, _ in pairs}
    for name, value, label, number in _run([_select(query, rows, []) for query, rows in pairs]):
        if len(counted[name]) < SHOWN:
            words = str(labels[name].get(value, label))
            counted[name].append(FacetValue(value, words, number, is_chosen=False))
    return counted


def _fetch(filters: StrictFilterSet, queries: list[FacetQuery]) -> list[Counted]:
    return _run(
        [
            _select(query, filters.narrow(but=query.name), filters.data.getlist(query.name))
            for query in queries
        ]
    )


def _select(query: FacetQuery, rows: QuerySet[Any], chosen: list[str]) -> tuple[str, list[Any]]:
    """One facet's values as SQL and its parameters: chosen ones first, then by number."""
    narrowed = rows.order_by().values("pk").query
    # Conditions that no row can meet are sent too, rather than raised as EmptyResultSet.
    sql, values = narrowed.get_compiler(connection=connection, elide_empty=False).as_sql()
    return (
        f"(WITH narrowed (id) AS ({sql})"  # noqa: S608
        f" SELECT %s AS facet, value, label, number FROM ({query.sql}) AS counted"
        " ORDER BY value = ANY(%s) DESC, number DESC, label LIMIT %s)",
        [*values, query.name, chosen, SHOWN + 1 + len(chosen)],
    )


def _run(selects: list[tuple[str, list[Any]]]) -> list[Counted]:
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(sql for sql, _ in selects),
            [value for _, values in selects for value in values],
        )
        fetched: list[Counted] = cursor.fetchall()
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
