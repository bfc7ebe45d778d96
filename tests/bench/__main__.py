"""`make bench`: each shape and number of events in a process of its own, then the report of all.

GED_CSV names a UCDP GED file (plain, .gz or .xz), whose events are measured beside those that are
made up. BENCH_COPIES=6 adds the largest run, BENCH_EVENTS and BENCH_SHAPE name the runs that are
wanted. BENCH_FRESH=1 loads again what an earlier run has left. BENCH_LIMIT is how many seconds a
case may take.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from config.embedded.place import try_lock
from tests.bench import options, place, report, results, worker
from tests.bench.options import BadOptionError
from tests.bench.processes import UnavailableError
from tests.bench.results import Run

# A run with everything to load and the slowest of pages; a stop, not an expectation.
_PATIENCE = 4 * 3600


def main() -> None:
    signal.signal(signal.SIGTERM, _stop)
    try:
        chosen = options.read()
        with _alone(), worker.empty_site() as idle:
            runs = [_run(shape, events) for shape, events in chosen.runs]
            empty = worker.resident_mb(idle)
    except (BadOptionError, UnavailableError, TimeoutError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped; nothing was written.")
    for run in runs:
        if empty is not None and run.worker.rss_mb is not None:
            run.worker.over_empty_mb = run.worker.rss_mb - empty
        print("\n" + report.markdown(run))
    print("\n" + report.goals_in_words(runs))
    report.write(report.RESULT, runs)
    machine = ", ".join(runs[0].machine.values())
    print(f"\n{machine}\nwritten to {report.RESULT.relative_to(place.ROOT)}")


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _alone() -> Iterator[None]:
    """Two at once would spoil each other's times, and their data."""
    place.HOME.mkdir(parents=True, exist_ok=True)
    lock = try_lock(place.HOME / "lock", fcntl.LOCK_EX)
    if lock is None:
        sys.exit("Another bench is on.")
    try:
        yield
    finally:
        os.close(lock)


def _run(shape: str, events: int) -> Run:
    """On a database cluster that nobody else uses."""
    folder = place.of(shape, events)
    folder.path.mkdir(parents=True, exist_ok=True)
    folder.result.unlink(missing_ok=True)
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"EMBEDDED_PG_DIR": str(folder.cluster), "DJANGO_SETTINGS_MODULE": "config.settings"}
    # Loading and bare SQL may take their time; the site itself runs with its usual limits.
    env |= {"LOCAL_HTTP": "1", "STATEMENT_TIMEOUT": "0", "LOCK_TIMEOUT": "0"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.start", shape, str(events)], env=env, cwd=place.ROOT
    )
    try:
        code = process.wait(_PATIENCE)
    finally:
        # It ends its own servers; after Ctrl-C it is about to.
        if process.poll() is None:
            process.terminate()
            process.wait(120)
    if code:
        sys.exit(f"The run of {events:,} {shape} events failed (status {code}).")
    return results.from_dict(json.loads(folder.result.read_text("utf-8")))


if __name__ == "__main__":
    main()
