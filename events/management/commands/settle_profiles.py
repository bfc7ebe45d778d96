"""Reads the words of profiles of which nothing is known (`events.models.ProfileWords`).

Searches are right without it, and slower: a profile is left so where two wrote at one time.
"""

from typing import Any

from django.core.management import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = (
        "Read the words of profiles of which nothing is known, because two wrote at one time, so"
        " that searches need not look at each of their events. Nothing waits for it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT settle_profiles()")
            [number] = cursor.fetchone()
        if number:
            self.stdout.write(f"Profiles whose words were read: {number}.")
