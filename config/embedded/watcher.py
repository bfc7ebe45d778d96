"""The process that starts the server, starts it again when it dies, and stops it after its users.

It runs apart from all of them, so that it outlives each: python -m config.embedded.watcher.
"""

import fcntl
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from types import FrameType

from config.embedded.cluster import Cluster
from config.embedded.place import Place, StartError, State, still_at

_PAUSE = 0.2
# Commands that follow one another share one server.
_LINGER = 1.0


class Watcher:
    def __init__(self, place: Place, role: str) -> None:
        self._place = place
        self._cluster = Cluster(place, role)
        self._users = os.open(place.users, os.O_RDWR | os.O_CREAT, 0o600)
        self._asked_to_stop = False
        self._used_at = time.monotonic()

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def run(self) -> None:
        try:
            while not self._asked_to_stop and not self._is_abandoned():
                if not self._cluster.is_running():
                    self._start()
                self._place.trim_log()
                time.sleep(_PAUSE)
            if still_at(self._users, self._place.users):
                self._place.report(State.STOPPING)
        finally:
            self._cluster.stop()

    def _start(self) -> None:
        self._place.report(State.STARTING)
        try:
            generation = self._cluster.start()
        except (StartError, OSError) as error:
            # Tried again as long as somebody waits: a full disk may be emptied.
            self._place.report(State.FAILED, message=str(error))
            time.sleep(1)
        else:
            self._place.report(State.READY, generation=generation)

    def _is_abandoned(self) -> bool:
        """Whether nobody uses the server any more; then nobody can begin to, until we are gone."""
        if not still_at(self._users, self._place.users):
            return True
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._used_at = time.monotonic()
            return False
        if time.monotonic() - self._used_at > _LINGER:
            return True
        fcntl.flock(self._users, fcntl.LOCK_UN)
        return False


def main() -> None:
    folder, role, lock = sys.argv[1:]
    # The parent's end lets the caller go on, and gives us to the system: no zombie stays.
    if os.fork():
        os._exit(0)
    os.set_inheritable(int(lock), False)
    os.pwrite(int(lock), f"{os.getpid()}\n".ljust(12).encode(), 0)  # for people and for tests
    watcher = Watcher(Place(Path(folder)), role)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, watcher.ask_to_stop)
    try:
        watcher.run()
    except BaseException:
        traceback.print_exc()  # to the log
        raise


if __name__ == "__main__":
    main()
