"""Writes a dump and its manifest, both of one state of the database."""

from pathlib import Path

from django.core.management import CommandError
from django.db import connection, transaction

from config.backup import contents, files, programs
from config.backup.files import Manifest


def save(dump: Path) -> Manifest:
    """A backup that dies leaves no file under these names but files that end in `.partial`."""
    manifest_path = files.manifest_of(dump)
    for path in (dump, manifest_path):
        if path.exists():
            raise CommandError(f"{path} is there already.")
    dump.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial, partial_manifest = (
        path.with_name(f"{path.name}.partial") for path in (dump, manifest_path)
    )
    try:
        # Only its owner may read it: it holds the accounts.
        partial.touch(mode=0o600)
        manifest = _write(partial)
        files.write(partial_manifest, manifest)
        files.keep(partial, dump)
        # The manifest comes last: no dump is restored without.
        files.keep(partial_manifest, manifest_path)
    finally:
        partial.unlink(missing_ok=True)
        partial_manifest.unlink(missing_ok=True)
    return manifest


def _write(partial: Path) -> Manifest:
    server = programs.server_major()
    found = programs.find(at_least=server)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
        programs.run(
            [
                found["pg_dump"],
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                # A comment on an extension is its owner's, who may be another than ours.
                "--no-comments",
                f"--snapshot={snapshot}",
                f"--file={partial}",
            ]
        )
        return {
            "program": files.program(),
            "server": server,
            "dumped_by": found.major,
            "migrations": contents.migrations(),
            "tables": contents.tables(),
            "sha256": files.digest(partial),
        }
