"""Sets the measurements side by side: a table for the terminal, Markdown, and `var/bench.json`."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.memory import Export
from tests.bench.place import ROOT
from tests.bench.walk import LIMIT, Walk

DASH = "–"
# Up to so many events, no page may take longer than LIMIT.
_EVENTS_OF_LIMIT = 200_000
# Between these a README has the last tables.
_BEGIN, _END = "<!-- make bench -->", "<!-- end of make bench -->"


@dataclass
class Measured:
    """One case in one state; what failed is None, and `note` says why. Times in milliseconds.

    Datasette keeps no answers and neither does bare SQL: their numbers are the same for both
    states. The numbers of requests are less than asked for where time ran out. Server: what the
    site says that it took, without the way to it and back. In turn: the same page again, in turn
    with the one that it is compared with (see `tests.bench.in_turn`).
    """

    name: str
    state: str
    path: str = ""
    ours_p50_ms: float | None = None
    ours_p95_ms: float | None = None
    ours_rps: float | None = None
    ours_requests: int | None = None
    ours_server_p50_ms: float | None = None
    ours_in_turn_p50_ms: float | None = None
    datasette_p50_ms: float | None = None
    datasette_p95_ms: float | None = None
    datasette_rps: float | None = None
    datasette_requests: int | None = None
    sql_p50_ms: float | None = None
    sql_p95_ms: float | None = None
    sql_requests: int | None = None
    note: str = ""

    @property
    def has_facets(self) -> bool:
        return self.name.endswith("facets") and not self.name.endswith("no facets")

    @property
    def is_export(self) -> bool:
        return self.name.startswith("CSV")


@dataclass
class Run:
    """All measurements of one number of events."""

    events: int
    copies: int
    data: str
    loaded: str
    cases: list[Measured] = field(default_factory=list)
    export: Export | None = None
    walk: Walk | None = None
    notes: list[str] = field(default_factory=list)

    def case(self, name: str, state: str) -> Measured | None:
        return next((c for c in self.cases if (c.name, c.state) == (name, state)), None)


@dataclass(frozen=True)
class Goal:
    """What is wanted and what was found; `is_met` is None where it could not be measured."""

    wanted: str
    found: str
    is_met: bool | None


def ratio(ours: float | None, other: float | None) -> float | None:
    return ours / other if ours is not None and other else None


def as_json(runs: Sequence[Run], machine: dict[str, str]) -> dict[str, Any]:
    """The largest run, as others read it; `smaller` has the same of those below it."""
    *smaller, largest = [run_as_dict(run) for run in sorted(runs, key=lambda run: run.events)]
    goals = [asdict(goal) for goal in all_goals(runs)]
    return {**largest, "machine": machine, "goals": goals, "smaller": smaller}


def run_as_dict(run: Run) -> dict[str, Any]:
    kept = asdict(run)
    if run.export:
        kept["export"]["growth_mb"] = run.export.growth_mb
    return kept


def read_runs(kept: dict[str, Any]) -> list[Run]:
    """The runs in what `as_json` gave, the smallest first."""
    return [read_run(each) for each in [*kept["smaller"], kept]]


def read_run(kept: dict[str, Any]) -> Run:
    names = ("events", "copies", "data", "loaded", "notes")
    made = Run(**{name: kept[name] for name in names})
    made.cases = [Measured(**case) for case in kept["cases"]]
    if exported := kept["export"]:
        made.export = Export(**{k: v for k, v in exported.items() if k != "growth_mb"})
    if walked := kept["walk"]:
        made.walk = Walk(**walked)
    return made


_COLUMNS = (
    "case",
    "state",
    "ours p50",
    "p95",
    "server p50",
    "req/s",
    "Datasette p50",
    "req/s",
    "SQL p50",
    "ours ÷ Datasette",
    "ours ÷ SQL",
)


def _cells(case: Measured) -> list[str]:
    return [
        case.name,
        case.state,
        _of(case.ours_p50_ms, case.ours_requests),
        _number(case.ours_p95_ms),
        _number(case.ours_server_p50_ms),
        _number(case.ours_rps),
        _of(case.datasette_p50_ms, case.datasette_requests),
        _number(case.datasette_rps),
        _of(case.sql_p50_ms, case.sql_requests),
        _number(ratio(case.ours_p50_ms, case.datasette_p50_ms)),
        _number(ratio(case.ours_p50_ms, case.sql_p50_ms)),
    ]


def _of(milliseconds: float | None, requests: int | None) -> str:
    return _number(milliseconds) + ("*" if _is_cut(requests) else "")


def _is_cut(requests: int | None) -> bool:
    return requests is not None and requests < 30


def _number(value: float | None) -> str:
    if value is None:
        return DASH
    if value >= 99.5:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 9.95 else f"{value:.2f}"


def table(run: Run) -> str:
    """For a terminal; milliseconds, and requests per second of eight connections."""
    rows = [list(_COLUMNS), *(_cells(case) for case in run.cases)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    lines = [
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([_head(run), "", *lines, *_remarks(run)])


def markdown(run: Run) -> str:
    """The same as a table for a README."""
    head = "| " + " | ".join(_COLUMNS) + " |"
    rule = "|---|---|" + "--:|" * (len(_COLUMNS) - 2)
    rows = ["| " + " | ".join(_cells(case)) + " |" for case in run.cases]
    remarks = [f"- {line.strip()}" for line in _remarks(run) if line.strip()]
    return "\n".join([f"{_head(run)}:", "", head, rule, *rows, "", *remarks])


def _head(run: Run) -> str:
    return f"{run.events:,} events, {run.data}"


def _remarks(run: Run) -> list[str]:
    lines = [""]
    if run.walk:
        lines.append(_walked(run.walk))
    if run.export:
        lines.append(_exported(run.export))
    lines += run.notes
    lines += list(
        dict.fromkeys(f"{case.name}, {case.state}: {case.note}" for case in run.cases if case.note)
    )
    if any("*" in cell for case in run.cases for cell in _cells(case)):
        lines.append("* fewer than thirty requests: time ran out")
    return lines


def _walked(walk: Walk) -> str:
    words = (
        f"{walk.pages:,} pages of {walk.kinds} kinds, met by links and forms, nothing kept: half"
    )
    words += f" within {_number(walk.p50_ms)} ms of the server, nineteen of twenty within"
    words += f" {_number(walk.p95_ms)}, {walk.over} over {LIMIT:.0f};"
    return f"{words} the slowest, `{walk.slowest}`: {_number(walk.slowest_ms)}"


def _exported(export: Export) -> str:
    words = f"CSV of {export.rows:,} rows, {export.megabytes:.0f} MB: first byte after"
    words += f" {export.first_byte_ms:,.0f} ms, whole after {export.seconds:.1f} s"
    if export.growth_mb is None:
        return words
    return f"{words}, worker from {export.rss_before_mb:.0f} to {export.rss_peak_mb:.0f} MB"


def all_goals(runs: Sequence[Run]) -> list[Goal]:
    """Every goal for every run, and how pages grow from the smallest run to the largest."""
    ordered = sorted(runs, key=lambda run: run.events)
    goals = [goal for run in ordered for goal in _goals(run)]
    if len(ordered) > 1:
        goals += _growth(ordered[0], ordered[-1])
    return goals


def _goals(run: Run) -> Iterable[Goal]:
    at = f"{run.events:,} events: "
    for case in run.cases:
        compared = ratio(case.datasette_p50_ms, case.ours_p50_ms)
        which = f"{at}{case.name}, {case.state}: "
        if case.has_facets:
            least = 10 if case.state == "warm" else 3
            yield _at_least(least, f"{which}{least} times as fast as Datasette", compared)
        if case.name == "newest, no facets":
            yield _at_least(1, f"{which}as fast as Datasette", compared)
        if case.state == "cold" and not case.is_export:
            yield _against_sql(which, case)
        if case.name == "detail":
            yield _at_most(15, f"{which}15 ms of the server at most", case.ours_server_p50_ms)
    pair = [run.case(name, "cold") for name in ("deep page, facets", "facets")]
    compared = ratio(*(case.ours_in_turn_p50_ms if case else None for case in pair))
    yield _at_most(1.5, f"{at}deep page, cold: 1.5 times the first at most, in turn", compared)
    if run.events <= _EVENTS_OF_LIMIT:
        slowest = run.walk.slowest_ms if run.walk else None
        yield _at_most(LIMIT, f"{at}every page met: {LIMIT:.0f} ms of the server at most", slowest)
    growth = run.export.growth_mb if run.export else None
    yield _at_most(50, f"{at}CSV of up to 200,000 rows: 50 MB more at most", growth)


def _against_sql(which: str, case: Measured) -> Goal:
    wanted = f"{which}3 times its bare SQL and 15 ms at most"
    if case.ours_p50_ms is None or case.sql_p50_ms is None:
        return Goal(wanted, DASH, None)
    limit = 3 * case.sql_p50_ms + 15
    found = f"{_number(case.ours_p50_ms)} ms of {_number(limit)}"
    return Goal(wanted, found, case.ours_p50_ms <= limit)


def _growth(small: Run, large: Run) -> Iterable[Goal]:
    for before, after in zip(small.cases, large.cases, strict=True):
        is_cold = before.state == "cold"
        if before.is_export or (is_cold and not before.has_facets):
            continue
        which = f"{before.name}, {before.state}: grows "
        if is_cold:
            growth = ratio(after.ours_p50_ms, before.ours_p50_ms)
            yield _at_most(6, f"{which}6 times at most", growth)
        else:
            growth = ratio(after.ours_in_turn_p50_ms, before.ours_in_turn_p50_ms)
            yield _at_most(1.3, f"{which}1.3 times at most, in turn", growth)


def _at_least(least: float, wanted: str, found: float | None) -> Goal:
    return Goal(wanted, _number(found), None if found is None else found >= least)


def _at_most(most: float, wanted: str, found: float | None) -> Goal:
    return Goal(wanted, _number(found), None if found is None else found <= most)


def goals_in_words(goals: Iterable[Goal]) -> str:
    words = {True: "met   ", False: "MISSED", None: "unknown"}
    return "\n".join(f"{words[goal.is_met]:7}  {goal.wanted}: {goal.found}" for goal in goals)


def write(path: Path, runs: Sequence[Run], machine: dict[str, str]) -> None:
    kept = json.dumps(as_json(runs, machine), indent=1, ensure_ascii=False)
    path.write_text(kept + "\n", "utf-8")


def into(text: str, kept: dict[str, Any]) -> str:
    """A README with the tables of these results between its two marks; raises ValueError."""
    before, mark, rest = text.partition(_BEGIN)
    _old, end, after = rest.partition(_END)
    if not (mark and end):
        raise ValueError(f"{_BEGIN} and {_END} are not both there.")
    machine = ", ".join(kept["machine"].values())
    tables = "\n\n".join(markdown(run) for run in read_runs(kept))
    return f"{before}{mark}\nMeasured on {machine}.\n\n{tables}\n{end}{after}"


def main() -> None:
    """python -m tests.bench.report README.md: put the tables of var/bench.json there."""
    kept = json.loads((ROOT / "var" / "bench.json").read_text("utf-8"))
    readme = Path(sys.argv[1])
    readme.write_text(into(readme.read_text("utf-8"), kept), "utf-8")


if __name__ == "__main__":
    main()
