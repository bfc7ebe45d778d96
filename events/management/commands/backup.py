"""Writes a dump of the database and a manifest of what is in it (`config.backup`)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser
from django.utils import timezone

from config.backup.files import manifest_of
from config.backup.saving import save


class Command(BaseCommand):
    help = (
        "Write a dump of the database and, beside it, a manifest with the rows and the checksum of"
        " each table. Both are of one moment; the site may be running."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="where; under var/backups/ unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        name = f"chancery-{timezone.now():%Y%m%dT%H%M%SZ}.dump"
        path = Path(options["file"] or settings.VAR_DIR / "backups" / name)
        manifest = save(path)
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"Backed up {rows} rows of {len(manifest['tables'])} tables to {path}"
            f" (manifest: {manifest_of(path).name}). Keep both files together."
        )
