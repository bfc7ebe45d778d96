"""Sets the measurements side by side, as Markdown, and writes `var/bench.json`."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench import results
from tests.bench.goals import goals, in_words, ratio
from tests.bench.place import ROOT
from tests.bench.results import Measured, Run, Walk, Worker, Writers

DASH = "–"
RESULT = ROOT / "var" / "bench.json"
# Between these a document has the last tables.
_BEGIN, _END = "<!-- make bench -->", "<!-- end of make bench -->"
_COLUMNS = (
    *("case", "state", "ours p50", "p95", "server p50", "req/s"),
    *("Datasette p50", "req/s", "SQL p50", "ours ÷ Datasette", "ours ÷ SQL"),
)


def as_json(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """The runs as others read them, each with its goals."""
    return [asdict(run) | {"goals": [asdict(goal) for goal in goals(run)]} for run in runs]


def write(path: Path, runs: Sequence[Run]) -> None:
    path.write_text(json.dumps(as_json(runs), indent=1, ensure_ascii=False) + "\n", "utf-8")


def read(path: Path) -> list[Run]:
    return [results.from_dict(kept) for kept in json.loads(path.read_text("utf-8"))]


def goals_in_words(runs: Sequence[Run]) -> str:
    return "\n".join(in_words(run, goal) for run in runs for goal in goals(run))


def markdown(run: Run) -> str:
    """Milliseconds, requests per second of eight connections, and what else was measured."""
    head = "| " + " | ".join(_COLUMNS) + " |"
    rule = "|---|---|" + "--:|" * (len(_COLUMNS) - 2)
    rows = ["| " + " | ".join(_cells(case)) + " |" for case in run.cases]
    remarks = [f"- {line}" for line in _remarks(run)]
    title = f"{run.events:,} events, {run.data}:"
    return "\n".join([title, "", head, rule, *rows, "", *remarks])


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
    is_cut = requests is not None and requests < 30
    return _number(milliseconds) + ("*" if is_cut else "")


def _number(value: float | None) -> str:
    if value is None:
        return DASH
    if value >= 99.5:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 9.95 else f"{value:.2f}"


def _remarks(run: Run) -> list[str]:
    lines = [_walked(run.walk)] if run.walk else []
    lines += [_words("writers", run.writers), _words("worker", run.worker), *run.notes]
    noted = [case for case in run.cases if case.note]
    lines += dict.fromkeys(f"{case.name}, {case.state}: {case.note}" for case in noted)
    if any("*" in cell for case in run.cases for cell in _cells(case)):
        lines.append("* fewer than thirty requests: time ran out")
    return lines


def _walked(walk: Walk) -> str:
    words = (
        f"{walk.pages:,} pages of {walk.kinds} kinds, met by links and forms, nothing cached:"
        f" half within {_number(walk.p50_ms)} ms of the server, nineteen of twenty within"
        f" {_number(walk.p95_ms)}; the slowest, `{walk.slowest}`: {_number(walk.slowest_ms)}"
    )
    return f"{words}; {walk.wrong} no page, first {walk.first_wrong}" if walk.wrong else words


def _words(what: str, found: Writers | Worker) -> str:
    values = {name.replace("_", " "): _number(value) for name, value in asdict(found).items()}
    return f"{what}: {', '.join(f'{name} {value}' for name, value in values.items())}"


def into(text: str, runs: Sequence[Run]) -> str:
    """A document with the tables of these runs between its two marks; raises ValueError."""
    before, mark, rest = text.partition(_BEGIN)
    _old, end, after = rest.partition(_END)
    if not (mark and end):
        raise ValueError(f"{_BEGIN} and {_END} are not both there.")
    machine = ", ".join(runs[0].machine.values())
    tables = "\n\n".join(markdown(run) for run in runs)
    return f"{before}{mark}\nMeasured on {machine}.\n\n{tables}\n{end}{after}"


def main() -> None:
    """python -m tests.bench.report docs/performance.md: put the tables of var/bench.json there."""
    document = Path(sys.argv[1])
    document.write_text(into(document.read_text("utf-8"), read(RESULT)), "utf-8")


if __name__ == "__main__":
    main()
