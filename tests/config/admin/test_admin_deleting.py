"""Deleting in the admin: whole trees, what stands in the way, what goes along."""

import time
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, ActorName, Tenure
from events.models import (
    Citation,
    Event,
    EventType,
    Location,
    Participation,
    Position,
    Scale,
    Source,
    Statement,
)
from tests.curating import address
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_kind,
    make_location,
    make_source,
    make_statement,
    take_position,
)

# Seconds are those of this process: how busy the machine is besides is no failure.
pytestmark = pytest.mark.django_db


def delete(client: Client, *records: Model, confirmed: bool = True) -> Any:
    """ "Delete selected" on the list of the records."""
    data = {"action": "delete_selected", "_selected_action": [record.pk for record in records]}
    page = address(type(records[0]), "changelist")
    return client.post(page, data | ({"post": "yes"} if confirmed else {}))


def delete_alone(client: Client, record: Model, *, confirmed: bool = True) -> Any:
    page = address(record, "delete")
    return client.post(page, {"post": "yes"}) if confirmed else client.get(page)


def tree_of_actors() -> list[Actor]:
    state = make_actor(name="State")
    ministry = make_actor(name="Ministry", part_of=state)
    return [state, ministry, make_actor(name="Office", part_of=ministry)]


def tree_of_places() -> list[Location]:
    country = make_location(name="Land")
    province = make_location(name="Province", parent=country)
    return [country, province, make_location(name="Town", parent=province)]


@pytest.mark.parametrize("make", [tree_of_actors, tree_of_places])
def test_tree_is_deleted_when_all_of_it_is_chosen(admin_client: Client, make: Any) -> None:
    rows = make()
    for row in rows:
        row.names.create(language="ru", name="Имя")
        cite(row)
    page = delete(admin_client, *rows, confirmed=False).content.decode()
    assert "Are you sure" in page
    assert all(f">{row}</a>" in page for row in rows)
    assert delete(admin_client, *rows).status_code == 302
    assert not type(rows[0]).objects.exists()
    assert not Citation.objects.exists()
    connection.check_constraints()
    assert LogEntry.objects.count() == 3


@pytest.mark.parametrize("make", [tree_of_actors, tree_of_places])
def test_branch_is_deleted_and_the_rest_of_the_tree_stays(admin_client: Client, make: Any) -> None:
    root, *branch = make()
    assert delete(admin_client, *branch).status_code == 302
    assert list(type(root).objects.all()) == [root]
    root.refresh_from_db()
    assert root.lineage == [root.pk]


@pytest.mark.parametrize("make", [tree_of_actors, tree_of_places])
def test_part_that_is_not_chosen_stands_in_the_way_by_name(admin_client: Client, make: Any) -> None:
    root, middle, leaf = make()
    for confirmed in (False, True):
        for response in (
            delete_alone(admin_client, root, confirmed=confirmed),
            delete(admin_client, root, confirmed=confirmed),
            delete(admin_client, root, leaf, confirmed=confirmed),
        ):
            page = response.content.decode()
            assert "protected related objects" in page
            assert f'href="{address(middle, "change")}">{middle}</a>' in page
            assert f">{leaf}</a>" not in page
            assert "Are you sure" not in page
            assert 'name="post"' not in page
    assert type(root).objects.count() == 3


def test_holder_and_body_of_an_office_are_deleted_together(admin_client: Client) -> None:
    person, body = make_actor(name="Person"), make_actor(name="Body")
    tenure = Tenure.objects.create(person=person, office="Mayor", body=body)
    cite(tenure)
    page = delete_alone(admin_client, body, confirmed=False).content.decode()
    assert f'href="{address(tenure, "change")}">Person, Mayor</a>' in page
    assert "Are you sure" not in page
    assert delete(admin_client, person, body).status_code == 302
    assert (Actor.objects.count(), Tenure.objects.count(), Citation.objects.count()) == (0, 0, 0)


