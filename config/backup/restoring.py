"""Restores a backup into an empty database, whole or not at all, and compares the rows."""

import contextlib
import re
import shutil
from pathlib import Path

from django.core.management import CommandError
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from config.backup import contents, files, programs
from config.backup.files import Manifest

# Lines of the script that pg_restore writes, before the first rows.
_NO_PATH = b"SELECT pg_catalog.set_config('search_path', '', false);\n"
_TIMEOUT = b"SET transaction_timeout = 0;\n"
# A number that newer releases of PostgreSQL 15 keep with each column. Older programs take it for an
# option of the column, which other versions of the server do not know.
_VERSION_OF_COLUMN = re.compile(rb"ALTER TABLE ONLY \S+ ALTER COLUMN \S+ SET \(pg_attver=\d+\);\n")


def restore(dump: Path) -> Manifest:
    """Raises CommandError, and does nothing, unless everything fits."""
    manifest = files.read(files.manifest_of(dump))
    _check_dump(dump, manifest)
    _check_versions(manifest)
    _check_empty()
    _load(dump, manifest)
    _compare(manifest)
    return manifest


def _check_dump(dump: Path, manifest: Manifest) -> None:
    if not dump.is_file():
        raise CommandError(f"The backup is not whole: there is no {dump}.")
    if files.digest(dump) != manifest["sha256"]:
        raise CommandError(
            f"{dump} is not the dump that its manifest describes: it was changed or cut off."
        )


def _check_versions(manifest: Manifest) -> None:
    server = programs.server_major()
    if server < manifest["server"]:
        raise CommandError(
            f"The backup is of PostgreSQL {manifest['server']}, and this is PostgreSQL {server}:"
            " restore it into the same or a newer version."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(manifest["migrations"]) - known):
        raise CommandError(
            f"The backup was made by a newer Chancery ({manifest['program']}), whose"
            f" {', '.join(unknown)} this one does not know: restore it with that one."
        )


def _check_empty() -> None:
    if there := contents.objects():
        some = ", ".join(there[:10]) + (f" and {len(there) - 10} more" if there[10:] else "")
        raise CommandError(f"The database is not empty, so nothing was restored. It holds: {some}.")


def _load(dump: Path, manifest: Manifest) -> None:
    """In one transaction: a restore that dies leaves the database as empty as it was."""
    server = programs.server_major()
    found = programs.find(at_least=max(server, manifest["dumped_by"]))
    script = [found["pg_restore"], "--no-owner", "--no-privileges", "--file=-", str(dump)]
    load = [found["psql"], "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
    with programs.start(script) as reading, programs.start(load) as loading:
        if reading.stdout is None or loading.stdin is None:
            raise CommandError("No pipe could be opened.")
        with contextlib.suppress(BrokenPipeError):  # psql has stopped, and says why
            loading.stdin.write(b"BEGIN;\n")
            for line in reading.stdout:
                loading.stdin.write(_suited(line, server))
                if line.startswith(b"COPY "):
                    break
            shutil.copyfileobj(reading.stdout, loading.stdin)
            # Without this psql takes back all that it has read.
            if reading.wait() == 0:
                loading.stdin.write(b"COMMIT;\n")
        _out, said = loading.communicate()
        _out, unread = reading.communicate()
    if loading.returncode:
        raise CommandError(f"Nothing was restored. {programs.complaint(load[0], said)}")
    if reading.returncode:
        raise CommandError(f"Nothing was restored. {programs.complaint(script[0], unread)}")


def _suited(line: bytes, server: int) -> bytes:
    if line == _NO_PATH:
        # In a database that was not upgraded yet, generated columns call functions without a path.
        return line.replace(b"''", b"'public'")
    if line == _TIMEOUT and server < 17:  # which does not know it
        return b""
    return b"" if _VERSION_OF_COLUMN.fullmatch(line) else line


def _compare(manifest: Manifest) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
        # Nobody has counted the rows for the planner yet.
        cursor.execute("ANALYZE")
        now = contents.tables()
    names = sorted(now.keys() | manifest["tables"].keys())
    if different := [name for name in names if now.get(name) != manifest["tables"].get(name)]:
        raise CommandError(
            "The backup was restored, but is not equal to what was backed up. These tables differ:"
            f" {', '.join(different)}."
        )
