"""What the history notes: every change, whoever or whatever made it."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from actors.models import Actor, ActorName, Country
from config.db.changes import recorded_as
from events.models import Citation, Event, HistoryChange, HistoryEntry, Participation
from tests.bench.loading import copy_in
from tests.curating import address, opened
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_event,
    make_location,
    make_source,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db


def changes(*keys: str, after: int = 0) -> list[tuple[str, int, str]]:
    """Of what has one of the keys, in order."""
    found = HistoryChange.objects.filter(pk__gt=after, keys__overlap=list(keys)).order_by("pk")
    return list(found.values_list("kind", "row_key", "operation"))


def last() -> int:
    found = HistoryChange.objects.first()
    return found.pk if found else 0


def test_rows_are_noted_with_what_they_belong_to() -> None:
    first, second = make_actor(), make_actor()
    event = make_event(first, second)
    claim = make_claim(event)
    position = take_position(make_statement(first), "denies", claim=claim)
    cited = cite(position)
    parts = Participation.objects.order_by("pk")
    own = Citation.objects.filter(event=event)
    assert changes(f"event:{event.pk}") == [
        ("event", event.pk, "insert"),
        ("citation", own.get().pk, "insert"),
        *(("participation", part.pk, "insert") for part in parts),
        ("claim", claim.pk, "insert"),
    ]
    assert changes(f"claim:{claim.pk}")[-1] == ("position", position.pk, "insert")
    assert changes(f"statement:{position.statement_id}")[-1] == ("position", position.pk, "insert")
    assert changes(f"position:{position.pk}")[-1] == ("citation", cited.pk, "insert")


def test_an_update_notes_the_row_as_it_was_and_the_columns_that_changed() -> None:
    event = make_event(title="Before", date="2017-04")
    before = last()
    Event.objects.filter(pk=event.pk).update(title="After", date="2017-05-01")
    [noted] = HistoryChange.objects.filter(pk__gt=before)
    assert (noted.kind, noted.row_key, noted.operation) == ("event", event.pk, "update")
    assert noted.new == {"title": "After", "date": "2017-05-01"}
    columns = {field.column for field in Event._meta.concrete_fields if not field.generated}
    assert noted.old.keys() == columns
    assert (noted.old["title"], noted.old["date"]) == ("Before", "2017-04")


def test_an_update_that_changes_nothing_is_not_noted() -> None:
    event = make_event()
    before = last()
    Event.objects.update(title=event.title)
    Event.objects.filter(pk=0).update(title="Nothing")
    # What is computed from elsewhere is no change of the row.
    part = make_actor(part_of=make_actor())
    made = last()
    Actor.objects.filter(pk=part.part_of_id).update(part_of=make_actor())
    kinds = HistoryChange.objects.filter(pk__gt=made).values_list("row_key", "operation")
    assert (part.pk, "update") not in kinds
    assert not HistoryChange.objects.filter(pk__gt=before, kind="event").exists()


def test_what_is_deleted_is_noted_with_all_that_goes_with_it() -> None:
    actor = make_actor(name="Gone")
    name = ActorName.objects.create(actor=actor, language="ru", name="Ушёл")
    cited = cite(name)
    before = last()
    actor.delete()
    gone = {
        change.kind: change
        for change in HistoryChange.objects.filter(pk__gt=before, operation="delete")
    }
    assert {kind: change.row_key for kind, change in gone.items()} == {
        "actor": actor.pk or gone["actor"].row_key,
        "actorname": name.pk,
        "citation": cited.pk,
    }
    assert gone["actorname"].old["name"] == "Ушёл"
    assert len({change.entry_id for change in gone.values()}) == 1


def test_copy_bulk_and_raw_sql_are_noted() -> None:
    before = last()
    copy_in(
        Actor, [Actor(pk=10**6 + n, slug=f"a-{n}", name=f"A{n}", kind_id="other") for n in (1, 2)]
    )
    Actor.objects.bulk_create([Actor(slug="bulk", name="Bulk", kind_id="other")])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE actors_actor SET name = name || '!' WHERE slug LIKE 'a-_'")
    noted = HistoryChange.objects.filter(pk__gt=before).order_by("pk")
    assert [(change.operation, change.row_key) for change in noted] == [
        ("insert", 10**6 + 1),
        ("insert", 10**6 + 2),
        ("insert", Actor.objects.get(slug="bulk").pk),
        ("update", 10**6 + 1),
        ("update", 10**6 + 2),
    ]
    assert noted.last().new == {"name": "A2!"}


def test_another_key_is_a_row_that_went_and_one_that_came() -> None:
    name = ActorName.objects.create(actor=make_actor(), language="ru", name="Имя")
    before = last()
    ActorName.objects.filter(pk=name.pk).update(id=10**6)
    noted = HistoryChange.objects.filter(pk__gt=before).order_by("row_key")
    assert [(change.row_key, change.operation) for change in noted] == [
        (name.pk, "delete"),
        (10**6, "insert"),
    ]
    assert noted[0].old["name"] == "Имя"
    assert noted[1].old is None


def test_people_to_whom_something_was_said_are_noted() -> None:
    statement, actor = make_statement(), make_actor()
    before = last()
    statement.audience.add(actor)
    statement.audience.clear()
    kinds = HistoryChange.objects.filter(pk__gt=before).order_by("pk")
    assert [(change.kind, change.operation) for change in kinds] == [
        ("statement_audience", "insert"),
        ("statement_audience", "delete"),
    ]
    assert kinds[1].old["actor_id"] == actor.pk
    assert f"statement:{statement.pk}" in kinds[1].keys


def test_a_save_is_one_entry_that_says_who_why_and_by_what() -> None:
    user = User.objects.create_user("cora")
    before = last()
    with recorded_as(origin="/admin/x/", account=user, reason="  It was 100 % wrong. "):
        event = make_event(make_actor())
    with recorded_as(origin="load"):
        Event.objects.filter(pk=event.pk).update(title="It's “new”, and 5 % more")
    made, loaded = HistoryEntry.objects.filter(changes__pk__gt=before).distinct().order_by("pk")
    assert (made.account_id, made.account_name) == (user.pk, "cora")
    assert (made.reason, made.origin) == ("It was 100 % wrong.", "/admin/x/")
    assert sorted(made.changes.values_list("kind", flat=True)) == [
        *("actor", "citation", "event", "participation", "source"),
    ]
    assert (loaded.account_id, loaded.account_name, loaded.origin) == (None, "", "load")
    assert Event.objects.get(pk=event.pk).title == "It's “new”, and 5 % more"


def test_within_a_description_the_inner_one_holds() -> None:
    actor = make_actor()
    rows = Actor.objects.filter(pk=actor.pk)
    before = last()
    with recorded_as(origin="outer"):
        rows.update(name="1")
        with recorded_as(origin="inner"):
            rows.update(name="2")
        rows.update(name="3")
    rows.update(name="4")
    noted = HistoryChange.objects.filter(pk__gt=before).order_by("pk").select_related("entry")
    assert [(change.new["name"], change.entry.origin) for change in noted] == [
        ("1", "outer"),
        ("2", "inner"),
        ("3", "outer"),
        ("4", ""),
    ]


def test_what_is_rolled_back_leaves_no_entry() -> None:
    actor = make_actor()
    entries = HistoryEntry.objects.count()
    with recorded_as(origin="page"):
        with transaction.atomic():
            Actor.objects.filter(pk=actor.pk).update(name="Lost")
            transaction.set_rollback(True)
        assert HistoryEntry.objects.count() == entries
        Actor.objects.filter(pk=actor.pk).update(name="Kept")
    entry = HistoryEntry.objects.get(origin="page")
    assert [change.new for change in entry.changes.all()] == [{"name": "Kept"}]


def test_statements_of_many_rows_and_of_the_server_are_run_as_before() -> None:
    place = make_location()
    with recorded_as(origin="many"), connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE events_location SET note = %s WHERE id = %s", [("1", place.pk), ("2", place.pk)]
        )
        cursor.execute("WITH one AS (SELECT 1 AS n) SELECT n FROM one")
        assert cursor.fetchall() == [(1,)]
        cursor.execute(
            "UPDATE events_location SET note = %(note)s RETURNING note", {"note": "100 %"}
        )
        assert cursor.rowcount == 1
        assert cursor.fetchall() == [("100 %",)]
        assert [row.pk for row in type(place).objects.iterator()] == [place.pk]
    assert HistoryEntry.objects.filter(origin="many").count() == 1


def test_a_page_of_the_admin_says_who_and_why(admin_client: Client, admin_user: User) -> None:
    source = make_source(title="Paper")
    page = address(source, "change")
    data = opened(admin_client, page) | {"title": "A paper", "change_reason": "Its full name"}
    assert admin_client.post(page, data).status_code == 302
    entry = HistoryEntry.objects.get(origin=page)
    assert (entry.account_name, entry.reason) == (admin_user.username, "Its full name")
    assert [(each.kind, each.new["title"]) for each in entry.changes.all()] == [
        ("source", "A paper")
    ]


def test_reading_says_nothing(admin_client: Client, django_assert_num_queries: Any) -> None:
    make_event(slug="event")
    entries = HistoryEntry.objects.count()
    admin_client.get(reverse("admin:events_event_changelist"))
    admin_client.get("/events/event/")
    assert HistoryEntry.objects.count() == entries
    with recorded_as(origin="page"), django_assert_num_queries(1):
        assert Country.objects.get(iso3="SYR").name == "Syria"


def test_days_and_numbers_are_kept_as_they_are() -> None:
    place = make_location(latitude=33.513807, longitude=36.276528, precision="exact")
    source = make_source(url="https://example.org/", accessed_on=date(2022, 1, 24))
    before = last()
    place.delete()
    source.delete()
    gone = {change.kind: change.old for change in HistoryChange.objects.filter(pk__gt=before)}
    assert (gone["location"]["latitude"], gone["location"]["longitude"]) == (33.513807, 36.276528)
    assert gone["source"]["accessed_on"] == "2022-01-24"
