"""Databases as older versions of the program made them, and the models that they had."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations import executor
from django.db.migrations.loader import MigrationLoader

from events.models import DERIVED
from tests.databases import create_database, drop_database, using

# The last migrations of versions that had data of users: before facts and documents had one table;
# before records had UUIDs; before facts had a table that the event index reads.
WITHOUT_DOCUMENTS = "0006_search"
WITHOUT_UUIDS = "0019_deep_places"
WITHOUT_INDEX = "0029_times_of_loaded_rows"
VERSIONS = (WITHOUT_DOCUMENTS, WITHOUT_UUIDS, WITHOUT_INDEX)
# Tables that older versions derived from others.
NO_LONGER_DERIVED = {
    *("events_eventfacts", "events_profile", "events_profilewords", "events_eventsearch"),
    *("events_placetally", "events_spantally", "events_monthtally"),
}


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


@contextmanager
def copy_of(database: str) -> Iterator[None]:
    """Within, Django uses a copy of the database."""
    name = create_database("upgrade", copy_of=database)
    try:
        with using(name):
            yield
    finally:
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


def begins(*versions: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("then", versions, indirect=True)


def make_some_of_everything(then: Models) -> dict[str, Any]:
    """Returns three events that are public and the places of two of them."""
    public = {"state": "published"}
    country, _ = then["actors.Country"].objects.get_or_create(iso3="SYR", defaults={"name": "S."})
    kind = then.make("events.EventType", slug="parade", name="Parade", quad="neutral")
    paper = then.make("events.Source", slug="paper", title="A paper", kind="article", **public)
    body = then.make("actors.Actor", slug="b", name="B.", kind="state", country=country, **public)
    actor = then.make("actors.Actor", slug="a", name="A.", kind="person", part_of=body, **public)
    then.make("actors.ActorName", actor=actor, language="ru", name="Актёр")
    then.make("actors.Tenure", person=actor, office="Chief", body=body, began="2001")
    province = then.make("events.Location", slug="p", name="P", kind="province", **public)
    town = then.make("events.Location", slug="t", name="T", kind="town", parent=province, **public)
    then.make("events.LocationName", location=town, language="ar", name="ت")
    here = then.make_event("here", actor, kind=kind, location=town)
    there = then.make_event("there", actor, kind=kind, location=province)
    nowhere = then.make_event("nowhere", actor, kind=kind, date="2017/..")
    draft = then.make_event("draft", actor, kind=kind, state="draft")
    then.make("events.EventLink", from_event=here, relation="responds-to", to_event=draft)
    with transaction.atomic():
        claim = then.make("events.Claim", slug="c", text="It was.", event=here, **public)
        said = then.make("events.Statement", speaker=actor, paraphrase="It was.", **public)
        for cited in ({"claim": claim}, {"statement": said}):
            then.make("events.Citation", source=paper, **cited)
    said.audience.add(body)
    then.make("events.Position", statement=said, stance="asserts", claim=claim)
    there.standing, there.slug = "disputed", "there-again"
    there.save()
    return {"here": here, "there": there, "nowhere": nowhere, "town": town, "province": province}


def stored(columns: dict[str, list[str]]) -> dict[str, set[tuple[Any, ...]]]:
    """The rows of each table in these columns, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table, names in columns.items():
            cursor.execute(f"SELECT {', '.join(f'{name}::text' for name in names)} FROM {table}")  # noqa: S608
            found[table] = set(cursor.fetchall())
    return found


def columns_of_tables() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, array_agg(attname::text) FROM pg_class"
            " JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped"
            " WHERE relkind = 'r' AND relname ~ '^(actors|auth|events)_' GROUP BY relname"
        )
        derived = {model._meta.db_table for model in DERIVED} | NO_LONGER_DERIVED
        return {table: names for table, names in cursor.fetchall() if table not in derived}
