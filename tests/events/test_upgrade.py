"""A database that holds events already is brought to the newest shape."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from actors.models import Country
from events.index.current import current_state
from events.models import (
    DERIVED,
    Chronology,
    Event,
    EventType,
    FormerSlug,
    Source,
)
from tests.databases import empty_database
from tests.searching import events_with

# Tables that older versions derived from others.
NO_LONGER_DERIVED = {
    *("events_eventfacts", "events_profile", "events_profilewords", "events_eventsearch"),
    *("events_placetally", "events_spantally", "events_monthtally"),
}
# Before facts and documents had one table; before records had UUIDs.
EARLIER = ("events", "0006_search")
WITHOUT_UUIDS = ("events", "0019_deep_places")


@pytest.fixture
def unmigrated(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), empty_database("upgrade"):
        yield


class Models:
    """The models as they were at a migration, to which the database is brought."""

    def __init__(self, *target: str) -> None:
        call_command("migrate", *target, verbosity=0)
        self._apps = MigrationExecutor(connection).loader.project_state([target]).apps

    def make(self, model: str, /, **values: Any) -> Any:
        return self._apps.get_model(*model.split(".")).objects.create(**values)

    def make_event(self, slug: str, actor: Any, **values: Any) -> Any:
        """Published, cited, and with the actor in it."""
        with transaction.atomic():
            event = self.make(
                "events.Event",
                slug=slug,
                title=slug,
                standing="reported",
                **{"state": "published", "date": "2017-04-04"} | values,
            )
            source = self._apps.get_model("events.Source").objects.get(slug="paper")
            self.make("events.Citation", source=source, event=event)
            self.make("events.Participation", event=event, actor=actor, role="participant")
        return event


def test_the_index_knows_events_of_an_older_database(unmigrated: None) -> None:
    then = Models(*EARLIER)
    public = {"state": "published"}
    then.make("events.Source", slug="paper", title="A paper", kind="article", **public)
    kind = then.make("events.EventType", slug="assault", name="Assault", quad="neutral")
    country = then.make("events.Location", slug="syria", name="Syria", kind="country", **public)
    town = then.make("events.Location", slug="t", name="T", kind="town", parent=country, **public)
    actor = then.make("actors.Actor", slug="actor", name="Actor", kind="other", **public)
    here = then.make_event("here", actor, kind=kind, location=town)
    there = then.make_event("there", actor, kind=kind, location=country)
    nowhere = then.make_event("nowhere", actor, kind=kind, date="2017/..")
    call_command("migrate", verbosity=0)
    state = current_state()
    assert set(state.keys.tolist()) == {here.pk, there.pk, nowhere.pk}
    places = state.columns["location"]
    found = {key: state.keys[places.having_any([key], 3)].tolist() for key in (country.pk, town.pk)}
    assert found == {country.pk: [here.pk, there.pk], town.pk: [here.pk]}
    assert [event.pk for event in events_with("nowhere")] == [nowhere.pk]


def fixture_uuids(name: str, model: str, key: str) -> dict[str, str]:
    rows = json.loads((settings.BASE_DIR / f"fixtures/{name}.json").read_text("utf-8"))
    return {r["fields"][key]: r["fields"]["uuid"] for r in rows if r["model"] == model}


KEPT = ("actors_actor", "actors_country", "events_event", "events_citation", "events_source")


def rows_of(table: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table} AS t ORDER BY id")  # noqa: S608
        return [json.loads(row) for (row,) in cursor.fetchall()]


def test_records_get_uuids_and_stay_as_they_were(unmigrated: None) -> None:
    then = Models(*WITHOUT_UUIDS)
    public = {"state": "published"}
    then.make("events.Source", slug="paper", title="A paper", kind="article", **public)
    kinds = [
        then.make("events.EventType", slug=slug, name=slug, quad="neutral")
        for slug in ("assault", "kind-of-their-own")
    ]
    then.make("events.Source", slug="iso-codes", title="ISO", kind="dataset", **public)
    country = then.make("actors.Country", iso3="SYR", name="Syria, as a curator calls it")
    name = then.make("actors.CountryName", country=country, language="fr", name="La Syrie")
    actor = then.make("actors.Actor", slug="actor", name="Actor", kind="other", **public)
    then.make_event("first", actor, kind=kinds[0])
    then.make_event("second", actor, kind=kinds[1])
    before = {table: rows_of(table) for table in KEPT}
    call_command("migrate", verbosity=0)
    for table, rows in before.items():
        now = {row["id"]: row for row in rows_of(table)}
        assert [{name: now[row["id"]][name] for name in row} for row in rows] == rows
    assert len(set(Event.objects.values_list("uuid", flat=True))) == 2
    # What is the same on every site has the UUID that it has on a new one.
    known = fixture_uuids("countries", "actors.country", "iso3")
    [kept] = Country.objects.filter(pk=country.pk)
    assert (kept.name, str(kept.uuid)) == ("Syria, as a curator calls it", known["SYR"])
    names = json.loads((settings.BASE_DIR / "fixtures/countries.json").read_text("utf-8"))
    [french] = [
        n["fields"]
        for n in names
        if n["fields"].get("country") == ["SYR"] and n["fields"]["language"] == "fr"
    ]
    assert str(kept.names.get(pk=name.pk).uuid) == french["uuid"]
    known = fixture_uuids("references", "events.source", "slug")
    assert str(Source.objects.get(slug="iso-codes").uuid) == known["iso-codes"]
    known = fixture_uuids("kinds", "events.eventtype", "slug")
    assert str(EventType.objects.get(slug="assault").uuid) == known["assault"]
    assert EventType.objects.get(slug="kind-of-their-own").uuid.version == 4
    assert Chronology.objects.count() == 1
    Event.objects.filter(slug="first").update(slug="third")
    assert [former.name for former in FormerSlug.objects.all()] == ["event:first"]


def test_first_publication_is_the_best_that_is_known(unmigrated: None) -> None:
    then = Models(*WITHOUT_UUIDS)
    kind = then.make("events.EventType", slug="assault", name="Assault", quad="neutral")
    then.make("events.Source", slug="paper", title="P", kind="article", state="published")
    actor = then.make("actors.Actor", slug="actor", name="Actor", kind="other", state="published")
    made = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    events = {
        name: then.make_event(name.replace(" ", "-"), actor, kind=kind, created_at=made, **state)
        for name, state in [
            ("never touched", {"state": "published"}),
            ("published by an action", {"state": "published"}),
            ("published by its form", {"state": "published"}),
            ("withdrawn", {"state": "withdrawn"}),
            ("draft", {"state": "draft"}),
        ]
    }
    for app in ("admin", "auth"):
        call_command("migrate", app, verbosity=0)
    user = User.objects.create(username="curator")
    events_of, _ = ContentType.objects.get_or_create(app_label="events", model="event")
    messages = {
        "never touched": ["Title"],
        "published by an action": ["state: Withdrawn", "state: Published", "state: Published"],
        "published by its form": ["Title", "State"],
        "draft": ["Title"],
    }
    for name, fields in messages.items():
        for days, field in enumerate(fields, start=1):
            LogEntry.objects.create(
                user=user,
                content_type=events_of,
                object_id=str(events[name].pk),
                object_repr="",
                action_flag=2,
                change_message=f'[{{"changed": {{"fields": ["{field}"]}}}}]',
                action_time=made + timedelta(days=days),
            )
    before = list(Event.objects.order_by("pk").values_list("pk", "created_at", "updated_at"))
    call_command("migrate", verbosity=0)
    after = list(Event.objects.order_by("pk").values_list("pk", "created_at", "updated_at"))
    assert after == before
    found = dict(Event.objects.values_list("pk", "published_at"))
    assert {name: found[event.pk] for name, event in events.items()} == {
        "never touched": made,
        "published by an action": made + timedelta(days=2),
        "published by its form": made + timedelta(days=2),
        "withdrawn": made,
        "draft": None,
    }


def _stored(columns: dict[str, list[str]]) -> dict[str, set[tuple[Any, ...]]]:
    """The rows of each table in these columns, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table, names in columns.items():
            cursor.execute(f"SELECT {', '.join(f'{name}::text' for name in names)} FROM {table}")  # noqa: S608
            found[table] = set(cursor.fetchall())
    return found


