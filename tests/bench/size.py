"""One number of events, from the data to the measurements. Needs Django to be set up."""

import json
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

import psycopg
from django.db import connection

from tests.bench import (
    asking,
    bare_sql,
    cases,
    clients,
    datasette_data,
    facts,
    ged,
    in_turn,
    loading,
    memory,
    options,
    place,
    synthetic,
    walk,
)
from tests.bench import datasette as their
from tests.bench.asking import Servers
from tests.bench.cases import Setting
from tests.bench.clients import WrongAnswerError
from tests.bench.ged import BadFileError, Incident
from tests.bench.options import Options
from tests.bench.place import Folder
from tests.bench.processes import Server, UnavailableError
from tests.bench.report import Run, run_as_dict
from tests.bench.site import site


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    copies = int(sys.argv[1])
    chosen = options.read()
    folder = place.of_copies(copies)
    try:
        run = _measured(chosen, copies, folder)
    except (BadFileError, UnavailableError, TimeoutError) as error:
        sys.exit(str(error))
    folder.result.write_text(json.dumps(run_as_dict(run)), "utf-8")


def _stop(number: int, frame: FrameType | None) -> None:
    """End in order, servers too; a second signal, such as the parent's, must not disturb that."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    sys.exit("stopped")


def tell(words: str) -> None:
    print(words, flush=True)


def _measured(chosen: Options, copies: int, folder: Folder) -> Run:
    data = chosen.data
    incidents = ged.read(data) if data else synthetic.incidents(_country_names())
    title = f"UCDP GED ({data.name})" if data else "Synthetic events"
    run = Run(len(incidents) * copies, copies, title, "")
    tell(f"{run.events:,} events: {title}, {copies} times")
    _load(run, data, incidents, folder, is_fresh=chosen.is_fresh)
    their_file = _datasette_file(run, data, incidents, folder)
    with ExitStack() as stack:
        session = stack.enter_context(_session())
        servers = Servers(
            cold=stack.enter_context(_site(folder, is_cold=True)),
            warm=stack.enter_context(_site(folder, is_cold=False)),
            datasette=stack.enter_context(their.datasette(folder)) if their_file else None,
        )
        setting = _setting(run, session, their_file, incidents, servers.warm)
        run.notes.append(cases.asked(setting))
        for case in cases.all_cases(setting):
            tell(f"  {case.name}")
            run.cases += asking.measure(case, session, servers, limit=chosen.limit)
        in_turn.deep_page(run, servers.cold.port, limit=chosen.limit)
        _walk(run, servers.cold)
        run.export = _export(run, setting, servers.warm)
    return run


def _country_names() -> list[str]:
    """Of the fixture: Syria first, the others in an order that has no meaning."""
    rows = json.loads((place.ROOT / "fixtures" / "countries.json").read_text("utf-8"))
    fields = [row["fields"] for row in rows if row["model"] == "actors.country"]
    now = [row for row in fields if not row["exists_until"] and row["gw"]]
    return [row["name"] for row in sorted(now, key=lambda row: (row["iso3"] != "SYR", row["fips"]))]


def _load(
    run: Run, data: Path | None, incidents: list[Incident], folder: Folder, *, is_fresh: bool
) -> None:
    digest = place.digest_of(data, run.copies)
    if folder.holds("pg", digest) and not is_fresh:
        run.loaded = "found loaded by an earlier run"
    else:
        began = time.monotonic()
        folder.empty()
        loading.load(incidents, number=run.copies, title=run.data, tell=tell)
        folder.is_loaded("pg", digest)
        run.loaded = f"loaded in {time.monotonic() - began:.0f} s"
    tell(run.loaded)


def _datasette_file(
    run: Run, data: Path | None, incidents: list[Incident], folder: Folder
) -> sqlite3.Connection | None:
    """Datasette and its file, made if need be; None, with a note, where it cannot be had."""
    digest = place.digest_of(data, run.copies, "tests/bench/datasette_data.py")
    try:
        their.install()
        if not folder.holds("datasette", digest):
            began = time.monotonic()
            datasette_data.build(folder.sqlite, ged.copies(incidents, run.copies), run.data)
            folder.is_loaded("datasette", digest)
            tell(f"Datasette's file: {time.monotonic() - began:.1f} s")
        their.inspect(folder)
    except (UnavailableError, sqlite3.OperationalError) as error:
        run.notes.append(f"no Datasette: {error}")
        tell(run.notes[-1])
        return None
    return sqlite3.connect(f"file:{folder.sqlite}?mode=ro", uri=True)


@contextmanager
def _session() -> Iterator[bare_sql.Session]:
    """A connection to the same server beside Django's, without anything of Django in between."""
    connection.ensure_connection()
    known = connection.settings_dict
    with psycopg.connect(
        host=known["HOST"],
        port=known["PORT"],
        user=known["USER"],
        dbname=known["NAME"],
        # Sorts of all events in memory, and no compiler that takes longer than the query.
        options="-c work_mem=64MB -c jit=off",
        autocommit=True,
    ) as session:
        yield session


@contextmanager
def _site(folder: Folder, *, is_cold: bool) -> Iterator[Server]:
    log = folder.path / f"site-{'cold' if is_cold else 'warm'}.log"
    with site(folder.cluster, cache=not is_cold, log=log) as server:
        yield server


def _setting(
    run: Run,
    session: bare_sql.Session,
    their_file: sqlite3.Connection | None,
    incidents: list[Incident],
    server: Server,
) -> Setting:
    embed = "/embed/events/"
    if not clients.answers(server.port, embed):
        run.notes.append(
            f"{embed} does not answer: “no facets” is asked of /events/, which has them"
        )
        embed = "/events/"
    return Setting(
        session=session,
        sqlite=their_file,
        facts=facts.choose(incidents, run.copies),
        finder=loading.country_finder(),
        embed=embed,
        events=run.events,
    )


def _walk(run: Run, server: Server) -> None:
    tell(f"  {walk.PAGES:,} pages along their links")
    try:
        run.walk = walk.along_links(server.port)
    except WrongAnswerError as error:
        run.notes.append(f"links: {error}")


def _export(run: Run, setting: Setting, server: Server) -> memory.Export | None:
    """Up to 200,000 rows as CSV: the newest, from a day on."""
    since = setting.facts.exported_since
    wanted = bare_sql.count(setting.session, bare_sql.since(since))
    try:
        found = memory.export(server, f"/events.csv?since={since}")
    except WrongAnswerError as error:
        run.notes.append(f"export: {error}")
        return None
    if found.rows < wanted:
        run.notes.append(f"export: {found.rows} rows of {wanted}")
        return None
    return found