def test_all_that_stands_in_the_way_is_named_at_once(admin_client: Client) -> None:
    actor = make_actor(name="Actor")
    make_event(actor)
    rows = [
        make_actor(name="Part", part_of=actor),
        make_statement(actor, paraphrase="Said by it"),
        Participation.objects.get(),
        Tenure.objects.create(person=make_actor(name="Holder"), office="Mayor", body=actor),
    ]
    page = delete_alone(admin_client, actor, confirmed=False).content.decode()
    for row in rows:
        assert f'href="{address(row, "change")}">{row}</a>' in page


@pytest.mark.parametrize("lean", ["source", "via"])
def test_source_stays_while_a_citation_leans_on_it(admin_client: Client, lean: str) -> None:
    source, other = make_source(), make_source()
    if lean == "source":
        cite(make_actor(), source)
    else:
        cite(make_actor(), other, via=source, access="second-hand")
    page = delete_alone(admin_client, source).content.decode()
    assert "protected related objects" in page
    assert Source.objects.count() == 2
    citation = Citation.objects.get()
    assert f'href="{address(citation, "change")}">' in page


def test_country_and_kind_stay_while_something_leans_on_them(admin_client: Client) -> None:
    country, kind = make_country(), make_kind()
    actor = make_actor(country=country)
    place = make_location(country=country)
    event = make_event(kind=kind)
    page = delete_alone(admin_client, country).content.decode()
    assert f">{actor}</a>" in page
    assert f">{place}</a>" in page
    assert f">{event}</a>" in delete(admin_client, kind).content.decode()
    country.refresh_from_db()
    kind.refresh_from_db()


def test_kind_is_deleted_with_its_scores_when_its_events_are_gone(admin_client: Client) -> None:
    kind = make_kind("made-up")
    scale = Scale.objects.create(name="Scale", version="1", low=-10, high=10, reference="A paper")
    scale.scores.create(kind=kind, score=1)
    event = make_event(kind=kind)
    assert delete(admin_client, event).status_code == 302
    page = delete_alone(admin_client, kind, confirmed=False).content.decode()
    assert "Made-up: +1.0" in page
    assert delete_alone(admin_client, kind).status_code == 302
    assert not EventType.objects.filter(slug="made-up").exists()


def test_everything_that_goes_along_is_said(admin_client: Client) -> None:
    actor = make_actor(name="Actor")
    name = actor.names.create(language="ru", name="Имя")
    cite(name)
    Tenure.objects.create(person=actor, office="Mayor")
    page = delete_alone(admin_client, actor, confirmed=False).content.decode()
    for words in ("Actors: 1", "Actor names: 1", "Tenures: 1", "Citations: 1", "Actor, Mayor"):
        assert words in page
    event = make_event()
    statement = make_statement(occasion=event)
    take_position(statement, "condemns", event=event)
    take_position(statement, "asserts", claim=make_claim(event))
    page = delete_alone(admin_client, event, confirmed=False).content.decode()
    for words in (
        "Events: 1",
        "Claims: 1",
        "Positions: 2",
        "Citations: 2",
        "Statements that stay without their occasion: 1",
    ):
        assert words in page
    assert "fact" not in page
    assert delete_alone(admin_client, event).status_code == 302
    assert Statement.objects.get().occasion is None
    assert not Position.objects.exists()


def test_statements_that_answer_each_other_are_deleted_together(admin_client: Client) -> None:
    first, second = make_statement(), make_statement()
    take_position(second, "rejects", answered=first)
    take_position(first, "denies", answered=second)
    assert delete(admin_client, first, second).status_code == 302
    assert not Statement.objects.exists()


