"""`make bench`: each number of events in a process of its own, then the report of all.

GED_CSV names a UCDP GED file (plain, .gz or .xz); without it the events are made up. BENCH_COPIES
says how often the larger run repeats them, with shifted dates (six times; 1 for the small run
alone). BENCH_FRESH=1 loads again what an earlier run has left. BENCH_LIMIT is how many seconds a
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
from tests.bench import in_turn, machine, options, place, report
from tests.bench.options import BadOptionError, Options
from tests.bench.report import Run

_RESULT = place.ROOT / "var" / "bench.json"
# A size with everything to load and the slowest of pages; a stop, not an expectation.
_PATIENCE = 4 * 3600


def main() -> None:
    signal.signal(signal.SIGTERM, _stop)
    try:
        chosen = options.read()
        with _alone():
            runs = [_run(copies, chosen) for copies in chosen.sizes]
            if len(runs) > 1:
                print("Warm pages of both sizes in turn", flush=True)
                in_turn.warm_pages(runs[0], runs[-1], limit=chosen.limit)
    except BadOptionError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped; nothing was written.")
    described = machine.describe()
    for run in runs:
        print("\n" + report.table(run))
    print("\n" + report.goals_in_words(report.all_goals(runs)))
    report.write(_RESULT, runs, described)
    print(f"\n{', '.join(described.values())}\nwritten to {_RESULT.relative_to(place.ROOT)}")


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


def _run(copies: int, chosen: Options) -> Run:
    """One size, on a database cluster that nobody else uses."""
    folder = place.of_copies(copies)
    folder.path.mkdir(parents=True, exist_ok=True)
    folder.result.unlink(missing_ok=True)
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"EMBEDDED_PG_DIR": str(folder.cluster), "DJANGO_SETTINGS_MODULE": "config.settings"}
    # Loading and bare SQL may take their time; the site itself runs with its usual limits.
    env |= {"LOCAL_HTTP": "1", "STATEMENT_TIMEOUT": "0", "LOCK_TIMEOUT": "0"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.start", str(copies)], env=env, cwd=place.ROOT
    )
    try:
        code = process.wait(_PATIENCE)
    finally:
        # It ends its own servers; after Ctrl-C it is about to.
        if process.poll() is None:
            process.terminate()
            process.wait(120)
    if code:
        sys.exit(f"The run of {copies} copies failed (status {code}).")
    return report.read_run(json.loads(folder.result.read_text("utf-8")))


if __name__ == "__main__":
    main()
