"""Rows of a lane: marks with their titles, or marks alone, none on another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

from events.charts.widths import cut, text_width

SIZE = 12  # pixels, of a title
# Pixels: from a mark to its title, within a mark before it, from a word to the next, and between
# what stands beside each other in a row.
_BESIDE, _WITHIN, _WORD, _APART = 7, 9, 7, 10
_BADGE = 12  # what the frame of a badge adds to its word
BADGE_SIZE = 11
# A title that is cut is at least so wide.
_SHORTEST = 70
_TOUCHING = 0.5  # pixels by which marks may overlap, as places are rounded
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the mark of an event begins and ends, in pixels; `inside` is where a title in it can
    begin and end, None where the mark is solid."""

    start: float
    end: float
    inside: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What is written beside a mark: the title, the role, and the status in a badge."""

    title: str
    role: str = ""
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place: they begin `offset` pixels behind `anchor`, which is an end of the mark.
    `role_x` and `badge_x` are counted from where they begin, as is `width`."""

    words: Words
    anchor: float
    offset: float
    role_x: float
    badge_x: float
    width: float

    @property
    def is_inside(self) -> bool:
        """Within the mark, not beside it."""
        return self.offset == _WITHIN

    @property
    def badge_width(self) -> float:
        return self.width - self.badge_x

    @property
    def start(self) -> float:
        return self.anchor + self.offset

    @property
    def end(self) -> float:
        return self.start + self.width


@dataclass(frozen=True, slots=True)
class Placed(Generic[Item]):
    item: Item
    row: int
    label: Label | None


def place_titles(
    items: Sequence[tuple[Item, Extent, Words]], width: float, most: int
) -> list[Placed[Item]] | None:
    """Each in the first row that has room for the mark and its title; None if that takes more than
    `most` rows."""
    rows: list[list[tuple[float, float]]] = []
    placed = []
    for item, extent, words in items:
        options = list(_labels(extent, words, width))
        row, label = _first_room(rows, extent, options)
        if row == len(rows):
            if row == most:
                return None
            rows.append([])
        rows[row].append(_reach(extent, label))
        placed.append(Placed(item, row, label))
    return placed


def place_marks(items: Sequence[tuple[Item, Extent]], most: int) -> list[Placed[Item]] | None:
    """Without titles, a day beside the next; None if that takes more than `most` rows."""
    ends: list[float] = []
    placed = []
    for item, extent in items:
        row = next((i for i, end in enumerate(ends) if end <= extent.start + _TOUCHING), len(ends))
        if row == len(ends):
            if row == most:
                return None
            ends.append(0)
        ends[row] = extent.end
        placed.append(Placed(item, row, None))
    return placed


def _first_room(
    rows: list[list[tuple[float, float]]], extent: Extent, options: list[Label]
) -> tuple[int, Label | None]:
    """In an earlier row a title beside the mark is better than in a new row within it."""
    for i, row in enumerate(rows):
        for label in options:
            low, high = _reach(extent, label)
            if all(high + _APART <= start or end + _APART <= low for start, end in row):
                return i, label
    return len(rows), options[0] if options else None


def _reach(extent: Extent, label: Label | None) -> tuple[float, float]:
    if label is None:
        return extent.start, extent.end
    return min(extent.start, label.start), max(extent.end, label.end)


def _labels(extent: Extent, words: Words, width: float) -> Iterator[Label]:
    """Within the mark, to its right, to its left; then without the role; then cut at a word."""
    found = False
    for shorter in dict.fromkeys([words, Words(words.title, "", words.badge)]):
        for label in _whole(extent, shorter, width):
            found = True
            yield label
    if not found and (shortened := _shortened(extent, words, width)):
        yield shortened


def _whole(extent: Extent, words: Words, width: float) -> Iterator[Label]:
    label = _measured(words)
    if extent.inside and extent.inside[1] - extent.inside[0] >= label.width + 2 * _WITHIN:
        yield replace(label, anchor=extent.inside[0], offset=_WITHIN)
    if extent.end + _BESIDE + label.width <= width:
        yield replace(label, anchor=extent.end, offset=_BESIDE)
    if extent.start - _BESIDE - label.width >= 0:
        yield replace(label, anchor=extent.start, offset=-_BESIDE - label.width)


@lru_cache(maxsize=4096)
def _measured(words: Words) -> Label:
    title = text_width(words.title, SIZE)
    role_x = title + _WORD
    role = role_x + text_width(words.role, SIZE) if words.role else title
    badge_x = role + _WORD
    badge = text_width(words.badge, BADGE_SIZE, is_bold=True) + _BADGE
    return Label(words, 0, 0, role_x, badge_x, badge_x + badge if words.badge else role)


def _shortened(extent: Extent, words: Words, width: float) -> Label | None:
    right, left = width - extent.end - _BESIDE, extent.start - _BESIDE
    within = extent.inside[1] - extent.inside[0] - 2 * _WITHIN if extent.inside else 0
    room = max(right, left, within)
    title = cut(words.title, SIZE, room) if room >= _SHORTEST else ""
    return next(_whole(extent, Words(title), width), None) if title else None
