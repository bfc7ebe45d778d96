"""One PostgreSQL server: made, started, looked after and stopped, by the watcher alone."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from config.embedded import binaries, identity, processes
from config.embedded.binaries import Binaries
from config.embedded.identity import Identity
from config.embedded.place import Place, StartError, fresh_folder

_SUPERUSER = "postgres"  # of the server, not of the system; only making the data needs it
_ATTEMPTS = 5
_PATIENCE = 60.0  # seconds for a clean shutdown, which writes out everything in memory


class Cluster:
    """`role` owns the database of the same name and may create more; it is no superuser."""

    def __init__(self, place: Place, role: str) -> None:
        self._place = place
        self._role = role
        self._pid: int | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def is_running(self) -> bool:
        if self._child:
            return self._child.poll() is None
        return self._pid is not None and processes.is_server(self._pid, self._place.data)

    def start(self) -> str:
        """Start the server, or take over one that a killed watcher left; returns its generation."""
        data = self._place.data
        version = data / "PG_VERSION"
        programs = binaries.find(int(version.read_text()) if version.exists() else None)
        runner = identity.choose(self._place, programs)
        if not version.exists():
            self._make(programs, runner)
        for attempt in range(_ATTEMPTS):
            if self._take_over() or self._launch(programs, runner):
                return f"{self._pid} {time.monotonic()}"
            processes.kill_orphans(data)
            time.sleep(0.2 * (attempt + 1))
        raise StartError(
            f"PostgreSQL does not start. {self._place.log} ends: {self._place.last_words()}"
        )

    def stop(self) -> None:
        """A clean shutdown that waits for nobody; harsher only if it does not end."""
        for number, patience in ((signal.SIGINT, _PATIENCE), (signal.SIGQUIT, 5.0)):
            if self.is_running() and self._pid:
                processes.signal_to(self._pid, number)
            deadline = time.monotonic() + patience
            while self.is_running() and time.monotonic() < deadline:
                time.sleep(0.02)
        self._child = self._pid = None
        with contextlib.suppress(OSError):  # a folder that is left serves the next start
            self._place.sockets.rmdir()

    def _make(self, programs: Binaries, runner: Identity) -> None:
        """The data appears whole or not at all, its role and database included."""
        if self._place.data.exists():
            raise StartError(f"{self._place.data} holds no PostgreSQL data; move it away.")
        fresh = fresh_folder(self._place.folder, "data.new-")
        runner.own(fresh)
        self._run_first_that_works(programs, runner, fresh)
        role = '"' + self._role.replace('"', '""') + '"'
        self._run(
            runner,
            [programs["postgres"], "--single", "-j", "-D", str(fresh), "postgres"],
            f"CREATE ROLE {role} LOGIN CREATEDB;\n\nCREATE DATABASE {role} OWNER {role};\n\n",
        )
        fresh.rename(self._place.data)

    def _run_first_that_works(self, programs: Binaries, runner: Identity, fresh: Path) -> None:
        command = [programs["initdb"], "-D", str(fresh), "--username", _SUPERUSER]
        # The folder of the socket is its owner's alone: who gets there needs no password.
        command += ["--auth=trust", "--encoding=UTF8", "--no-instructions"]
        if programs.major >= 17:
            # Letters of every script are known by PostgreSQL itself, the same on every system.
            command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            locale = "--lc-ctype=C.UTF-8"
        else:
            locale = "--locale=C.UTF-8"
        try:
            self._run(runner, [*command, locale])
        except StartError as error:
            if programs.major < 17 or "locale" not in str(error):
                raise
            self._run(runner, command)  # a system without C.UTF-8

    def _run(self, runner: Identity, command: list[str], typed: str = "") -> None:
        options = runner.options()
        del options["stdin"]
        done = subprocess.run(  # noqa: S603
            [*runner.prefix, *command],
            input=typed.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            **options,
        )
        said = done.stdout.decode("utf-8", "replace").strip()
        # A stand-alone server reports the failure of a statement in its words alone.
        if done.returncode or "ERROR:" in said or "FATAL:" in said:
            raise StartError(f"No database could be made: {' | '.join(said.splitlines()[-4:])}")

    def _take_over(self) -> bool:
        pid = self._recorded_pid()
        if pid is None or not processes.is_server(pid, self._place.data):
            self._forget_dead(pid)
            return False
        self._pid = pid
        if self._place.socket.exists():
            return self._becomes_ready()
        self.stop()
        return False

    def _forget_dead(self, pid: int | None) -> None:
        """Remove records of a dead server whose number a zombie or a stranger has now.

        A number that nobody has is left to PostgreSQL, which uses the record to look for
        processes that outlived their server.
        """
        if pid is None or processes.exists(pid):
            (self._place.data / "postmaster.pid").unlink(missing_ok=True)
        self._place.socket.unlink(missing_ok=True)
        self._place.socket.with_name(f"{self._place.socket.name}.lock").unlink(missing_ok=True)

    def _launch(self, programs: Binaries, runner: Identity) -> bool:
        command = [programs["postgres"], "-D", str(self._place.data)]
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self._place.sockets}"',
            "unix_socket_permissions": "0700",
            "logging_collector": "off",
            "log_destination": "stderr",
            "shared_buffers": f"{_shared_buffers()}MB",
        }
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self._place.log.open("ab") as log:
            self._child = subprocess.Popen(  # noqa: S603
                [*runner.prefix, *command],
                stdout=log,
                stderr=log,
                start_new_session=True,
                **runner.options(),
            )
        self._pid = self._child.pid
        return self._becomes_ready()

    def _becomes_ready(self) -> bool:
        # After a crash the server may replay its log for long; only its end ends the wait.
        while self.is_running():
            lines = self._record()
            if len(lines) > 7 and lines[0] == str(self._pid) and lines[7].strip() == "ready":
                return True
            time.sleep(0.02)
        return False

    def _recorded_pid(self) -> int | None:
        lines = self._record()
        return int(lines[0]) if lines and lines[0].isdigit() else None

    def _record(self) -> list[str]:
        try:
            record = (self._place.data / "postmaster.pid").read_bytes()
        except FileNotFoundError:
            return []
        return [os.fsdecode(line) for line in record.splitlines()]


def _shared_buffers() -> int:
    """Megabytes that the server keeps of its tables, taken as they are needed: an eighth of the
    machine's memory, since the system keeps files as well, but no less than PostgreSQL's default.
    """
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(128, min(memory // 8 // 2**20, 2048))
