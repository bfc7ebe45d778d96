"""One case, asked of bare SQL, of Datasette and of the site cold and warm.

What is quick is asked in turn, because a machine that is shared changes its speed from one minute
to the next by more than two of them may differ. What takes longer is measured alone: it would leave
the others' connections idle, and them less time.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.bench import clients
from tests.bench.bare_sql import Session
from tests.bench.cases import Case
from tests.bench.clients import Check, Reader, WrongAnswerError
from tests.bench.measuring import Timing, percentile, time_in_turn
from tests.bench.processes import Server
from tests.bench.results import Measured

# Seconds from which on it is measured alone.
SLOW = 0.2


@dataclass(frozen=True)
class Servers:
    """What is measured side by side; `datasette` is None where it cannot be had."""

    cold: Server
    warm: Server
    datasette: Server | None


@dataclass
class _Asked:
    """One of them: how it is asked, and what was found; what was `wrong` has words alone.

    `served` grows by the server's milliseconds with each answer.
    """

    ask: Callable[[], Any]
    check: Callable[[Any], None]
    served: list[float] = field(default_factory=list)
    rate: Callable[[], float] | None = None
    timing: Timing | None = None
    rps: float | None = None
    wrong: str = ""


def measure(case: Case, session: Session, servers: Servers, *, limit: float) -> list[Measured]:
    """Cold and warm; what was answered wrongly has no numbers, and a note."""
    clients.warm(servers.warm.port, case.path)
    with ExitStack() as stack:

        def of(port: int, path: str, check: Check) -> _Asked:
            reader = stack.enter_context(closing(Reader(port)))
            rate = partial(clients.rate, port, path, check) if case.theirs else None
            return _Asked(partial(reader.get, path), check, reader.served, rate)

        asked = {
            "cold": of(servers.cold.port, case.path, case.check),
            "warm": of(servers.warm.port, case.path, case.check),
        }
        if case.theirs:
            asked["SQL"] = _Asked(partial(case.theirs.sql, session), lambda _rows: None)
            if servers.datasette:
                theirs = of(servers.datasette.port, case.theirs.path, case.theirs.check)
                asked["Datasette"] = theirs
        _time([*asked.values()], limit)
    for each in asked.values():
        _measure_rate(each)
    return [_measured(case, state, asked) for state in ("cold", "warm")]


def _time(asked: list[_Asked], limit: float) -> None:
    """In turn, but for what is slow or wrong."""
    quick = []
    for each in asked:
        try:
            each.check(each.ask())
            began = time.perf_counter()
            each.check(each.ask())
            if time.perf_counter() - began < SLOW:
                quick.append(each)
            else:
                (each.timing,) = time_in_turn([(each.ask, each.check)], limit=limit)
        except WrongAnswerError as error:
            each.wrong = str(error)
    try:
        timings = time_in_turn([(each.ask, each.check) for each in quick], limit=limit)
        for each, timing in zip(quick, timings, strict=True):
            each.timing = timing
    except WrongAnswerError as error:
        # One of them; none of the others was asked often enough.
        for each in quick:
            each.wrong = f"in turn: {error}"


def _measure_rate(each: _Asked) -> None:
    if each.rate and each.timing:
        try:
            each.rps = each.rate()
        except WrongAnswerError as error:
            each.wrong = str(error)


def _measured(case: Case, state: str, asked: dict[str, _Asked]) -> Measured:
    measured, ours = Measured(case.name, state, case.path), asked[state]
    named = (("ours", ours), ("datasette", asked.get("Datasette")), ("sql", asked.get("SQL")))
    for name, each in named:
        if each and each.timing:
            setattr(measured, f"{name}_p50_ms", each.timing.p50)
            setattr(measured, f"{name}_p95_ms", each.timing.p95)
            setattr(measured, f"{name}_requests", each.timing.number)
            if each.rate:
                setattr(measured, f"{name}_rps", each.rps)
    # The last of them were timed.
    if ours.timing and (served := ours.served[-ours.timing.number :]):
        measured.ours_server_p50_ms = percentile(served, 50)
    said = {"the site": ours, "Datasette": asked.get("Datasette")}
    measured.note = "; ".join(
        f"{who}: {each.wrong}" for who, each in said.items() if each and each.wrong
    )
    return measured
