"""One process that serves: `python -m config.serving.worker LISTENER HOST THREADS`.

The supervisor starts it, with the socket that it listens on.
"""

import logging
import os
import resource
import signal
import socket
import sys
import threading
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from config.serving.connections import Server
from config.serving.warming import set_aside


def prepare() -> None:
    """What a worker does before it serves: what it opens here is its own."""
    for name in settings.BEFORE_SERVING:
        import_string(name)()
    set_aside()


def main(listener: int, host: str, threads: int) -> int:
    # Until the server is there, nothing is lost by an end at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_stop_without_supervisor, daemon=True).start()
    # Its warnings are of threads that are busy and readers that went away.
    logging.getLogger("waitress").setLevel(logging.ERROR)
    try:
        from config.wsgi import application
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        return 1
    prepare()
    server = Server(
        application,
        socket.socket(fileno=listener),
        host,
        threads,
        open_files=_open_files(),
        believes_proxy=settings.BEHIND_HTTPS_PROXY,
    )

    def stop(*_: Any) -> None:
        server.stop()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    server.serve()
    return 0


def _stop_without_supervisor() -> None:
    # Not `sys.stdin`, whose lock this thread would hold at the end of the program.
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _open_files() -> int:
    """How many files this process may open: as many as the system lets it ask for, within reason;
    each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if hard == resource.RLIM_INFINITY else min(8192, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