def _columns() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, array_agg(attname::text) FROM pg_class"
            " JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped"
            " WHERE relkind = 'r' AND relname ~ '^(actors|auth|events)_' GROUP BY relname"
        )
        derived = {model._meta.db_table for model in DERIVED} | NO_LONGER_DERIVED
        return {table: names for table, names in cursor.fetchall() if table not in derived}


def make_account() -> None:
    call_command("migrate", "auth", verbosity=0)
    User.objects.create_superuser("curator")


def test_an_upgrade_keeps_every_row_and_adds_only_what_is_missing(unmigrated: None) -> None:
    then = Models(*WITHOUT_UUIDS)
    public = {"state": "published"}
    make_account()
    syria = then.make("actors.Country", iso3="SYR", iso2="SY", name="Syrian Arab Republic")
    then.make("events.Source", slug="paper", title="A paper", kind="article", **public)
    # Two kinds of our own, one of which has the name of one that comes with the program.
    then.make("events.EventType", slug="convoy", name="Aid", plover="AID", quad="neutral")
    kind = then.make("events.EventType", slug="assault", name="Attack", quad="neutral")
    actor = then.make("actors.Actor", slug="russia", name="R.", kind="other", country=syria)
    then.make_event("ours", actor, kind=kind)
    then.make("actors.Tenure", person=actor, office="Chief", began="2001", began_is="real")
    columns = _columns()
    before = _stored(columns)
    call_command("migrate", verbosity=0)
    after = _stored(columns)
    assert {table for table in before if before[table] - after[table]} == set()
    added = {table for table in before if after[table] - before[table]}
    assert added - {"auth_permission"} == {
        *("actors_country", "actors_countryname", "events_citation", "events_eventtype"),
        *("events_scale", "events_scalescore", "events_source"),
    }
    assert not Country.objects.get(iso3="SYR").names.exists()
    assert Country.objects.get(iso3="FRA").names.exists()
    assert Country.objects.get(iso3="FRA").citations.exists()
    assert not EventType.objects.filter(slug="aid").exists()
    call_command("load_article", verbosity=0)
    assert Event.objects.count() == 1


def test_an_upgrade_of_a_database_with_an_account_alone_loads_nothing(unmigrated: None) -> None:
    Models(*WITHOUT_UUIDS)
    make_account()
    call_command("prepare")
    assert not Event.objects.exists()
    assert Country.objects.count() == 271
