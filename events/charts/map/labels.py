"""Names on a picture, none of which lies on another or on a mark.

The server cannot ask a browser how wide a text is: it has a table of the widths of Inter.
"""

from dataclasses import dataclass, field

import numpy as np

# Hundredths of the size of the type (weight 500), and the characters that are as wide.
_WIDTHS = {
    26: " ijlI!,.:;|'`", 36: "()/[]tfr", 43: "1{}-_*\"", 55: "?skxz7Lav", 59: "JcyFe5Ehnou",
    63: "2bdgpq3689", 66: "#PZ0$&RST4B", 70: "+<=>~KXYAV", 75: "DCHUGNOQ", 90: "wmM@%W",
}  # fmt: skip
_WIDTH_OF = {character: width for width, many in _WIDTHS.items() for character in many}
_OTHER, _FULL = 66, 105  # of letters of other scripts, and of ideographs
_FIRST_FULL = "\u2e80"
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
    _taken: "np.ndarray[tuple[int, ...], np.dtype[np.float64]] | None" = None

    def take(self, box: Box) -> None:
        self._boxes.append(box)
        self._taken = None

    def is_free(self, box: Box) -> bool:
        """Whether the box lies on the picture, and on nothing else."""
        left, top, right, bottom = box
        if left < 0 or top < 0 or right > self.width or bottom > self.height:
            return False
        if not self._boxes:
            return True
        if self._taken is None:
            self._taken = np.array(self._boxes)
        taken = self._taken
        lies_on = (taken[:, 0] < right) & (taken[:, 2] > left)
        lies_on &= (taken[:, 1] < bottom) & (taken[:, 3] > top)
        return not lies_on.any()


def width_of(text: str, size: float = SIZE) -> float:
    """Of a text in pixels, rather too wide than too narrow."""
    width = sum(
        _WIDTH_OF.get(character, _FULL if character >= _FIRST_FULL else _OTHER)
        for character in text
    )
    return width * size / 100


def cut(text: str, longest: float = _LONGEST) -> str:
    """The text, or as many of its words as have room; of one long word a part."""
    if width_of(text) <= longest:
        return text
    words = text.split()
    while len(words) > 1:
        words.pop()
        if width_of(shorter := f"{' '.join(words).rstrip(',;')} …") <= longest:
            return shorter
    letters = words[0] if words else text
    while len(letters) > 1 and width_of(f"{letters}…") > longest:
        letters = letters[:-1]
    return f"{letters}…"


def label_beside(
    room: Room, name: str, x: float, y: float, across: float, down: float
) -> Label | None:
    """The name to the right of a mark, to its left, below or above it; None where it has no room.
    `across` and `down` are half the size of the mark."""
    text = cut(name)
    wide = width_of(text)
    beside, half = across + _BESIDE, _LINE / 2
    under = down + 2
    for at, anchor, left, top in (
        (x + beside, "start", x + beside, y - half),
        (x - beside, "end", x - beside - wide, y - half),
        (x, "middle", x - wide / 2, y + under),
        (x, "middle", x - wide / 2, y - under - _LINE),
    ):
        box = (left, top, left + wide, top + _LINE)
        if room.is_free(box):
            room.take(box)
            return Label(round(at, 1), round(top + 11.5, 1), text, anchor)
    return None


def label_at(room: Room, name: str, x: float, y: float, longest: float) -> Label | None:
    """A name that stands over a point, whole or not at all."""
    wide = width_of(name, SIZE + 1)
    box = (x - wide / 2, y - _LINE / 2, x + wide / 2, y + _LINE / 2)
    if wide > longest or not room.is_free(box):
        return None
    room.take(box)
    return Label(round(x, 1), round(y + 4, 1), name, "middle")
