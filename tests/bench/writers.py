"""What it takes to write, in the database that was loaded; it is left as it was.

Saving goes through the models, as the admin's does: an event with two participations and a
citation in one transaction. PostgreSQL's CPU time is that of the process behind the connection, of
many saves together, because the system counts in hundredths of a second.
"""

import os
import time
from contextlib import suppress
from pathlib import Path
from random import Random

from django.db import connection, transaction

from actors.models import Actor
from events.models import Citation, Event, EventType, Location, Participation, Source
from tests.bench.chosen import Chosen
from tests.bench.measuring import percentile
from tests.bench.results import Writers

SAVES = 100
# Saves beforehand, which have plans made and read tables for the first time.
_FIRST = 10
_STEM = "bench-saved-"
_WORDS = ("Ministers", "meet", "after", "the", "harvest", "about", "water", "roads", "and", "trade")


class Saver:
    """New events among the records that are there, which are chosen at random, always alike."""

    def __init__(self) -> None:
        self._random = Random(1)  # noqa: S311 - the same each time
        self._actors = self._some(Actor)
        self._places = self._some(Location)
        self._sources = self._some(Source)
        self._kinds = list(EventType.objects.values_list("pk", flat=True))
        self._saved = 0

    def _some(self, model: type[Actor] | type[Location] | type[Source]) -> list[int]:
        keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
        return self._random.sample(keys, min(1000, len(keys)))

    def save(self) -> Event:
        random = self._random
        self._saved += 1
        with transaction.atomic():
            event = Event.objects.create(
                slug=f"{_STEM}{self._saved}",
                title=" ".join(random.sample(_WORDS, 6)),
                summary=" ".join(random.choices(_WORDS, k=20)),
                date=f"{random.randint(1990, 2019)}-{random.randint(1, 12):02}",
                kind_id=random.choice(self._kinds),
                location_id=random.choice(self._places),
                standing="reported",
                state="published",
            )
            source = random.choice(self._sources)
            Citation.objects.create(event=event, source_id=source, locator="p. 1")
            for actor in random.sample(self._actors, 2):
                Participation.objects.create(event=event, actor_id=actor, role_id="participant")
        return event


def remove_saved() -> None:
    """Also those of a run that was stopped."""
    with transaction.atomic():
        Event.objects.filter(slug__startswith=_STEM).delete()


def measure_saves(writers: Writers) -> None:
    remove_saved()
    saver, times = Saver(), list[float]()
    for _ in range(_FIRST):
        saver.save()
    before = _cpu_seconds()
    for _ in range(SAVES):
        began = time.perf_counter()
        saver.save()
        times.append((time.perf_counter() - began) * 1000)
    after = _cpu_seconds()
    remove_saved()
    writers.saves = SAVES
    writers.save_p50_ms, writers.save_p95_ms = percentile(times, 50), percentile(times, 95)
    if before is not None and after is not None:
        writers.save_cpu_ms = (after - before) * 1000 / SAVES


def measure_rename(writers: Writers, chosen: Chosen) -> None:
    """Give the actor with the most events another name, and its own again."""
    actor = Actor.objects.filter(slug=chosen.acting.slug)
    began = time.perf_counter()
    actor.update(name=f"{chosen.acting.name[:290]} anew")
    writers.rename_seconds = time.perf_counter() - began
    writers.renamed = chosen.acting_events
    actor.update(name=chosen.acting.name)


def _cpu_seconds() -> float | None:
    """Of PostgreSQL's process behind Django's connection; None where /proc does not tell."""
    connection.ensure_connection()
    process = connection.connection.info.backend_pid
    with suppress(OSError):
        # The name of the program, which may hold anything, ends with the last bracket.
        fields = Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return None
