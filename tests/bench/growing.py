"""How warm pages grow with the number of events.

They take some milliseconds, and a machine may change its speed by more than they grow between one
size and the next: both sizes are up at once here, and are asked in turn.
"""

from contextlib import AbstractContextManager, ExitStack

from tests.bench import clients, place
from tests.bench.clients import WrongAnswerError
from tests.bench.processes import Server, UnavailableError
from tests.bench.report import Measured, Run
from tests.bench.site import site


def measure(small: Run, large: Run, *, limit: int) -> None:
    """Ask the warm pages of both again; fills `ours_in_turn_p50_ms`, or notes why it cannot."""
    try:
        with ExitStack() as stack:
            ports = [stack.enter_context(_warm_site(run)).port for run in (small, large)]
            for pair in zip(small.cases, large.cases, strict=True):
                if all(case.state == "warm" and not case.is_export for case in pair):
                    _ask(ports, pair, limit)
    except UnavailableError as error:
        large.notes.append(f"in turn: {error}")


def _warm_site(run: Run) -> AbstractContextManager[Server]:
    folder = place.of_copies(run.copies)
    return site(folder.cluster, cache=True, log=folder.path / "site-in-turn.log")


def _ask(ports: list[int], pair: tuple[Measured, Measured], limit: int) -> None:
    pages = [(port, case.path) for port, case in zip(ports, pair, strict=True)]
    for port, path in pages:
        clients.warm(port, path)
    try:
        timings = clients.latencies(pages, limit=limit)
    except WrongAnswerError as error:
        for case in pair:
            case.note = case.note or f"in turn: {error}"
        return
    for case, timing in zip(pair, timings, strict=True):
        case.ours_in_turn_p50_ms = timing.p50
