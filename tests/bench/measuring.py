"""Times, and what is said of them."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

REQUESTS = 30
# Seconds that quick cases go on for beyond that: thirty answers of a millisecond are over in less
# than a machine's moments of being slow last.
MOMENT = 0.5
# Seconds after which a case is stopped before it has all its requests; the report says so.
LIMIT = 3
Asked = TypeVar("Asked")


@dataclass(frozen=True)
class Timing:
    """Milliseconds of some requests, one after the other."""

    p50: float
    p95: float
    number: int


def percentile(values: Sequence[float], part: int) -> float:
    """The least value that `part` in a hundred do not pass (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(1, math.ceil(len(ordered) * part / 100)) - 1]


def time_in_turn(
    questions: Sequence[tuple[Callable[[], Asked], Callable[[Asked], None]]],
    *,
    limit: float = LIMIT,
) -> list[Timing]:
    """Ask each once untimed, and then thirty times at least and for a `moment`, or until `limit`
    seconds for each have passed. Every answer is checked, outside the time.

    Each is asked once in every round, so that what the machine does meanwhile befalls all of them
    alike.
    """
    for ask, check in questions:
        check(ask())
    taken = [(ask, check, list[float]()) for ask, check in questions]
    rounds = 0
    began = time.monotonic()
    while not rounds or time.monotonic() - began < len(taken) * (
        limit if rounds < REQUESTS else MOMENT
    ):
        for ask, check, times in taken:
            start = time.perf_counter()
            answer = ask()
            times.append((time.perf_counter() - start) * 1000)
            check(answer)
        # Who comes first in one round comes last in the next.
        taken.reverse()
        rounds += 1
    in_order = taken if rounds % 2 == 0 else taken[::-1]
    return [
        Timing(percentile(times, 50), percentile(times, 95), rounds)
        for _ask, _check, times in in_order
    ]
