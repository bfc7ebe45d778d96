"""Places that lie close together are one mark, which sits on the one with the most events."""

from dataclasses import dataclass

import numpy as np

from events.charts.map.topology import Floats, Ints
from events.index.columns import Mask

SMALLEST, LARGEST, DOT = 12.0, 38.0, 6.0  # pixels of a radius
_CELL = 26.0
_ROWS = 10_000  # more cells than lie below each other
_TIMES, _WIDER = 4, 1.4
_GAP = 1.5  # pixels between two marks
# So many events make the largest mark, at least: a few are no heap.
_MANY = 50
_DIGIT, _BESIDE = 6.8, 3.0  # pixels: of a digit in a mark, and beside its number


@dataclass(frozen=True)
class Cluster:
    """`members` are places in the arrays that were given, the one with the most events first."""

    x: float
    y: float
    radius: float
    number: int
    members: Ints

    @property
    def is_dot(self) -> bool:
        return self.radius < SMALLEST


def cluster(x: Floats, y: Floats, numbers: Ints, most: int) -> list[Cluster]:
    """By number, the largest first, and no more of them than `most`: the cells of 26 pixels that
    are begun with grow until there are few enough."""
    cell = _CELL
    # Of so many cells too many groups would be left.
    while len(np.unique(_cells(x, y, cell))) > _TIMES * most:
        cell *= _WIDER
    while len(groups := _grouped(x, y, numbers, cell)) > most:
        cell *= _WIDER
    totals = np.array([numbers[group].sum() for group in groups], dtype=np.int64)
    radii = _radii(totals)
    found = [
        Cluster(float(x[g[0]]), float(y[g[0]]), float(radius), int(total), g)
        for g, radius, total in zip(groups, radii, totals, strict=True)
    ]
    return sorted(found, key=lambda each: (-each.number, each.x, each.y))


def _radii(totals: Ints) -> Floats:
    """Dots, where every mark is a single event."""
    if totals.max(initial=0) <= 1:
        return np.full(len(totals), DOT)
    return radii_of(totals)


def radii_of(totals: Ints) -> Floats:
    """As much area as there are events, as far as the number has room."""
    most = max(_MANY, int(totals.max(initial=0)))
    width = np.array([len(f"{total:,}") for total in totals.tolist()]) * _DIGIT / 2 + _BESIDE
    least = np.maximum(SMALLEST, width)
    return np.minimum(np.maximum(least, LARGEST * np.sqrt(totals / most)), LARGEST)


def _grouped(x: Floats, y: Floats, numbers: Ints, cell: float) -> list[Ints]:
    """The places of each cell together; then a larger group takes the smaller ones that it
    overlaps, until none overlaps another."""
    in_order = np.lexsort([y, x, -numbers])
    cells = _cells(x[in_order], y[in_order], cell)
    # Within a group in order: the first one is the largest.
    by_cell = np.argsort(cells, kind="stable")
    groups = np.split(in_order[by_cell], np.flatnonzero(np.diff(cells[by_cell])) + 1)
    groups = [group for group in groups if len(group)]
    while (fewer := _merged(x, y, numbers, groups)) is not None:
        groups = fewer
    return groups


def _cells(x: Floats, y: Floats, cell: float) -> Ints:
    """The number of the cell of each place."""
    return (x // cell * _ROWS + y // cell).astype(np.int64)


def _merged(x: Floats, y: Floats, numbers: Ints, groups: list[Ints]) -> list[Ints] | None:
    """The groups after each took what it overlaps; None where none overlaps."""
    totals = np.array([numbers[group].sum() for group in groups], dtype=np.int64)
    radii = _radii(totals)
    heads = np.array([group[0] for group in groups], dtype=np.int64)
    at_x, at_y = x[heads], y[heads]
    away = np.hypot(at_x[:, None] - at_x, at_y[:, None] - at_y)
    overlaps = away < radii[:, None] + radii + _GAP
    np.fill_diagonal(overlaps, val=False)
    has_any: Mask = np.any(overlaps, axis=1)
    if not has_any.any():
        return None
    is_left = np.ones(len(groups), dtype=np.bool_)
    merged = []
    for place in np.lexsort([at_y, at_x, -totals]).tolist():
        if not is_left[place]:
            continue
        is_left[place] = False
        if not has_any[place]:
            merged.append(groups[place])
            continue
        taken = np.flatnonzero(is_left & overlaps[place])
        is_left[taken] = False
        merged.append(_together(numbers, [groups[place], *(groups[other] for other in taken)]))
    return merged


def _together(numbers: Ints, groups: list[Ints]) -> Ints:
    """One group, its largest place first: the bigger group's place stays where it is, unless a
    place of the others has more events."""
    if len(groups) == 1:
        return groups[0]
    members = np.concatenate(groups)
    return members[np.argsort(-numbers[members], kind="stable")]
