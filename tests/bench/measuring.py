"""Times, and what is said of them."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

REQUESTS = 30
# Seconds that quick cases go on for beyond that: thirty answers of some milliseconds are over in
# less than a machine's moments of being slow last.
MOMENT = 3.0
# Seconds after which a case is stopped before it has all its requests; the report says so.
LIMIT = 150
Asked = TypeVar("Asked")


@dataclass(frozen=True)
class Timing:
    """Milliseconds of some requests, one after the other."""

    p50: float
    p95: float
    number: int

    @property
    def is_whole(self) -> bool:
        return self.number >= REQUESTS


def percentile(values: Sequence[float], part: int) -> float:
    """The least value that `part` in a hundred do not pass (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(1, math.ceil(len(ordered) * part / 100)) - 1]


def time_each(
    ask: Callable[[], Asked], check: Callable[[Asked], None], *, limit: float = LIMIT
) -> Timing:
    """Ask once untimed, and then thirty times at least and for a `moment`, or until `limit` seconds
    have passed.

    Every answer is checked, outside the time.
    """
    check(ask())
    taken: list[float] = []
    began = time.monotonic()
    while not taken or time.monotonic() - began < (limit if len(taken) < REQUESTS else MOMENT):
        start = time.perf_counter()
        answer = ask()
        taken.append((time.perf_counter() - start) * 1000)
        check(answer)
    return Timing(percentile(taken, 50), percentile(taken, 95), len(taken))
