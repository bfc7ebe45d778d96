"""What a run takes from the environment; nonsense stops it with a message that names it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measuring import LIMIT

SMALL, MIDDLE = 20_000, 176_579
SHAPES = ("ged", "varied")
_MOST = 4_000_000


class BadOptionError(Exception):
    """The message names the variable and what it takes."""


@dataclass(frozen=True)
class Options:
    """`data` is a GED file, None where no run is of that shape; `sizes` are numbers of events.

    `limit` is how many seconds the requests of one case may take.
    """

    data: Path | None
    shapes: tuple[str, ...]
    sizes: tuple[int, ...]
    is_fresh: bool
    limit: int

    @property
    def runs(self) -> list[tuple[str, int]]:
        return [(shape, size) for size in self.sizes for shape in self.shapes]


def read(environment: Mapping[str, str] = os.environ) -> Options:
    """GED_CSV, BENCH_SHAPE, BENCH_EVENTS, BENCH_COPIES, BENCH_FRESH and BENCH_LIMIT."""
    given = {name: value.strip() for name, value in environment.items() if value.strip()}
    data = _data(given.get("GED_CSV", ""))
    return Options(
        data=data,
        shapes=_shapes(given.get("BENCH_SHAPE", ""), has_data=data is not None),
        sizes=_sizes(given),
        is_fresh=given.get("BENCH_FRESH", "0") != "0",
        limit=_number("BENCH_LIMIT", given.get("BENCH_LIMIT", str(LIMIT)), 1, 3600),
    )


def _data(name: str) -> Path | None:
    if not name:
        return None
    path = Path(name).expanduser().resolve()
    if not path.is_file():
        raise BadOptionError(f"GED_CSV is {name!r}; there is no such file.")
    return path


def _shapes(name: str, *, has_data: bool) -> tuple[str, ...]:
    if not name:
        return SHAPES if has_data else ("varied",)
    if name not in SHAPES:
        raise BadOptionError(f"BENCH_SHAPE is {name[:40]!r}; it takes {' or '.join(SHAPES)}.")
    if name == "ged" and not has_data:
        raise BadOptionError("BENCH_SHAPE is 'ged'; it needs GED_CSV.")
    return (name,)


def _sizes(given: Mapping[str, str]) -> tuple[int, ...]:
    if named := given.get("BENCH_EVENTS"):
        return tuple(_number("BENCH_EVENTS", text, 1000, _MOST) for text in named.split())
    copies = _number("BENCH_COPIES", given.get("BENCH_COPIES", "1"), 1, _MOST // MIDDLE)
    return (SMALL, MIDDLE) if copies == 1 else (SMALL, MIDDLE, MIDDLE * copies)


def _number(name: str, text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text[:9]) <= most):
        raise BadOptionError(
            f"{name} is {text[:40]!r}; it takes a number from {least:,} to {most:,}."
        )
    return int(text)
