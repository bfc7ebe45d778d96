"""Loads the chronology that Chancery comes with, unless the database already holds one."""

from typing import Any

from django.core.management import BaseCommand, call_command
from django.db import connection, transaction

from actors.models import Country
from events.models import Event, EventType

# Any number will do, as long as it is this command's own.
LOCK = 5_140_417


class Command(BaseCommand):
    help = (
        "Load countries and event types, and the article's chronology if there is no event yet. "
        "What curators have changed is never written over."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                # Two starts at once load once.
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            if not Country.objects.exists():
                call_command("loaddata", "countries", verbosity=0)
            if not EventType.objects.exists():
                call_command("loaddata", "kinds", verbosity=0)
            if Event.objects.exists():
                self.stdout.write("The chronology is already there; nothing was loaded.")
                return
            call_command("loaddata", "article", verbosity=0)
        self.stdout.write(f"Loaded {Event.objects.count()} events.")
