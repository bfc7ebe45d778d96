"""The history of a record in the admin, deleted records, and restoring."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from actors.models import Actor
from config.admin.states import CONFIRMED
from config.db.changes import recorded_as
from events.history.comparing import Piece, by_word
from events.models import Event, HistoryChange, HistoryEntry, Participation
from tests.curating import OF_ALL_RECORDS, address
from tests.events.history.checksums import changed_since, checksums
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_event,
    make_kind,
    make_source,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db


def words(response: Any) -> str:
    """What the page says, without its tags."""
    assert response.status_code == 200, response.status_code
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def entry(origin: str) -> HistoryEntry:
    return HistoryEntry.objects.get(origin=origin)


def restore(**query: Any) -> str:
    return f"{reverse('admin:restore')}?{urlencode(query)}"


def deletion(row: int, kind: str = "actor") -> HistoryChange:
    return HistoryChange.objects.get(kind=kind, row_key=row, operation="delete")


def confirm(client: Client, page: str, **values: Any) -> Any:
    """Sends the form of a page on restoring."""
    shown = client.get(page)
    assert shown.status_code == 200
    given = {
        "digest": shown.context["digest"],
        "change_reason": "It was right.",
        "part": [difference.choice for difference in shown.context["differences"]],
    }
    return client.post(page, given | values)


@pytest.fixture
def edited(db: None) -> Event:
    """An event that four entries have changed, the last two with what belongs to it."""
    russia = make_actor(name="Russia")
    with recorded_as(origin="first"):
        event = make_event(russia, title="An attack on a town", slug="attack")
    user = User.objects.create_user("cora")
    with recorded_as(origin="/admin/", account=user, reason="The letter was shown."):
        Event.objects.filter(pk=event.pk).update(title="An attack on a city", date="2017-05")
    with recorded_as(origin="load"):
        claim = make_claim(event, text="It was gas.")
        said = make_statement(make_actor(name="Speaker"), paraphrase="It was not gas.")
        take_position(said, "denies", claim=claim)
    with recorded_as(origin="removing"):
        Participation.objects.filter(event=event).delete()
    return event


def test_one_list_has_the_event_and_all_that_belongs_to_it(
    admin_client: Client, edited: Event
) -> None:
    page = admin_client.get(address(edited, "history"))
    told = [(v.who, v.lines, v.entry.reason) for v in page.context["versions"]]
    assert told == [
        ("removing", ["Took part: Russia, as participant: removed"], ""),
        told[1],
        ("cora", ["When", "What happened"], "The letter was shown."),
        told[3],
    ]
    assert told[1][1][0] == "Claim: It was gas.: added"
    assert "Position: denies It was gas.: added" in told[1][1]
    assert "Statement: It was not gas.: added" in told[1][1]
    assert told[3][0] == "first"
    assert "Event: An attack on a city: added" in told[3][1]
    assert "Took part: Russia, as participant: removed" in words(page)


def test_two_versions_are_compared_word_by_word(admin_client: Client, edited: Event) -> None:
    query = {"from": entry("first").pk, "to": entry("removing").pk}
    page = admin_client.get(f"{address(edited, 'history')}?{urlencode(query)}")
    text = page.content.decode()
    assert "An attack on a <del>town</del>" in text
    assert "An attack on a <ins>city</ins>" in text
    assert "It was gas." in words(page)
    found = {(d.part, d.field): d.is_whole_row for d in page.context["differences"]}
    assert found == {
        ("", "What happened"): False,
        ("", "When"): False,
        ("Claim", ""): True,
        ("Statement", ""): True,
        ("Took part", ""): True,
        ("Position", ""): True,
        ("Cited", ""): True,
    }
    # Whichever is named first, the older one is before.
    turned = {"from": query["to"], "to": query["from"]}
    again = admin_client.get(f"{address(edited, 'history')}?{urlencode(turned)}")
    assert again.context["differences"] == page.context["differences"]


@pytest.mark.parametrize(
    "query", ["from=x&to=1", "from=-1&to=0", f"from={'9' * 30}&to=1", "from=1"]
)
def test_nonsense_compares_nothing(admin_client: Client, edited: Event, query: str) -> None:
    page = admin_client.get(f"{address(edited, 'history')}?{query}&before=y")
    assert page.context["one"] is None
    assert len(page.context["versions"]) == 4


def test_an_entry_of_another_record_is_no_version(admin_client: Client, edited: Event) -> None:
    with recorded_as(origin="elsewhere"):
        make_source()
    query = {"from": entry("elsewhere").pk, "to": entry("removing").pk}
    page = admin_client.get(f"{address(edited, 'history')}?{urlencode(query)}")
    assert page.context["one"] is None
    assert (
        admin_client.get(restore(record=f"event:{edited.pk}", to=query["from"])).status_code == 404
    )


def test_older_versions_stand_on_the_next_page(admin_client: Client) -> None:
    actor = make_actor()
    for number in range(30):
        with recorded_as(origin=f"{number}"):
            Actor.objects.filter(pk=actor.pk).update(note=f"{number}")
    page = admin_client.get(address(actor, "history"))
    first = [version.who for version in page.context["versions"]]
    assert first == [str(number) for number in range(29, 4, -1)]
    page = admin_client.get(f"{address(actor, 'history')}?before={page.context['more']}")
    second = [version.who for version in page.context["versions"]]
    assert second == ["4", "3", "2", "1", "0", "not known"]
    assert page.context["more"] is None


def test_a_history_takes_as_many_queries_for_many_parts(
    admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    event = make_event(*(make_actor() for _ in range(200)))
    for part in event.participations.all():
        cite(part)
    with recorded_as(origin="change"):
        Event.objects.filter(pk=event.pk).update(title="Another")
    with recorded_as(origin="removing"):
        event.participations.first().delete()
    query = {"from": entry("change").pk, "to": entry("removing").pk}
    admin_client.get(address(event, "history"))
    with django_assert_max_num_queries(25):
        admin_client.get(address(event, "history"))
    with django_assert_max_num_queries(28):
        page = admin_client.get(f"{address(event, 'history')}?{urlencode(query)}")
    assert len(page.context["differences"]) == 2


def test_an_earlier_state_is_restored_with_all_that_belonged_to_it(
    admin_client: Client, edited: Event
) -> None:
    page = restore(record=f"event:{edited.pk}", to=entry("first").pk)
    shown = admin_client.get(page)
    assert shown.context["in_short"] == (
        "It changes 2 fields. It brings back 1 row. It removes 5 rows."
    )
    answer = confirm(admin_client, page, publish="1")
    assert answer.status_code == 302, answer.context["problem"]
    edited.refresh_from_db()
    assert (edited.title, edited.date) == ("An attack on a town", "2017-04-04")
    assert [part.actor.name for part in edited.participations.all()] == ["Russia"]
    assert not edited.claims.exists()
    assert entry(reverse("admin:restore")).reason == "It was right."
    last = admin_client.get(address(edited, "history")).context["versions"][0]
    assert last.who == "admin"


def test_the_record_alone_is_restored(admin_client: Client, edited: Event) -> None:
    page = restore(record=f"event:{edited.pk}", to=entry("first").pk, alone=1)
    assert admin_client.get(page).context["in_short"] == "It changes 2 fields."
    confirm(admin_client, page)
    edited.refresh_from_db()
    assert edited.title == "An attack on a town"
    assert edited.claims.count() == 1
    assert not edited.participations.exists()


def test_only_chosen_parts_are_restored(admin_client: Client, edited: Event) -> None:
    page = restore(record=f"event:{edited.pk}", to=entry("first").pk)
    chosen = [f"event:{edited.pk}.title", f"participation:{deleted_participation()}"]
    assert "Nothing is ticked." in words(confirm(admin_client, page, part=["event:0.title"]))
    assert confirm(admin_client, page, part=chosen).status_code == 302
    edited.refresh_from_db()
    assert (edited.title, edited.date) == ("An attack on a town", "2017-05")
    assert edited.participations.count() == edited.claims.count() == 1


def deleted_participation() -> int:
    return HistoryChange.objects.get(kind="participation", operation="delete").row_key


def test_a_deleted_record_is_found_and_brought_back(admin_client: Client) -> None:
    actor = make_actor(name="Gone for ever", slug="gone")
    cite(actor)
    before, row = checksums(), actor.pk
    answer = admin_client.post(
        address(actor, "delete"), {"post": "yes", "change_reason": "Entered twice"}
    )
    assert answer.status_code == 302
    assert changed_since(before) == {"actor", "citation"}
    listed = reverse("admin:deleted_records")
    found = words(admin_client.get(f"{listed}?kind=actor&q=EVER+gone"))
    assert "Gone for ever" in found
    assert "Entered twice" in found
    assert "Nothing of this kind" in words(admin_client.get(f"{listed}?kind=actor&q=never"))
    assert "The record is deleted." in words(
        admin_client.get(reverse("admin:record_history", args=["actors", "actor", row]))
    )
    page = restore(change=deletion(row).pk)
    assert "Gone for ever" in words(admin_client.get(page))
    assert confirm(admin_client, page, publish="1").status_code == 302
    assert changed_since(before) == set()
    assert "Gone for ever" not in words(admin_client.get(f"{listed}?kind=actor"))


def test_it_comes_back_as_a_draft_unless_it_is_to_be_published(admin_client: Client) -> None:
    actor = make_actor()
    row = actor.pk
    with recorded_as(origin="deleting"):
        actor.delete()
    assert confirm(admin_client, restore(change=deletion(row).pk)).status_code == 302
    assert Actor.objects.get(pk=row).state == "draft"


def test_a_change_of_many_records_is_taken_back(admin_client: Client) -> None:
    actors = [make_actor() for _ in range(3)]
    before = checksums()
    data = {"action": "withdraw", "_selected_action": [actor.pk for actor in actors]}
    page = address(Actor, "changelist")
    asked = admin_client.post(page, data)
    confirmed = {CONFIRMED: asked.context["change"].digest, "change_reason": "A mistake"}
    assert admin_client.post(page, data | confirmed).status_code == 302
    assert entry(page).reason == "A mistake"
    Actor.objects.filter(pk=actors[0].pk).update(state="draft")
    back = restore(entry=entry(page).pk)
    shown = admin_client.get(back)
    assert shown.context["left"] == [f"“{actors[0].name}” was changed since."]
    assert confirm(admin_client, back, publish="1").status_code == 302
    assert dict(Actor.objects.values_list("pk", "state")) == {
        actors[0].pk: "draft",
        actors[1].pk: "published",
        actors[2].pk: "published",
    }
    Actor.objects.filter(pk=actors[0].pk).update(state="published")
    assert changed_since(before) == set()


def test_without_a_reason_or_after_another_change_nothing_is_written(admin_client: Client) -> None:
    actor = make_actor()
    with recorded_as(origin="change"):
        Actor.objects.filter(pk=actor.pk).update(note="1", summary="1")
    page = restore(entry=entry("change").pk)
    assert "Give a reason." in words(confirm(admin_client, page, change_reason=" "))
    digest = admin_client.get(page).context["digest"]
    Actor.objects.filter(pk=actor.pk).update(name="Another")
    late = admin_client.post(page, {"digest": digest, "change_reason": "Wrong"})
    assert "Something was changed meanwhile" in words(late)
    actor.refresh_from_db()
    assert (actor.note, actor.name) == ("1", "Another")


def test_what_stands_in_the_way_is_named(admin_client: Client) -> None:
    kind = make_kind("of-their-own", name="Own")
    event = make_event(make_actor(name="Gone"), slug="taken", title="First", kind=kind)
    actor, row = event.participations.get().actor, event.pk
    with recorded_as(origin="deleting"):
        event.delete()
    actor.delete()
    kind.delete()
    make_event(slug="taken", title="Second")
    before = checksums()
    page = restore(change=deletion(row, "event").pk)
    assert admin_client.get(page).context["obstacles"] == [
        "“taken” of “First” is taken by “Second”.",
        "“First” needs kind of event “Own”, which is gone.",
        "“Gone, as participant” needs actor “Gone”, which is gone.",
    ]
    assert confirm(admin_client, page).status_code == 200
    assert changed_since(before) == set()


def test_what_was_added_and_is_in_use_is_not_removed(admin_client: Client) -> None:
    with recorded_as(origin="adding"):
        actor = make_actor(name="Needed")
    make_event(actor, title="An event")
    before = checksums()
    page = restore(entry=entry("adding").pk)
    assert admin_client.get(page).context["obstacles"] == [
        f"Took part “{Participation.objects.get()}” leads to what would be deleted."
    ]
    assert confirm(admin_client, page).status_code == 200
    assert changed_since(before) == set()


def curator(client: Client, *permissions: str) -> None:
    user, _made = User.objects.get_or_create(username="dan", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)


def test_only_who_may_see_a_record_sees_its_history(client: Client, edited: Event) -> None:
    page = address(edited, "history")
    assert client.get(page).status_code == 302
    curator(client, "view_actor")
    assert client.get(address(make_actor(), "history")).status_code == 403
    client.logout()
    curator(client, "view_actor", *OF_ALL_RECORDS)
    assert client.get(page).status_code == 403
    listed = reverse("admin:deleted_records")
    assert [name for name, _label in client.get(listed).context["kinds"]] == ["actor"]
    assert client.get(f"{listed}?kind=event").context["kind"] == "actor"


def test_only_who_may_write_all_rows_restores_them(client: Client, edited: Event) -> None:
    curator(client, "view_event", "change_event", *OF_ALL_RECORDS)
    assert client.get(address(edited, "history")).status_code == 200
    whole = restore(record=f"event:{edited.pk}", to=entry("first").pk)
    alone = f"{whole}&alone=1"
    assert client.get(whole).status_code == 403
    assert client.post(whole, {"change_reason": "x"}).status_code == 403
    assert client.get(alone).status_code == 200


def test_what_is_not_there_is_not_found(admin_client: Client) -> None:
    pages = [
        reverse("admin:record_history", args=["events", "event", "0"]),
        reverse("admin:record_history", args=["events", "event", "999999"]),
        reverse("admin:record_history", args=["events", "event", "x/y"]),
        reverse("admin:record_history", args=["actors", "event", "1"]),
        reverse("admin:record_history", args=["events", "paststanding", "1"]),
        reverse("admin:record_history", args=["events", "nothing", "1"]),
        *(restore(), restore(change=0), restore(entry="x"), restore(record="user:1", to=1)),
    ]
    assert [admin_client.get(page).status_code for page in pages] == [404] * len(pages)


def test_accounts_have_djangos_own_log(admin_client: Client, admin_user: User) -> None:
    assert admin_client.get(address(admin_user, "history")).status_code == 200


def test_long_texts_are_compared_as_wholes() -> None:
    assert by_word("one two", "one three") == (
        [Piece("one ", False), Piece("two", True)],
        [Piece("one ", False), Piece("three", True)],
    )
    # Words between two changes that happen to be the same are no help to a reader.
    before, after = by_word("Poison gas was in the town.", "People died in a town.")
    assert before == [Piece("Poison gas was in the", True), Piece(" town.", False)]
    assert after == [Piece("People died in a", True), Piece(" town.", False)]
    long = "word " * 4000
    assert by_word(long, "x") == ([Piece(long, True)], [Piece("x", True)])