def test_ten_thousand_rows_that_go_along_make_a_small_page(admin_client: Client) -> None:
    actor = make_actor()
    rows = [ActorName(actor=actor, language="ru", name=f"Имя {n}") for n in range(10_000)]
    ActorName.objects.bulk_create(rows)
    began = time.process_time()
    response = delete_alone(admin_client, actor, confirmed=False)
    assert time.process_time() - began < 10
    page = response.content.decode()
    assert "Actor names: 10000" in page
    assert "and 9950 more actor names" in page
    assert len(response.content) < 50_000


def test_ten_thousand_rows_in_the_way_make_a_small_page(admin_client: Client) -> None:
    source, actor = make_source(), make_actor()
    Citation.objects.bulk_create(
        Citation(source=source, actor=actor, locator=f"p. {number}") for number in range(10_000)
    )
    began = time.process_time()
    response = delete_alone(admin_client, source, confirmed=False)
    assert time.process_time() - began < 10
    assert "and 9950 more citations" in response.content.decode()
    assert len(response.content) < 50_000


def large_tree(number: int) -> list[Location]:
    """A province with districts of twenty towns each."""
    top = [make_location()]
    while len(top) < number // 20:
        top.append(make_location(parent=top[0]))
    slugs = [f"town-{number}-{position}" for position in range(number - len(top))]
    towns = Location.objects.bulk_create(
        Location(slug=slug, name=slug, kind="town", parent=top[position // 20 % len(top)])
        for position, slug in enumerate(slugs)
    )
    return [*top, *towns]


def test_tree_of_two_thousand_places_is_deleted(admin_client: Client) -> None:
    asked = []
    for number in (40, 2000):
        rows = large_tree(number)
        with CaptureQueriesContext(connection) as captured:
            assert "Are you sure" in delete(admin_client, *rows, confirmed=False).content.decode()
        asked.append(len(captured))
        began = time.process_time()
        with CaptureQueriesContext(connection) as captured:
            assert delete(admin_client, *rows).status_code == 302
        assert time.process_time() - began < 10
        assert len(captured) < 100
        assert not Location.objects.exists()
    assert asked[0] == asked[1]


def test_more_than_five_thousand_are_not_deleted_at_once(admin_client: Client) -> None:
    actor = make_actor()
    rows = [ActorName(actor=actor, language="ru", name=f"Имя {n}") for n in range(5001)]
    ActorName.objects.bulk_create(rows)
    data = {"action": "delete_selected", "_selected_action": [rows[0].pk], "select_across": "1"}
    page = address(ActorName, "changelist")
    response = admin_client.post(page, data | {"index": "0"}, follow=True)
    (message,) = response.context["messages"]
    assert str(message) == "At most 5000 are deleted at once, and 5001 are chosen."
    assert actor.names.count() == 5001


def test_account_with_a_long_history_is_deleted_by_numbers(admin_client: Client) -> None:
    user = User.objects.create_user("curator")
    LogEntry.objects.bulk_create(
        LogEntry(user=user, action_flag=2, object_repr=f"Event {n}") for n in range(2000)
    )
    page = delete_alone(admin_client, user, confirmed=False).content.decode()
    assert "Log entries: 2000" in page
    assert "and 1950 more log entries" in page


def test_nothing_that_the_curator_may_not_delete_is_offered(client: Client) -> None:
    staff = User.objects.create_user("staff", is_staff=True)
    client.force_login(staff)
    permissions = Permission.objects.filter(
        codename__in=["view_actor", "delete_actor", "review_actor", "publish_actor"]
    )
    staff.user_permissions.add(*permissions)
    actor = make_actor()
    actor.names.create(language="ru", name="Имя")
    page = delete_alone(client, actor, confirmed=False).content.decode()
    assert "doesn't have permission to delete" in page.replace("&#x27;", "'")
    assert "actor name" in page
    assert delete_alone(client, actor).status_code == 403
    assert delete(client, actor).status_code == 403
    staff.user_permissions.add(Permission.objects.get(codename="delete_actorname"))
    client.force_login(User.objects.get(pk=staff.pk))
    assert delete_alone(client, actor).status_code == 302
    assert not Event.objects.exists()
