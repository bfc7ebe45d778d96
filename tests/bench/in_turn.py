"""Pages that are compared with each other, asked in turn.

A machine may change its speed from one case to the next, or from one size to the other, by more
than these may differ: what is to be compared is asked once in every round.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack

from tests.bench import clients, place
from tests.bench.clients import WrongAnswerError
from tests.bench.processes import Server, UnavailableError
from tests.bench.report import Measured, Run
from tests.bench.site import site


def deep_page(run: Run, port: int, *, limit: int) -> None:
    """Ask a page far down and the first of a site that keeps nothing; fills `ours_in_turn_p50_ms`,
    or notes why it cannot."""
    pair = [run.case(name, "cold") for name in ("facets", "deep page, facets")]
    _ask([port, port], [case for case in pair if case], limit)


def warm_pages(small: Run, large: Run, *, limit: int) -> None:
    """The same of the warm pages of two sizes, both of which are up at once."""
    try:
        with ExitStack() as stack:
            ports = [stack.enter_context(_warm_site(run)).port for run in (small, large)]
            for pair in zip(small.cases, large.cases, strict=True):
                if all(case.state == "warm" and not case.is_export for case in pair):
                    for port, case in zip(ports, pair, strict=True):
                        clients.warm(port, case.path)
                    _ask(ports, pair, limit)
    except UnavailableError as error:
        large.notes.append(f"in turn: {error}")


def _warm_site(run: Run) -> AbstractContextManager[Server]:
    folder = place.of_copies(run.copies)
    return site(folder.cluster, cache=True, log=folder.path / "site-in-turn.log")


def _ask(ports: list[int], cases: Sequence[Measured], limit: int) -> None:
    pages = [(port, case.path) for port, case in zip(ports, cases, strict=True)]
    try:
        timings = clients.latencies(pages, limit=limit)
    except WrongAnswerError as error:
        for case in cases:
            case.note = case.note or f"in turn: {error}"
        return
    for case, timing in zip(cases, timings, strict=True):
        case.ours_in_turn_p50_ms = timing.p50
