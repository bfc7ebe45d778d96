"""Counts beside each choice of a filter: of the rows under every filter but its own."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, QuerySet, When

from config.lists.count_words import in_groups
from config.lists.filtering import StrictFilterSet

SHOWN = 12
# Of each branch below the root, however many values of a tree are chosen.
FEWEST_BELOW = 3
# Value, label and number.
Counted = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    is_chosen: bool
    # How deep in a tree it lies; where it stands alone, in what.
    depth: int = 0
    around: str = ""

    @property
    def number(self) -> str:
        """The count as it is written, in groups of digits."""
        return in_groups(self.count)


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
class FieldFacet:
    """A filter whose values stand in a field of the rows, or of records that lead to the rows.

    `value` and `label` are paths of fields; a fixed list of words has its labels in `labels`.
    `records` takes rows to such records, of which `row` is the field that leads back.
    """

    name: str
    value: str
    label: str = ""
    labels: Mapping[str, Any] = field(default_factory=dict)
    records: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None
    row: str = "pk"

    def count(self, rows: QuerySet[Any], chosen: Sequence[str] = ()) -> list[Counted]:
        """The most frequent values, behind those chosen: value, label, and number of rows."""
        counted = self.records(rows) if self.records else rows
        number = Count(self.row, distinct=True) if self.records else Count("*")
        order = [Case(When(value__in=chosen, then=0), default=1)] if chosen else []
        return list(
            counted.filter(**{f"{self.value}__isnull": False})
            .values(value=F(self.value), label=F(self.label or self.value))
            .annotate(number=number)
            .order_by(*order, "-number", "label", "value")
            .values_list("value", "label", "number")[: SHOWN + 1 + len(chosen)]
        )


def count_facets(filters: StrictFilterSet, facets: Iterable[FieldFacet]) -> list[Facet]:
    """Each facet's values, by one query each; none for a bad query."""
    return [_count(filters, facet) for facet in facets]


def _count(filters: StrictFilterSet, facet: FieldFacet) -> Facet:
    rows, chosen = filters.narrow(excluding=facet.name), filters.data.getlist(facet.name)
    counted = [(*value, None) for value in facet.count(rows, chosen)]
    return facet_of(filters, facet.name, counted, facet.labels)


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
