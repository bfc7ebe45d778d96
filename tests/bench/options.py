"""What a run takes from the environment; nonsense stops it with a message that names it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measuring import LIMIT

MOST_COPIES = 20


class BadOptionError(Exception):
    """The message names the variable and what it takes."""


@dataclass(frozen=True)
class Options:
    """`data` is a GED file, None for synthetic events; `sizes` are numbers of copies of it.

    `limit` is how many seconds the thirty requests of one case may take.
    """

    data: Path | None
    sizes: tuple[int, ...]
    is_fresh: bool
    limit: int


def read(environment: Mapping[str, str] = os.environ) -> Options:
    """GED_CSV, BENCH_COPIES, BENCH_FRESH and BENCH_LIMIT."""
    given = {name: value.strip() for name, value in environment.items() if value.strip()}
    copies = _number("BENCH_COPIES", given.get("BENCH_COPIES", "6"), MOST_COPIES)
    return Options(
        data=_data(given.get("GED_CSV", "")),
        sizes=(1,) if copies == 1 else (1, copies),
        is_fresh=given.get("BENCH_FRESH", "0") != "0",
        limit=_number("BENCH_LIMIT", given.get("BENCH_LIMIT", str(LIMIT)), 3600),
    )


def _data(name: str) -> Path | None:
    if not name:
        return None
    path = Path(name).expanduser().resolve()
    if not path.is_file():
        raise BadOptionError(f"GED_CSV is {name!r}; there is no such file.")
    return path


def _number(name: str, text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
        raise BadOptionError(f"{name} is {text[:40]!r}; it takes a number from 1 to {most}.")
    return int(text)
