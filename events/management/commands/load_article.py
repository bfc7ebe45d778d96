"""Loads the chronology that Chancery comes with, unless the database already holds one.

The citations of names and countries came later than these: a database that was filled before gets
them at its next start, once, for as much as is still there under its name.
"""

from typing import Any

from django.core.management import BaseCommand, call_command
from django.db import connection, transaction
from django.db.models import Q

from actors.models import Country
from events.loading import load_citations
from events.models import Citation, Event, EventType

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
            is_new = not Event.objects.exists()
            if is_new:
                call_command("loaddata", "article", verbosity=0)
            added = self._cite()
        if is_new:
            self.stdout.write(f"Loaded {Event.objects.count()} events.")
        elif added:
            self.stdout.write(f"The chronology is already there; it got {added} more citations.")
        else:
            self.stdout.write("The chronology is already there; nothing was loaded.")

    def _cite(self) -> int:
        """Citations of countries and of names, unless there are such already; how many."""
        added = 0
        if not Citation.objects.filter(country__isnull=False).exists():
            added += load_citations("country_citations")
        of_names = Q(actor_name__isnull=False) | Q(location_name__isnull=False)
        if not Citation.objects.filter(of_names).exists():
            added += load_citations("article_citations")
        return added
