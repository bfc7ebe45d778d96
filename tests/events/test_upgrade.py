"""A database that holds events already is brought to the newest shape."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from actors.models import Actor, Country
from events.index.current import current_state
from events.models import (
    DERIVED,
    Chronology,
    Citation,
    Event,
    EventType,
    FormerSlug,
    HistoryChange,
    LastChange,
    Participation,
    Source,
)
from tests.catalogue import differences, read_catalogue
from tests.curating import KINDS
from tests.databases import empty_database
from tests.old_versions import (
    WITHOUT_DOCUMENTS,
    WITHOUT_INDEX,
    WITHOUT_UUIDS,
    Models,
    begins,
    columns_of_tables,
    copy_of,
    make_some_of_everything,
    old_databases,
    stored,
)
from tests.searching import events_with

# Tables to which an upgrade adds what comes with the program.
COMES_WITH_THE_PROGRAM = {
    *("actors_country", "actors_countryname", "events_citation", "events_eventtype"),
    *("events_scale", "events_scalescore", "events_source"),
}


@pytest.fixture(scope="module")
def databases(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    with django_db_blocker.unblock(), old_databases() as made:
        yield made


@pytest.fixture
def then(
    request: pytest.FixtureRequest, databases: dict[str, str], django_db_blocker: Any
) -> Iterator[Models]:
    """The models of the version that the test names, in a database of its own."""
    with django_db_blocker.unblock(), copy_of(databases[request.param]):
        yield Models(request.param)


def fixture_uuids(name: str, model: str, key: str) -> dict[str, str]:
    rows = json.loads((settings.BASE_DIR / f"fixtures/{name}.json").read_text("utf-8"))
    return {r["fields"][key]: r["fields"]["uuid"] for r in rows if r["model"] == model}


KEPT = ("actors_actor", "actors_country", "events_event", "events_citation", "events_source")


def rows_of(table: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table} AS t ORDER BY id")  # noqa: S608
        return [json.loads(row) for (row,) in cursor.fetchall()]


@begins(WITHOUT_INDEX)
def test_a_date_with_an_open_beginning_stands_by_its_known_end(then: Models) -> None:
    made = make_some_of_everything(then)
    rows = then["events.Event"].objects.filter(pk=made["nowhere"].pk)
    rows.update(date="../2017-04")
    before = rows.get().updated_at
    call_command("migrate", verbosity=0)
    event = Event.objects.get(pk=made["nowhere"].pk)
    assert (event.date, event.sort_day) == ("../2017-04", date(2017, 4, 30).toordinal())
    assert event.updated_at == before


@begins(WITHOUT_INDEX)
def test_kinds_and_turkey_get_everyday_names_unless_curators_named_them(then: Models) -> None:
    kinds = then["events.EventType"].objects
    old = {"consult": "Consult", "coerce": "Coerce", "assault": "Killing", "accuse": "Accuse"}
    for slug, name in old.items():
        kinds.filter(slug=slug).update(name=name)
    then.make("events.EventType", slug="of-their-own", name="Accusation", quad="neutral")
    then["actors.Country"].objects.filter(iso3="TUR").update(name="Türkiye")
    call_command("migrate", verbosity=0)
    assert dict(EventType.objects.filter(slug__in=old).values_list("slug", "name")) == {
        "consult": "Meeting",
        "coerce": "Arrest or repression",
        "assault": "Killing",
        "accuse": "Accuse",
    }
    assert EventType.objects.get(slug="consult").plover == "CONSULT"
    assert Country.objects.get(iso3="TUR").name == "Turkey"


@begins(WITHOUT_UUIDS)
def test_records_get_uuids_and_stay_as_they_were(then: Models) -> None:
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


@begins(WITHOUT_UUIDS)
def test_first_publication_is_the_best_that_is_known(then: Models) -> None:
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


@begins(WITHOUT_INDEX)
def test_kinds_and_roles_become_rows_that_records_go_on_naming_by_slug(then: Models) -> None:
    public = {"state": "published"}
    kind = then.make("events.EventType", slug="strike", name="Strike", quad="neutral")
    then.make("events.EventType", slug="putsch", name="Coup", quad="material-conflict")
    then["events.EventType"].objects.filter(slug="aid").delete()
    then.make("events.Source", slug="paper", title="P", kind="article", **public)
    actor = then.make("actors.Actor", slug="actor", name="Actor", kind="agency", **public)
    event = then.make_event("event", actor, kind=kind)
    then["events.Participation"].objects.filter(event=event).update(role="called-upon")
    call_command("migrate", verbosity=0)
    agency, role = Actor.objects.get().kind, Participation.objects.get().role
    assert (agency.slug, agency.name, agency.nature) == ("agency", "Agency", "public-body")
    assert (role.slug, role.name, role.side) == ("called-upon", "called upon", "acted-upon")
    names = dict(EventType.objects.values_list("slug", "name"))
    assert names["election"] == "Election"
    assert names["putsch"] == "Coup"
    # Curators have a coup, and want no aid.
    assert not names.keys() & {"coup", "aid"}
    assert "demonstration" in EventType.objects.get(slug="protest").synonyms
    assert EventType.objects.get(slug="strike").quad == "neutral"
    [taken] = current_state().columns["part"].ids.tolist()
    assert (taken >> 16, (taken & 0xFFFF) >> 1) == (actor.pk, role.pk)


@begins(WITHOUT_INDEX)
def test_times_of_change_begin_as_they_were(then: Models) -> None:
    public = {"state": "published"}
    kind = then.make("events.EventType", slug="of-their-own", name="Own", quad="neutral")
    then.make("events.Source", slug="paper", title="P", kind="article", **public)
    actor = then.make("actors.Actor", slug="actor", name="Actor", kind="other", **public)
    kept = [then.make_event(slug, actor, kind=kind).pk for slug in ("deleted-event", "kept")]
    reserved = then.make_event("deleted", actor, kind=kind)
    before = dict(Event.objects.values_list("uuid", "updated_at"))
    uuids = dict(Event.objects.values_list("pk", "uuid"))
    call_command("migrate", verbosity=0)
    after = dict(LastChange.objects.filter(kind="event").values_list("record", "changed_at"))
    assert after.keys() == before.keys()
    assert all(after[uuids[key]] == before[uuids[key]] for key in kept)
    assert Event.objects.get(pk=reserved.pk).slug == "deleted-event-2"
    # Nobody has noted when kinds and countries were changed before.
    kinds = LastChange.objects.filter(kind__in=["actorkind", "eventtype", "country", "role"])
    assert set(kinds.values_list("changed_at", flat=True)) == {None}
    # What an event names has times, too.
    [changed_at] = current_state().times_of(kept[1:]).values()
    assert changed_at >= before[uuids[kept[1]]]


@begins(WITHOUT_INDEX)
def test_what_is_older_than_the_history_is_known_from_its_first_change_on(then: Models) -> None:
    made = make_some_of_everything(then)
    call_command("migrate", verbosity=0)
    assert not HistoryChange.objects.exists()
    rows = Event.objects.filter(pk=made["nowhere"].pk)
    title = rows.get().title
    rows.update(title="Another")
    [change] = HistoryChange.objects.all()
    assert (change.old["title"], change.new) == (title, {"title": "Another"})


# Roles are made. Tables that are derived from others have no permissions any more.
RIGHTS = {"auth_permission", "auth_group", "auth_group_permissions"}


def make_account() -> None:
    call_command("migrate", "auth", verbosity=0)
    User.objects.create_superuser("curator")


@begins(WITHOUT_UUIDS)
def test_an_upgrade_keeps_every_row_and_adds_only_what_is_missing(then: Models) -> None:
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
    columns = columns_of_tables()
    before = stored(columns)
    call_command("migrate", verbosity=0)
    after = stored(columns)
    assert {table for table in before if before[table] - after[table]} - RIGHTS == set()
    added = {table for table in before if after[table] - before[table]} - RIGHTS
    assert added == COMES_WITH_THE_PROGRAM
    assert not Country.objects.get(iso3="SYR").names.exists()
    assert Country.objects.get(iso3="FRA").names.exists()
    assert Country.objects.get(iso3="FRA").citations.exists()
    assert not EventType.objects.filter(slug="aid").exists()
    call_command("load_article", verbosity=0)
    assert Event.objects.count() == 1


@begins(WITHOUT_DOCUMENTS, WITHOUT_INDEX)
def test_rows_of_every_table_are_kept_and_are_found(then: Models) -> None:
    made = make_some_of_everything(then)
    columns = columns_of_tables()
    before = stored(columns)
    # The tables that hold nothing have nothing to do with it.
    assert {table for table in before if not before[table]} <= {
        *("events_scale", "events_scalescore", "actors_countryname", "events_loadingmark"),
        *("auth_user", "auth_group", "auth_permission", "auth_group_permissions"),
        *("auth_user_groups", "auth_user_user_permissions"),
    }
    call_command("migrate", verbosity=0)
    after = stored(columns)
    assert {table for table in before if before[table] - after[table]} - RIGHTS == set()
    added = {table for table in before if after[table] - before[table]} - RIGHTS
    new = {"events_eventtype"} if then.version == WITHOUT_INDEX else COMES_WITH_THE_PROGRAM
    assert added == new
    state = current_state()
    keys = {name: made[name].pk for name in made}
    assert set(state.keys.tolist()) == {keys["here"], keys["there"], keys["nowhere"]}
    places = state.columns["location"]
    found = {
        place: set(state.keys[places.having_any([keys[place]], state.size)].tolist())
        for place in ("town", "province")
    }
    assert found == {"town": {keys["here"]}, "province": {keys["here"], keys["there"]}}
    assert [event.pk for event in events_with("nowhere")] == [keys["nowhere"]]


@begins(WITHOUT_UUIDS)
def test_an_upgrade_of_a_database_with_an_account_alone_loads_nothing(then: Models) -> None:
    make_account()
    call_command("prepare")
    assert not Event.objects.exists()
    assert Country.objects.count() == 271


def _comes_with_the_program() -> dict[str, list[str]]:
    """The rows of each model, without the times of loading and what is different on every site."""
    found = {}
    models = [m for label in ("actors", "events") for m in apps.get_app_config(label).get_models()]
    for model in models:
        if model not in (*DERIVED, Chronology):
            keys = [field.name for field in model._meta.fields if field.is_relation]
            rows = serializers.serialize(
                "python",
                model._default_manager.select_related(*keys),
                use_natural_foreign_keys=True,
                use_natural_primary_keys=True,
            )
            for row in rows:
                row["fields"].pop("created_at", None)
                row["fields"].pop("updated_at", None)
                row["fields"].pop("changed_at", None)
            found[model._meta.label] = sorted(map(str, rows))
    return found


def _made() -> tuple[dict[str, str], dict[str, list[str]], set[tuple[str, str]]]:
    """What the database consists of and holds, and the migrations that it has had."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    return read_catalogue(), _comes_with_the_program(), applied


