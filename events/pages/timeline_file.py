"""The drawn timeline as a file of its own: what stands around the lanes, and where."""

from dataclasses import dataclass
from functools import cached_property

from events.charts.lanes.legend import Key
from events.charts.lanes.picture import NAMES, DrawnLane
from events.charts.widths import cut, in_pieces, text_width
from events.pages.drawing import Drawing

# Pixels: around the picture, above the lanes, and of a line below them.
_MARGIN, _TOP, _LINE = 20, 100, 20
_SIZE, _NAME_SIZE, _TITLE_SIZE = 12, 13, 18
_SHAPE = 42  # from the beginning of a key to its words
_APART = 24


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    y: int


@dataclass(frozen=True, slots=True)
class FileLane:
    """`name` is in lines; `number_y` is 0 where there is no number."""

    drawn: DrawnLane
    y: int
    name: list[Text]
    number_y: int


@dataclass(frozen=True, slots=True)
class PlacedKey:
    key: Key
    x: int
    y: int


@dataclass(frozen=True)
class TimelineFile:
    """As wide as the widest page; the labels are placed for less."""

    drawing: Drawing
    # Below the picture: the address, the day, and what is not drawn.
    notes: list[str]

    column = 1000
    margin = _MARGIN
    top = _TOP
    left = _MARGIN + NAMES
    width = 2 * _MARGIN + NAMES + column

    @property
    def right(self) -> int:
        return self.width - _MARGIN

    def title(self, text: str) -> str:
        return cut(text, _TITLE_SIZE, self.right - _MARGIN, is_bold=True)

    @property
    def lanes(self) -> list[FileLane]:
        return [self._lane(drawn) for drawn in self.drawing.wide.lanes]

    def _lane(self, drawn: DrawnLane) -> FileLane:
        lines = [Text(line, 17 + 16 * n) for n, line in enumerate(_folded(drawn.lane.name))]
        number_y = lines[-1].y + 16 if drawn.lane.number != 1 else 0
        return FileLane(drawn, _TOP + drawn.y, lines, number_y)

    @cached_property
    def legend(self) -> list[PlacedKey]:
        """In as many lines as they take."""
        placed, x, y = [], _MARGIN, _TOP + self.drawing.wide.height + 2 * _LINE
        for key in self.drawing.legend:
            width = _SHAPE + round(text_width(key.words, _SIZE))
            if x + width > self.right:
                x, y = _MARGIN, y + _LINE
            placed.append(PlacedKey(key, x, y))
            x += width + _APART
        return placed

    @cached_property
    def lines(self) -> list[Text]:
        y = self.legend[-1].y if self.legend else _TOP + self.drawing.wide.height + _LINE
        texts = [
            line for note in self.notes for line in in_pieces(note, _SIZE, self.right - _MARGIN)
        ]
        return [Text(line, y + _LINE * n) for n, line in enumerate(texts, start=1)]

    @property
    def height(self) -> int:
        return self.lines[-1].y + _MARGIN


def _folded(name: str) -> list[str]:
    """A name in two lines at most."""
    room = NAMES - 8
    first = cut(name, _NAME_SIZE, room, is_bold=True)
    if first == name:
        return [name]
    start = first.removesuffix(" …") if first else name[:20]
    rest = cut(name[len(start) :].strip(), _NAME_SIZE, room, is_bold=True)
    return [start, rest] if rest else [start]
