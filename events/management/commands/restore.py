"""Restores what `backup` has written into an empty database (`config.backup`)."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from config.backup.restoring import restore


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty database, of the same or a newer version of PostgreSQL,"
        " and compare the checksums of its rows. Whole or not at all."
    )
    # Before there is a table, nothing can be checked against one.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the dump; its manifest lies beside it")

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = restore(Path(options["file"]))
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"Restored {rows} rows of {len(manifest['tables'])} tables, and every checksum is that"
            " of the backup. `make run`, or `manage.py migrate`, brings it up to date."
        )
