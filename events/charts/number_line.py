"""Rival numbers on one line from 0, each as wide as it is vague."""

from collections.abc import Iterable
from dataclasses import dataclass

# What is narrower, in hundredths of the line, is drawn as a dot.
_DOT = 3
# How far "about" reaches, drawn: no number says how far it does.
_ABOUT = 7


@dataclass(frozen=True, slots=True)
class NumberBar:
    """Hundredths of the line; `is_about` where it was said to be about so many."""

    start: float
    width: float
    is_about: bool

    @property
    def middle(self) -> float:
        return round(self.start + self.width / 2, 2)

    @property
    def is_dot(self) -> bool:
        return self.width < _DOT and not self.is_about


def bars_of_numbers(numbers: Iterable[tuple[float, float, bool]]) -> list[NumberBar]:
    """Of each its low and its high end, and whether it is said to be about so many."""
    given = list(numbers)
    first = min(0.0, *(low for low, _high, _is_about in given))
    length = (max(0.0, *(high for _low, high, _is_about in given)) - first) * 1.1 or 1.0

    def bar(low: float, high: float, is_about: bool) -> NumberBar:
        start, end = (100 * (value - first) / length for value in (low, high))
        more = _ABOUT if is_about else 0
        return NumberBar(round(start - more, 2), round(end - start + 2 * more, 2), is_about)

    return [bar(*number) for number in given]
