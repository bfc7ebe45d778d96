"""Brings the database up to date before it is served: migrations, loading, what searches know."""

from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command
from django.db import connection

# Any number will do, as long as it is that of this command alone.
_LOCK = 5_140_418


class Command(BaseCommand):
    help = (
        "Migrate the database, load the article unless loading has begun before, and settle"
        " profiles. Of two that start at once, one waits for the other."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="load nothing, now and later")

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 0; SET statement_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            cursor.execute("RESET lock_timeout; RESET statement_timeout")
        try:
            call_command("migrate", verbosity=0)
            call_command("load_article", empty=options["empty"], stdout=self.stdout)
            call_command("settle_profiles", stdout=self.stdout)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
