"""Counts beside each choice of a filter: of the rows under every filter but its own.

All facets of a page cost one query: each is a SELECT of (facet, value, label, number), and the
database is sent their UNION ALL.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise

from config.filtering import StrictFilterSet
from config.subqueries import compiled

SHOWN = 12
# Facet, value, label and number.
Counted = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    is_chosen: bool
    # How deep in a tree it lies.
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter's values, chosen ones first, then by number; `is_cut` where there are more."""

    name: str
    label: str
    values: list[FacetValue]
    is_cut: bool
    is_tree: bool = False
    # Where all values can be looked through; nothing where they are all shown.
    more: str = ""

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
    return [
        facet_of(filters, query.name, [(*row, None) for row in counted[query.name]], query.labels)
        for query in queries
    ]


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
    sql, values = compiled(rows.order_by().values("pk"))
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


def facet_of(
    filters: StrictFilterSet,
    name: str,
    counted: Sequence[tuple[str, str, int, list[int] | None]],
    labels: Mapping[str, Any] | None = None,
) -> Facet:
    """A facet of the values counted: value, label, number, and for a tree the way from its root.

    Where there are more than are shown, there is one more than that. Values of a tree stand below
    what they lie in, and each branch is cut for itself.
    """
    chosen = set(filters.data.getlist(name))
    limit = SHOWN + len(chosen)
    is_tree = any(path for *_, path in counted)
    branches: dict[tuple[int, ...], list[FacetValue]] = {}
    ways: dict[str, tuple[int, ...]] = {}
    for value, label, number, path in counted:
        way = tuple(path or ())
        ways[value] = way
        words = str((labels or {}).get(value, label))
        depth = max(len(way) - 1, 0)
        branches.setdefault(way[:-1], []).append(
            FacetValue(value, words, number, value in chosen, depth)
        )
    values = [
        found
        for value in branches.get((), [])[:limit]
        for found in _branch(value, ways, branches, limit)
    ]
    seen = {value.value for value in values}
    # A chosen value without rows keeps its box, so that it can be taken away.
    values += [
        FacetValue(chip.query_value, chip.value, 0, True)
        for chip in filters.chips
        if chip.name == name and chip.query_value not in seen
    ]
    is_cut = any(len(branch) > limit for branch in branches.values())
    return Facet(name, str(filters.filters[name].label), values, is_cut, is_tree)


def _branch(
    value: FacetValue,
    ways: Mapping[str, tuple[int, ...]],
    branches: Mapping[tuple[int, ...], list[FacetValue]],
    limit: int,
) -> Iterator[FacetValue]:
    """The value, and below it what lies in it."""
    yield value
    if way := ways[value.value]:
        for below in branches.get(way, [])[:limit]:
            yield from _branch(below, ways, branches, limit)
