"""A lane as it is given to be drawn: its name, and the events or the numbers in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.edtf.dates import UncertainDate

if TYPE_CHECKING:
    from events.charts.lanes.density import Bins, Count


@dataclass(frozen=True, slots=True)
class LaneEvent:
    """An event in one lane, with the role that it has there, if any. `url` is that of its page, and
    `href` what its mark leads to."""

    key: int
    slug: str
    url: str
    title: str
    when: UncertainDate
    standing: str
    standing_in_words: str
    role: str = ""
    href: str = ""

    @property
    def words(self) -> str:
        """All that is known of it here, for those who see no picture."""
        parts = [self.title, self.when.words, self.role, self.badge]
        return ", ".join(part for part in parts if part)

    @property
    def badge(self) -> str:
        """What is only reported has no badge."""
        return "" if self.standing == "reported" else self.standing_in_words


@dataclass(frozen=True, slots=True)
class Lane:
    """`number` counts the events that may lie in the window, those without a day included, of which
    there are `undated`. `events` are these in the order of time; None where they are too many to be
    read. `count` says how many lie in each bin."""

    key: int
    name: str
    url: str
    number: int
    undated: int
    events: Sequence[LaneEvent] | None
    count: "Callable[[Bins], list[Count]]"
