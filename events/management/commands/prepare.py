"""Brings the database up to date before it is served: migrations, loading, the event index."""

from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command
from django.db import connection

from events.index.facts import make_facts_if_lost

# Any number will do, as long as it is that of this command alone.
_LOCK = 5_140_418


class Command(BaseCommand):
    help = (
        "Migrate the database, load the article unless loading has begun before, and make the facts"
        " of the event index anew where they are lost. Of two that start at once, one waits for the"
        " other."
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
            make_facts_if_lost()
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
