"""Databases as older versions of the program made them, and the models that they had."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations import executor
from django.db.migrations.loader import MigrationLoader

from tests.databases import create_database, drop_database, using

# The last migrations of versions that had data of users: before facts and documents had one table;
# before records had UUIDs; before facts had a table that the event index reads.
WITHOUT_DOCUMENTS = "0006_search"
WITHOUT_UUIDS = "0019_deep_places"
WITHOUT_INDEX = "0029_times_of_loaded_rows"
VERSIONS = (WITHOUT_DOCUMENTS, WITHOUT_UUIDS, WITHOUT_INDEX)


class OldFilesLoader(MigrationLoader):
    """Reads the migrations as they were before some of them were squashed."""

    def load_disk(self) -> None:
        super().load_disk()
        old = {key: file for key, file in self.disk_migrations.items() if not file.replaces}
        self.disk_migrations = old


@contextmanager
def old_files() -> Iterator[None]:
    """Within, `migrate` knows no squashed migration."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(executor, "MigrationLoader", OldFilesLoader)
        yield


@contextmanager
def old_databases() -> Iterator[dict[str, str]]:
    """A database of each version, by its last migration. They hold what migrations bring."""
    made: dict[str, str] = {}
    try:
        before = "template1"
        for version in VERSIONS:
            made[version] = create_database(version[:4], copy_of=before)
            with using(made[version]), old_files():
                call_command("migrate", "events", version, verbosity=0)
            before = made[version]
        yield made
    finally:
        for name in made.values():
            drop_database(name)


class Models:
    """The models of a version, in a database that it made."""

    def __init__(self, version: str) -> None:
        self.version = version
        self._apps = OldFilesLoader(connection).project_state([("events", version)]).apps

    def __getitem__(self, name: str) -> Any:
        return self._apps.get_model(*name.split("."))

    def make(self, name: str, /, **values: Any) -> Any:
        return self[name].objects.create(**values)

    def make_event(self, slug: str, actor: Any, **values: Any) -> Any:
        """Published, cited, and with the actor in it."""
        given = {"title": slug, "standing": "reported", "state": "published", "date": "2017-04-04"}
        with transaction.atomic():
            event = self.make("events.Event", slug=slug, **given | values)
            source = self["events.Source"].objects.get(slug="paper")
            self.make("events.Citation", source=source, event=event)
            self.make("events.Participation", event=event, actor=actor, role="participant")
        return event
