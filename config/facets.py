"""Counts beside each choice of a filter: of the rows under every filter but its own.

All facets of a page cost one query: each is a SELECT of (facet, value, label, number), and the
database is sent their UNION ALL. Facets over columns of the rows themselves are sums over how many
rows have the same values in all of these columns, which are few: the rows are read once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.functional import Promise

from config.filtering import StrictFilterSet
from config.rows import fetch
from config.subqueries import compiled

SHOWN = 12
# Of each branch below the root, however many values of a tree are chosen.
FEWEST_BELOW = 3
# Facet, value, label and number.
Counted = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    is_chosen: bool
    # How deep in a tree it lies; where it stands alone, in what.
    depth: int = 0
    around: str = ""


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


@dataclass(frozen=True, slots=True)
class ColumnFacet:
    """A facet over a column of the rows: of words that `labels` names, or of keys of `table`.

    `key` and `label` are columns of that table: a row's name in a query, and in words.
    """

    name: str
    column: str
    labels: dict[str, str | Promise] | None = None
    table: str = ""
    key: str = ""
    label: str = ""

    @property
    def sql(self) -> str:
        """Value, label and number, from a table `summary` of the columns and `number`."""
        sums = (
            f"SELECT {self.column} AS id, sum(number)::bigint AS number"  # noqa: S608
            " FROM summary GROUP BY 1"
        )
        if not self.table:
            return f"SELECT id AS value, id AS label, number FROM ({sums}) AS each"  # noqa: S608
        return (
            f"SELECT named.{self.key} AS value, named.{self.label} AS label, each.number"  # noqa: S608
            f" FROM ({sums}) AS each JOIN {self.table} AS named ON named.id = each.id"
        )


def count_columns(
    filters: StrictFilterSet, facets: Sequence[ColumnFacet]
) -> tuple[int, list[Facet]]:
    """How many rows there are, and how many with each value of columns; none for a bad query."""
    counted: dict[str, list[tuple[str, str, int]]] = {facet.name: [] for facet in facets}
    count = 0
    if not filters.problems:
        for name, value, label, number in _run_columns(filters, facets):
            if name:
                counted[name].append((value, label, number))
            else:
                count = number
    return count, [
        facet_of(filters, facet.name, [(*row, None) for row in counted[facet.name]], facet.labels)
        for facet in facets
    ]


def _run_columns(filters: StrictFilterSet, facets: Sequence[ColumnFacet]) -> list[Counted]:
    columns = sorted({facet.column for facet in facets})
    summaries: dict[tuple[str, tuple[Any, ...]], str] = {}

    def summary(but: str = "") -> str:
        """The name of the summary under every filter but one: mostly the same for each."""
        rows = filters.narrow(but=but).order_by().values(*columns)
        sql, values = compiled(rows.annotate(number=Count("*")))
        return summaries.setdefault((sql, tuple(values)), f"summary_{len(summaries)}")

    selects = [
        "SELECT '' AS facet, '' AS value, '' AS label,"  # noqa: S608
        f" coalesce(sum(number), 0)::bigint AS number FROM {summary()}"
    ]
    values: list[Any] = []
    for facet in facets:
        chosen = filters.data.getlist(facet.name)
        selects.append(
            f"(WITH summary AS (TABLE {summary(facet.name)})"  # noqa: S608
            f" SELECT %s, value, label, number FROM ({facet.sql}) AS counted"
            " ORDER BY value = ANY(%s) DESC, number DESC, label LIMIT %s)"
        )
        values += [facet.name, chosen, SHOWN + 1 + len(chosen)]
    tables = ", ".join(
        f"{name} ({', '.join(columns)}, number) AS MATERIALIZED ({sql})"
        for (sql, _), name in summaries.items()
    )
    asked = [value for _, some in summaries for value in some]
    return fetch(f"WITH {tables} {' UNION ALL '.join(selects)}", [*asked, *values])


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
        f"(WITH narrowed (id) AS MATERIALIZED ({sql})"  # noqa: S608
        f" SELECT %s AS facet, value, label, number FROM ({query.sql}) AS counted"
        " ORDER BY value = ANY(%s) DESC, number DESC, label LIMIT %s)",
        [*values, query.name, chosen, SHOWN + 1 + len(chosen)],
    )


def _run(selects: list[tuple[str, list[Any]]]) -> list[Counted]:
    return fetch(
        " UNION ALL ".join(sql for sql, _ in selects),
        [value for _, values in selects for value in values],
    )


def facet_of(
    filters: StrictFilterSet,
    name: str,
    counted: Sequence[tuple[str, str, int, list[int] | None]],
    labels: Mapping[str, Any] | None = None,
) -> Facet:
    """A facet of the values counted: value, label, number, and for a tree the way from its root.

    What is chosen, or lies around it, is shown, and so many others; where there are more, one more
    at least is counted. Values of a tree stand below what they lie in, and each branch is cut for
    itself: below the root the sooner, the more values are chosen.
    """
    chosen = set(filters.data.getlist(name))
    ways = {value: tuple(path or ()) for value, _label, _number, path in counted}
    branches: dict[tuple[int, ...], list[FacetValue]] = {}
    for value, label, number, _path in counted:
        way = ways[value]
        words = str((labels or {}).get(value, label))
        depth = max(len(way) - 1, 0)
        branches.setdefault(way[:-1], []).append(
            FacetValue(value, words, number, value in chosen, depth)
        )
    shown = _first(branches, ways, chosen)
    is_cut = any(len(shown[way]) < len(branch) for way, branch in branches.items())
    values = [found for value in shown.get((), []) for found in _with_branch(value, ways, shown)]
    seen = {value.value for value in values}
    # A chosen value without rows keeps its box, so that it can be taken away.
    values += [
        FacetValue(chip.query_value, chip.value, 0, True)
        for chip in filters.chips
        if chip.name == name and chip.query_value not in seen
    ]
    is_tree = any(ways.values())
    return Facet(name, str(filters.filters[name].label), values, is_cut, is_tree)


def _first(
    branches: Mapping[tuple[int, ...], list[FacetValue]],
    ways: Mapping[str, tuple[int, ...]],
    chosen: set[str],
) -> dict[tuple[int, ...], list[FacetValue]]:
    """Of each branch what is chosen or lies around it, and so many others, in their order."""
    around = {key for value in chosen for key in ways.get(value, ())}
    below = max(FEWEST_BELOW, SHOWN // max(len(chosen), 1))
    first = {}
    for way, branch in branches.items():
        closed = [v.value for v in branch if not (v.is_chosen or around & {*ways[v.value][-1:]})]
        left_out = set(closed[below if way else SHOWN :])
        first[way] = [value for value in branch if value.value not in left_out]
    return first


def _with_branch(
    value: FacetValue,
    ways: Mapping[str, tuple[int, ...]],
    branches: Mapping[tuple[int, ...], list[FacetValue]],
) -> Iterator[FacetValue]:
    """The value, and below it what lies in it."""
    yield value
    if way := ways[value.value]:
        for below in branches.get(way, []):
            yield from _with_branch(below, ways, branches)
