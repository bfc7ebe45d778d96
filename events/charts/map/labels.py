"""Names on a picture, none of which lies on another or on a mark."""

from dataclasses import dataclass, field

import numpy as np

from events.charts.map.topology import Floats
from events.charts.widths import cut_or_part, text_width

SIZE = 12  # pixels
_LINE, _BESIDE = 15, 5  # pixels: the height of a label, and from a mark to its label
_LONGEST = 150  # pixels of a label

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """`anchor` says which end of the text stands at the point, as SVG names it."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass
class Room:
    """What of a picture is taken, as boxes: left, top, right, bottom."""

    width: float
    height: float
    _boxes: list[Box] = field(default_factory=list)
    _taken: Floats | None = None

    def take(self, box: Box) -> None:
        self._boxes.append(box)
        self._taken = None

    def is_free(self, box: Box) -> bool:
        """Whether the box lies on the picture, and on nothing else."""
        return self.first_free(np.array([box])) is not None

    def first_free(self, boxes: Floats) -> int | None:
        """Which of the boxes is the first such."""
        left, top, right, bottom = boxes.T
        is_free = (left >= 0) & (top >= 0) & (right <= self.width) & (bottom <= self.height)
        if self._boxes:
            if self._taken is None:
                self._taken = np.array(self._boxes).T
            taken = self._taken
            lies_on = (taken[0] < right[:, None]) & (taken[2] > left[:, None])
            lies_on &= (taken[1] < bottom[:, None]) & (taken[3] > top[:, None])
            is_free &= ~lies_on.any(axis=1)
        return int(is_free.argmax()) if is_free.any() else None


def label_beside(
    room: Room, name: str, x: float, y: float, across: float, down: float
) -> Label | None:
    """The name to the right of a mark, to its left, below, above or aslant; None where it has no
    room. `across` and `down` are half the size of the mark."""
    text = cut_or_part(name, SIZE, _LONGEST)
    wide = text_width(text, SIZE)
    beside, half = across + _BESIDE, _LINE / 2
    under = down + 2
    aside, aslant = 0.75 * across + _BESIDE, 0.55 * down
    places = (
        (x + beside, "start", x + beside, y - half),
        (x - beside, "end", x - beside - wide, y - half),
        (x, "middle", x - wide / 2, y + under),
        (x, "middle", x - wide / 2, y - under - _LINE),
        (x + aside, "start", x + aside, y + aslant),
        (x + aside, "start", x + aside, y - aslant - _LINE),
        (x - aside, "end", x - aside - wide, y + aslant),
        (x - aside, "end", x - aside - wide, y - aslant - _LINE),
    )
    boxes = [(left, top, left + wide, top + _LINE) for _at, _anchor, left, top in places]
    if (free := room.first_free(np.array(boxes))) is None:
        return None
    room.take(boxes[free])
    at, anchor, _left, top = places[free]
    return Label(round(at, 1), round(top + 11.5, 1), text, anchor)


def label_at(room: Room, name: str, x: float, y: float, longest: float) -> Label | None:
    """A name that stands over a point, whole or not at all."""
    wide = text_width(name, SIZE + 1)
    box = (x - wide / 2, y - _LINE / 2, x + wide / 2, y + _LINE / 2)
    if wide > longest or not room.is_free(box):
        return None
    room.take(box)
    return Label(round(x, 1), round(y + 4, 1), name, "middle")
