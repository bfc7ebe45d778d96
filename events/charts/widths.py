"""How wide a text is: the server places labels, and does not see them.

The widths are those of Inter at weight 600, in hundredths of its size, rounded up in groups; other
weights are narrower. Letters of scripts that the table lacks are taken as wide as the widest of
theirs that are common, so that a label is rather too short than too long.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_GROUPS = {
    25: " ",
    29: "Iijl",
    33: "!',.:;",
    38: "()/[\\]`t|",
    42: "1fr",
    46: "{}",
    50: "-^_",
    54: '"*?',
    58: "7JLacksxz",
    62: "25EFbdehnopquvy",
    66: "#$&03689BPRSTZg",
    70: "+4<=>K~",
    74: "ACDUVXY",
    78: "GHNOQ",
    86: "w",
    90: "m",
    94: "M",
    102: "%@W",
}
_WIDTHS = {char: width for width, chars in _GROUPS.items() for char in chars}
_WIDE, _CAPITAL, _OTHER = 100, 80, 66
# Of a weight of 500, which labels have, against that of the table.
_PLAIN = 0.97


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """In pixels, for a typeface of `size` pixels."""
    return size / 100 * sum(map(_width, text)) * (1 if is_bold else _PLAIN)


def cut(text: str, size: float, room: float, *, is_bold: bool = False) -> str:
    """The text, or as many of its words as there is room for with an ellipsis; "" for no room."""
    if text_width(text, size, is_bold=is_bold) <= room:
        return text
    words = text.split()
    while words:
        words.pop()
        shorter = " ".join(words).rstrip(",;:") + " …"
        if words and text_width(shorter, size, is_bold=is_bold) <= room:
            return shorter
    return ""


def cut_or_part(text: str, size: float, room: float) -> str:
    """The same, but of one word without room as many letters as have some."""
    if whole := cut(text, size, room):
        return whole
    letters = text.split()[0] if text.split() else text
    while len(letters) > 1 and text_width(f"{letters}…", size) > room:
        letters = letters[:-1]
    return f"{letters}…"


def in_pieces(text: str, size: float, room: float) -> Iterator[str]:
    """Lines that have room; addresses have no blanks to break at."""
    while text:
        end = len(text)
        while end > 1 and text_width(text[:end], size) > room:
            end -= 1
        yield text[:end]
        text = text[end:]


@lru_cache(maxsize=4096)
def _width(char: str) -> int:
    if char in _WIDTHS:
        return _WIDTHS[char]
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    base = unicodedata.normalize("NFD", char)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    if unicodedata.east_asian_width(char) in "WF":
        return _WIDE
    return _CAPITAL if char.isupper() or char in "…—―" else _OTHER
