"""Takes away the chronology that Chancery came with (`events.article.removing`)."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from events.article.removing import remove_article


class Command(BaseCommand):
    help = (
        "Take the article's records away where nothing of the curators' leans on them, and name"
        " those that stay: what curators changed, and what their records need."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        is_trial = options["dry_run"]
        removal = remove_article(is_trial=is_trial)
        for line in removal.kept:
            self.stdout.write(f"Kept: {line}")
        verb = "Would remove" if is_trial else "Removed"
        self.stdout.write(f"{verb} {removal.number} rows of the article.")
