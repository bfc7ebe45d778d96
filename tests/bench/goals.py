"""What is wanted of a run: server time of cold pages, work of writers, memory and start."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.options import MIDDLE, SMALL
from tests.bench.results import Measured, Run

# Milliseconds of a timeline with facets, up to so many events; and beyond them all.
_FACETED = ((SMALL, 40), (MIDDLE, 70))
_FACETED_BEYOND = 200
# Of the pages of records, milliseconds up to MIDDLE events.
_RECORDS = {"event": 60, "actor": 60, "place": 60, "source": 300, "relation": 300, "pairs": 300}
# From so many events of GED on, how much faster than Datasette.
_LARGE = 1_000_000
_FASTER = {"cold": 2.5, "warm": 10.0}


@dataclass(frozen=True)
class Goal:
    """What is wanted and what was found; `is_met` is None where it could not be measured."""

    wanted: str
    found: float | None
    is_met: bool | None


def goals(run: Run) -> list[Goal]:
    return [*_pages(run), *_walk(run), *_writers(run), *_worker(run)]


def in_words(run: Run, goal: Goal) -> str:
    word = {True: "met", False: "MISSED", None: "unknown"}[goal.is_met]
    found = "–" if goal.found is None else f"{goal.found:,.2f}"
    return f"{word:7}  {run.events:,} {run.shape}: {goal.wanted}: {found}"


def _pages(run: Run) -> Iterator[Goal]:
    for case in run.cases:
        if case.name.endswith("facets"):
            yield from _faceted(run, case)
        elif case.state == "cold" and run.events <= MIDDLE and case.name in _RECORDS:
            most = _RECORDS[case.name]
            yield _at_most(most, f"{case.name}, cold: {most} ms", case.ours_server_p50_ms)


def _faceted(run: Run, case: Measured) -> Iterator[Goal]:
    if case.state == "cold":
        most = next((most for size, most in _FACETED if run.events <= size), _FACETED_BEYOND)
        yield _at_most(most, f"{case.name}, cold: {most} ms", case.ours_server_p50_ms)
    if run.shape == "ged" and run.events >= _LARGE:
        least = _FASTER[case.state]
        wanted = f"{case.name}, {case.state}: {least:g} times as fast as Datasette"
        yield _at_least(least, wanted, ratio(case.datasette_p50_ms, case.ours_p50_ms))


def _walk(run: Run) -> Iterator[Goal]:
    if run.events <= MIDDLE:
        walk = run.walk
        yield _at_most(150, "pages met: p95 150 ms", walk.p95_ms if walk else None)
        yield _at_most(1000, "pages met: none over 1,000 ms", walk.slowest_ms if walk else None)
        yield _at_most(0, "pages met: no 5xx", walk.server_errors if walk else None)


def _writers(run: Run) -> Iterator[Goal]:
    writers = run.writers
    yield _at_most(20, "saving an event: 20 ms of PostgreSQL's CPU", writers.save_cpu_ms)
    if run.events <= MIDDLE:
        if run.shape == "ged":
            yield _at_most(120, "loading by COPY: 120 s", writers.copy_seconds)
        yield _at_most(1, "renaming the busiest actor: 1 s", writers.rename_seconds)


def _worker(run: Run) -> Iterator[Goal]:
    worker = run.worker
    yield _at_most(150, "a worker over one of an empty database: 150 MB", worker.over_empty_mb)
    yield _at_most(300, "a worker at its peak: 300 MB", worker.peak_mb)
    yield _at_most(15, "from start to the first page: 15 s", worker.start_seconds)


def ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def _at_least(least: float, wanted: str, found: float | None) -> Goal:
    return Goal(wanted, found, None if found is None else found >= least)


def _at_most(most: float, wanted: str, found: float | None) -> Goal:
    return Goal(wanted, found, None if found is None else found <= most)
