"""One case, asked of bare SQL, of Datasette and of the site cold and warm.

What is quick is asked in turn, because a machine that is shared changes its speed from one minute
to the next by more than two of them may differ. What takes longer than a second has answers enough
to be measured alone, and would leave the others' connections idle until they are closed.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.bench import clients
from tests.bench.bare_sql import Session
from tests.bench.cases import Case
from tests.bench.clients import Reader, WrongAnswerError
from tests.bench.measuring import Timing, percentile, time_each, time_in_turn
from tests.bench.processes import Server
from tests.bench.report import Measured

SLOW = 1.0
Question = tuple[Callable[[], Any], Callable[[Any], None]]


@dataclass(frozen=True)
class Servers:
    """What is measured side by side; `datasette` is None where it cannot be had."""

    cold: Server
    warm: Server
    datasette: Server | None


def measure(case: Case, session: Session, servers: Servers, *, limit: float) -> list[Measured]:
    """Cold and warm; what was answered wrongly has no numbers, and a note."""
    asked = {
        "cold": (servers.cold.port, case.ours, case.check_ours),
        "warm": (servers.warm.port, case.ours, case.check_ours),
    }
    if servers.datasette:
        asked["Datasette"] = (servers.datasette.port, case.datasette, case.check_datasette)
    clients.warm(servers.warm.port, case.ours)
    with ExitStack() as stack:
        questions: dict[str, Question] = {"SQL": (partial(case.sql, session), lambda _rows: None)}
        readers = {
            name: stack.enter_context(closing(Reader(port)))
            for name, (port, _path, _check) in asked.items()
        }
        for name, (_port, path, check) in asked.items():
            questions[name] = (partial(readers[name].get, path), check)
        timings, wrong = time_quick_in_turn(questions, limit=limit)
    # The last of them were timed.
    served = {n: readers[n].served[-timings[n].number :] for n in readers.keys() & timings.keys()}
    told = {name: percentile(times, 50) for name, times in served.items() if times}
    rates: dict[str, float] = {}
    for name in (name for name in asked if name in timings):
        try:
            rates[name] = clients.rate(*asked[name])
        except WrongAnswerError as error:
            wrong[name] = str(error)
    return [_measured(case, state, timings, told, rates, wrong) for state in ("cold", "warm")]


def time_quick_in_turn(
    questions: dict[str, Question], *, limit: float
) -> tuple[dict[str, Timing], dict[str, str]]:
    """What each took, and what was wrong with the answers of those that are not there."""
    quick: dict[str, Question] = {}
    timings: dict[str, Timing] = {}
    wrong: dict[str, str] = {}
    for name, (ask, check) in questions.items():
        try:
            check(ask())
            began = time.perf_counter()
            check(ask())
            if time.perf_counter() - began < SLOW:
                quick[name] = (ask, check)
            else:
                timings[name] = time_each(ask, check, limit=limit)
        except WrongAnswerError as error:
            wrong[name] = str(error)
    try:
        timings.update(zip(quick, time_in_turn([*quick.values()], limit=limit), strict=True))
    except WrongAnswerError as error:
        # One of them; none of the others was asked often enough.
        wrong.update(dict.fromkeys(quick, f"in turn: {error}"))
    return timings, wrong


def _measured(
    case: Case,
    state: str,
    timings: dict[str, Timing],
    told: dict[str, float],
    rates: dict[str, float],
    wrong: dict[str, str],
) -> Measured:
    measured = Measured(case.name, state, case.ours)
    if ours := timings.get(state):
        measured.ours_p50_ms, measured.ours_p95_ms = ours.p50, ours.p95
        measured.ours_requests, measured.ours_rps = ours.number, rates.get(state)
        measured.ours_server_p50_ms = told.get(state)
    if theirs := timings.get("Datasette"):
        measured.datasette_p50_ms, measured.datasette_p95_ms = theirs.p50, theirs.p95
        measured.datasette_requests = theirs.number
        measured.datasette_rps = rates.get("Datasette")
    if bare := timings.get("SQL"):
        measured.sql_p50_ms, measured.sql_p95_ms = bare.p50, bare.p95
        measured.sql_requests = bare.number
    said = {"the site": wrong.get(state), "Datasette": wrong.get("Datasette")}
    measured.note = "; ".join(f"{who}: {what}" for who, what in said.items() if what)
    return measured