def test_squashed_migrations_make_the_same_database(
    databases: dict[str, str], django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        with copy_of(databases[WITHOUT_INDEX]):
            call_command("migrate", verbosity=0)
            catalogue, rows, applied = _made()
        with empty_database("squashed"):
            call_command("migrate", verbosity=0)
            catalogue_now, rows_now, applied_now = _made()
            assert (Chronology.objects.count(), Country.objects.count()) == (1, 271)
            assert Citation.objects.filter(country__iso3="FRA").exists()
    assert differences(catalogue, catalogue_now) == {}
    assert [label for label in rows if rows[label] != rows_now[label]] == []
    assert applied == applied_now


@begins(WITHOUT_INDEX)
def test_accounts_keep_what_they_could_do_and_roles_are_made(then: Models) -> None:
    call_command("migrate", "events", "0041_lasting_sources", verbosity=0)
    call_command("migrate", "auth", verbosity=0)
    kept = Group.objects.create(name="editor")  # a site may have one of this name
    word = ContentType.objects.get_or_create(app_label="events", model="searchword")[0]
    named = {"name": "Can view search word"}
    Permission.objects.get_or_create(content_type=word, codename="view_searchword", defaults=named)
    writing = User.objects.create_user("writing", is_staff=True)
    writing.user_permissions.add(permission("change_event"), permission("view_searchword"))
    looking = User.objects.create_user("looking", is_staff=True)
    looking.user_permissions.add(permission("view_actor"))
    citing = Group.objects.create(name="citing")
    citing.permissions.add(permission("add_citation"))
    nobody = User.objects.create_user("nobody")
    call_command("migrate", verbosity=0)
    held = {user.username: codes(user.user_permissions) for user in User.objects.all()}
    reviews = {f"review_{name}" for name in KINDS}
    assert held == {
        "writing": {"change_event", "publish_event"} | reviews,
        "looking": {"view_actor"} | reviews,
        "nobody": set(),
    }
    assert nobody.username in held
    assert codes(citing.permissions) == {"add_citation"} | reviews | {
        f"publish_{name}" for name in KINDS
    }
    contributor = codes(Group.objects.get(name="contributor").permissions)
    assert {"add_event", "change_citation", "view_role"} <= contributor
    assert not {c for c in contributor if c.startswith(("publish", "review"))}
    assert {"publish_event", "review_claim", "add_role"} <= codes(kept.permissions)
    administrator = codes(Group.objects.get(name="administrator").permissions)
    assert {"change_chronology", "add_user", "publish_event"} <= administrator
    derived = ["searchword", "statementsearch", "statementevent", "deletedevent", "formerslug"]
    assert not Permission.objects.filter(content_type__model__in=derived).exists()


def permission(code: str) -> Permission:
    return Permission.objects.get(codename=code)


def codes(permissions: Any) -> set[str]:
    return set(permissions.values_list("codename", flat=True))
