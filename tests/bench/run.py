"""One shape and number of events, from the data to the measurements. Needs Django to be set up."""

import json
import signal
import sqlite3
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

from django.db import connection

from tests.bench import (
    asking,
    bare_sql,
    cases,
    chosen,
    datasette_data,
    ged,
    loading,
    machine,
    options,
    place,
    walk,
    worker,
    writers,
)
from tests.bench import datasette as their
from tests.bench.asking import Servers
from tests.bench.chosen import Chosen
from tests.bench.ged import BadFileError
from tests.bench.ged_shape import GedShape
from tests.bench.loading import Shape
from tests.bench.options import Options
from tests.bench.place import Folder
from tests.bench.processes import Server, UnavailableError
from tests.bench.results import Run, Worker, Writers
from tests.bench.site import site
from tests.bench.varied import Varied


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    plan = _Plan(sys.argv[1], int(sys.argv[2]), options.read())
    try:
        run = measure(plan)
    except (BadFileError, UnavailableError, TimeoutError) as error:
        sys.exit(str(error))
    plan.folder.result.write_text(json.dumps(asdict(run)), "utf-8")


def _stop(number: int, frame: FrameType | None) -> None:
    """End in order, servers too; a second signal, such as the parent's, must not disturb that."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    sys.exit(f"stopped by signal {number}")


def tell(words: str) -> None:
    print(words, flush=True)


@dataclass(frozen=True)
class _Plan:
    """What is loaded, and where; `data` is None for events that are made up."""

    shape: str
    events: int
    given: Options

    @property
    def data(self) -> Path | None:
        return self.given.data if self.shape == "ged" else None

    @property
    def title(self) -> str:
        return f"UCDP GED ({self.data.name})" if self.data else "varied events, made up"

    @property
    def folder(self) -> Folder:
        return place.of(self.shape, self.events)

    def chronology(self) -> Shape:
        if self.data:
            return GedShape(ged.read(self.data), self.events, self.title, tell)
        return Varied(self.events)


def measure(plan: _Plan) -> Run:
    tell(f"{plan.events:,} events: {plan.title}")
    described, writing = machine.describe(), Writers(copy_seconds=_load(plan))
    run = Run(plan.events, plan.shape, plan.title, described, writing, Worker(start_seconds=0))
    with ExitStack() as stack:
        session = _session()
        sqlite = _datasette_file(run, plan.folder, session)
        asked = chosen.choose(session, plan.events)
        run.notes.append(asked.in_words)
        servers = _start(stack, plan.folder, has_datasette=sqlite is not None)
        for case in cases.all_cases(session, sqlite, asked):
            tell(f"  {case.name}")
            run.cases += asking.measure(case, session, servers, limit=plan.given.limit)
        served = time.monotonic()
        _walk(run, servers.cold)
        _write(run, asked)
        _look_at_worker(run, servers.warm, served)
    return run


def _walk(run: Run, server: Server) -> None:
    pages = walk.PAGES if run.events >= options.MIDDLE else walk.FEWER_PAGES
    tell(f"  {pages:,} pages along their links")
    run.walk = walk.along_links(server.port, pages)


def _write(run: Run, asked: Chosen) -> None:
    tell("  writers")
    writers.measure_saves(run.writers)
    writers.measure_rename(run.writers, asked)
    loading.analyse()


def _look_at_worker(run: Run, server: Server, served: float) -> None:
    """A minute after it has `served`."""
    time.sleep(max(0.0, served + worker.IDLE - time.monotonic()))
    run.worker.start_seconds = server.start_seconds
    run.worker.rss_mb = worker.resident_mb(server)
    run.worker.peak_mb = worker.peak_mb(server)


def _load(plan: _Plan) -> float:
    """Seconds that it took, now or in an earlier run."""
    digest = place.digest_of(plan.data, plan.events)
    seconds = None if plan.given.is_fresh else plan.folder.seconds(digest)
    if seconds is None:
        plan.folder.empty()
        loading.migrate()
        seconds = loading.load(plan.chronology(), tell)
        plan.folder.is_loaded(digest, seconds)
    tell(f"  loaded by COPY in {seconds:.0f} s")
    return seconds


def _datasette_file(
    run: Run, folder: Folder, session: bare_sql.Session
) -> sqlite3.Connection | None:
    """Datasette and its file, made if need be; None, with a note, where it cannot be had."""
    try:
        their.install()
        if not folder.sqlite.exists():
            datasette_data.build(folder.sqlite, session)
        their.inspect(folder)
    except (UnavailableError, sqlite3.OperationalError) as error:
        run.notes.append(f"no Datasette: {error}")
        return None
    return sqlite3.connect(folder.sqlite)


def _start(stack: ExitStack, folder: Folder, *, has_datasette: bool) -> Servers:
    """The warm site alone at first, because its start is measured."""
    log = folder.path
    warm = stack.enter_context(site(folder.cluster, cache=True, log=log / "warm.log"))
    cold = stack.enter_context(site(folder.cluster, cache=False, log=log / "cold.log"))
    datasette = stack.enter_context(their.datasette(folder)) if has_datasette else None
    return Servers(cold=cold, warm=warm, datasette=datasette)


def _session() -> bare_sql.Session:
    """Django's connection, without anything of Django in between."""
    connection.ensure_connection()
    session: bare_sql.Session = connection.connection
    # Sorts of all events in memory.
    session.execute("SET work_mem = '64MB'")
    return session
