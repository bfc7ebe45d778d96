"""Two curators with the same form open: nothing of either is lost, and nobody is asked in vain."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.db.models import Model
from django.test import Client

from actors.models import Actor, ActorName, Country, Tenure
from events.models import (
    Citation,
    Claim,
    Event,
    EventLink,
    EventType,
    Location,
    LocationName,
    Participation,
    Scale,
    Source,
    Statement,
)
from tests.curating import ConflictPage, address, confirm, inline_row, opened, problems
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_event,
    make_kind,
    make_location,
    make_source,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db
SAVED = 302


@pytest.fixture
def cora() -> Client:
    """Another curator than `admin_client`, in a browser of her own."""
    client = Client()
    client.force_login(User.objects.create_superuser("cora"))
    return client


def save(client: Client, record: Model, **changes: Any) -> Any:
    page = address(record, "change")
    return client.post(page, opened(client, page) | changes)


def stored(record: Model, *names: str) -> tuple[Any, ...]:
    return type(record)._default_manager.values_list(*names).get(pk=record.pk)


# Of each kind of record: a field that both change, and one that only the second does.
KINDS: dict[type[Model], tuple[Callable[[], Model], str, Any, Any, str, Any]] = {
    Event: (make_event, "title", "Hers", "Mine", "note", "My note"),
    Actor: (make_actor, "name", "Hers", "Mine", "summary", "My words"),
    Location: (make_location, "kind", "province", "site", "note", "My note"),
    Source: (make_source, "author", "Hers", "Mine", "licence", "CC0"),
    Claim: (make_claim, "text", "Hers", "Mine", "note", "My note"),
    Statement: (make_statement, "quote", "Hers", "Mine", "note", "My note"),
    Citation: (lambda: cite(make_actor()), "locator", "¶2", "¶3", "note", "My note"),
    ActorName: (
        lambda: make_actor().names.create(language="ru", name="Имя"),
        *("name", "Её имя", "Моё имя", "language", "uk"),
    ),
    LocationName: (
        lambda: make_location().names.create(language="ru", name="Город"),
        *("name", "Её город", "Мой город", "language", "uk"),
    ),
    Country: (
        lambda: Country.objects.create(iso3="XAA", name="Nowhere"),
        *("name", "Hers", "Mine", "fips", "XA"),
    ),
    EventType: (lambda: make_kind("visit"), "name", "Hers", "Mine", "description", "My words"),
    Scale: (
        lambda: Scale.objects.create(name="S", version="1", low=-10, high=10, reference="A paper"),
        *("low", -9.5, -8.5, "reference", "My paper"),
    ),
    Tenure: (
        lambda: Tenure.objects.create(person=make_actor(), office="Mayor", began="2016"),
        *("office", "Judge", "Minister", "note", "My note"),
    ),
    Participation: (
        lambda: Participation.objects.create(
            event=make_event(), actor=make_actor(), role_id="host"
        ),
        *("role", "victim", "target", "note", "My note"),
    ),
    EventLink: (
        lambda: EventLink.objects.create(
            from_event=make_event(), to_event=make_event(), relation="follows"
        ),
        *("relation", "aggravates", "about", "note", "My note"),
    ),
    User: (
        lambda: User.objects.create_user("dan"),
        *("first_name", "Hers", "Mine", "last_name", "My own"),
    ),
}


@pytest.mark.parametrize("model", KINDS)
def test_what_only_one_changed_is_kept_of_both(
    admin_client: Client, cora: Client, model: type[Model]
) -> None:
    make, theirs, hers, _his, mine, my_own = KINDS[model]
    record = make()
    page = address(record, "change")
    my_form = opened(admin_client, page)
    assert save(cora, record, **{theirs: hers}).status_code == SAVED
    response = admin_client.post(page, my_form | {mine: my_own}, follow=True)
    assert stored(record, theirs, mine) == (hers, my_own)
    label = str(model._meta.get_field(theirs).verbose_name).capitalize()
    # Some are in readers' words.
    label = {Event: "What happened", Claim: "What is claimed"}.get(model, label)
    said = [str(message) for message in response.context["messages"]]
    assert said[0].startswith(f"Kept of what others changed meanwhile: {label} (cora, ")


@pytest.mark.parametrize("side", ["theirs", "mine"])
@pytest.mark.parametrize("model", KINDS)
def test_what_both_changed_is_asked(
    admin_client: Client, cora: Client, model: type[Model], side: str
) -> None:
    make, both, hers, his, mine, my_own = KINDS[model]
    record = make()
    before = stored(record, both, mine)
    page = address(record, "change")
    my_form = opened(admin_client, page) | {both: his, mine: my_own}
    assert save(cora, record, **{both: hers}).status_code == SAVED
    asked = ConflictPage(admin_client.post(page, my_form))
    assert stored(record, both, mine) == (hers, before[1])
    assert asked.choices[both] == ["theirs", "mine"]
    assert asked.chosen == {mine: "mine"}
    assert "Nothing of yours is stored yet, and nothing of yours is lost." in asked.words
    assert admin_client.post(page, asked.answer(**{both: side})).status_code == SAVED
    assert stored(record, both, mine) == ({"theirs": hers, "mine": his}[side], my_own)


def test_the_page_shows_all_three_texts_who_and_when(admin_client: Client, cora: Client) -> None:
    event = make_event(title="As it was", summary="Found")
    page = address(event, "change")
    my_form = opened(admin_client, page) | {"summary": "Found and mine", "date": "2017-04"}
    save(cora, event, summary="Found and hers", title="Her title")
    entry = LogEntry.objects.get()
    response = admin_client.post(page, my_form)
    asked = ConflictPage(response)
    assert "<h1>" in response.content.decode()
    assert "Two people changed this event" in asked.words
    assert f"cora, {entry.action_time:%-d %B %Y, %H:%M} UTC" in asked.words
    assert asked.labels == ["In short", "What happened", "When"]
    for text in ("Found", "and hers", "and mine", "As it was", "Her title", "2017-04-04"):
        assert text in asked.words
    assert "choose: 1 open" in asked.words
    assert asked.choices == {
        "summary": ["theirs", "mine"],
        "title": ["found", "theirs"],
        "date": ["found", "mine"],
    }
    assert asked.chosen == {"title": "theirs", "date": "mine"}
    # What one alone changed can be turned.
    answer = asked.answer(summary="mine", title="found", date="found")
    assert admin_client.post(page, answer).status_code == SAVED
    assert stored(event, "title", "summary", "date") == (
        *("As it was", "Found and mine", "2017-04-04"),
    )


def test_a_change_that_no_log_knows_is_somebodys(admin_client: Client) -> None:
    event = make_event(title="As it was")
    page = address(event, "change")
    my_form = opened(admin_client, page) | {"title": "Mine"}
    Event.objects.filter(pk=event.pk).update(title="By a program")
    asked = ConflictPage(admin_client.post(page, my_form))
    assert "This event was changed meanwhile" in asked.words
    assert "Since then somebody changed it" in asked.words
    assert "By a program" in asked.words


def test_a_third_change_redraws_the_page_and_keeps_the_choices(
    admin_client: Client, cora: Client
) -> None:
    event = make_event(title="As it was", summary="As it was")
    page = address(event, "change")
    my_form = opened(admin_client, page) | {"title": "Mine", "summary": "Mine"}
    save(cora, event, title="Hers", summary="Hers")
    asked = ConflictPage(admin_client.post(page, my_form))
    save(cora, event, summary="Hers again", note="A note")
    again = ConflictPage(admin_client.post(page, asked.answer(title="theirs", summary="mine")))
    assert again.chosen == {"title": "theirs", "summary": "mine", "note": "theirs"}
    assert "Hers again" in again.words
    assert "It was saved again after you chose" in again.words
    assert stored(event, "title", "summary") == ("Hers", "Hers again")
    assert admin_client.post(page, again.answer()).status_code == SAVED
    assert stored(event, "title", "summary", "note") == ("Hers", "Mine", "A note")


def test_an_open_choice_saves_nothing(admin_client: Client, cora: Client) -> None:
    event = make_event(title="As it was", note="As it was")
    page = address(event, "change")
    my_form = opened(admin_client, page) | {"title": "Mine", "note": "Mine"}
    save(cora, event, title="Hers", note="Hers")
    asked = ConflictPage(admin_client.post(page, my_form))
    again = ConflictPage(admin_client.post(page, asked.answer(title="mine")))
    assert again.chosen == {"title": "mine"}
    assert "choose: 1 open" in again.words
    assert stored(event, "title", "note") == ("Hers", "Hers")


def test_back_to_the_form_keeps_what_was_typed_and_asks_again(
    admin_client: Client, cora: Client
) -> None:
    event = make_event(title="As it was", note="Found")
    page = address(event, "change")
    my_form = opened(admin_client, page) | {"title": "Mine"}
    save(cora, event, title="Hers", note="Hers")
    asked = ConflictPage(admin_client.post(page, my_form))
    response = admin_client.post(page, asked.data | {"_back": "1"})
    (problem,) = problems(response)
    assert problem.startswith("Nothing is saved yet.")
    form = response.context["adminform"].form
    assert (form["title"].value(), form["note"].value()) == ("Mine", "Hers")
    assert stored(event, "title") == ("Hers",)
    typed = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    again = ConflictPage(admin_client.post(page, my_form | typed | {"title": "Mine, better"}))
    assert again.choices["title"] == ["theirs", "mine"]
    assert admin_client.post(page, again.answer(title="mine")).status_code == SAVED
    assert stored(event, "title", "note") == ("Mine, better", "Hers")


def test_the_same_change_by_both_is_no_conflict(admin_client: Client, cora: Client) -> None:
    claim = make_claim(kind="number", low=70, high=80, unit="people")
    page = address(claim, "change")
    my_form = opened(admin_client, page) | {"number": "~60–80"}
    save(cora, claim, number="about 60.0 to 80")
    assert admin_client.post(page, my_form).status_code == SAVED
    assert stored(claim, "low", "is_approximate") == (60, True)


def test_values_are_compared_and_not_spellings(admin_client: Client, cora: Client) -> None:
    claim = make_claim(kind="number", low=70, high=80, unit="people", note="One\nTwo")
    page = address(claim, "change")
    my_form = opened(admin_client, page)
    save(cora, claim, number="~60–80", note="One\nThree")
    unchanged = {"number": "70 to 80.0", "note": "One\r\nTwo", "unit": " people "}
    assert admin_client.post(page, my_form | unchanged).status_code == SAVED
    found = stored(claim, "low", "high", "note", "is_approximate", "unit")
    assert found == (60, 80, "One\nThree", True, "people")


def test_relations_to_one_and_to_many_are_merged(admin_client: Client, cora: Client) -> None:
    first, second, third = make_actor(), make_actor(), make_actor(name="Third")
    statement = make_statement(first)
    statement.audience.add(second)
    page = address(statement, "change")
    my_form = opened(admin_client, page) | {"audience": [second.pk], "speaker": third.pk}
    assert save(cora, statement, audience=[second.pk, third.pk]).status_code == SAVED
    assert admin_client.post(page, my_form).status_code == SAVED
    assert set(statement.audience.all()) == {second, third}
    assert stored(statement, "speaker") == (third.pk,)
    both = opened(admin_client, page) | {"audience": [third.pk], "speaker": first.pk}
    save(cora, statement, audience=[first.pk], speaker=second.pk)
    asked = ConflictPage(admin_client.post(page, both))
    assert asked.choices == {"speaker": ["theirs", "mine"], "audience": ["theirs", "mine"]}
    assert "Third" in asked.words
    answer = asked.answer(speaker="theirs", audience="theirs")
    assert admin_client.post(page, answer).status_code == SAVED
    assert (set(statement.audience.all()), stored(statement, "speaker")) == ({first}, (second.pk,))


def test_a_position_is_merged_and_asked(admin_client: Client, cora: Client) -> None:
    event, other = make_event(), make_statement()
    position = take_position(make_statement(), "condemns", event=event)
    page = address(position, "change")
    my_form = opened(admin_client, page) | {"statement": other.pk}
    assert save(cora, position, stance="supports").status_code == SAVED
    assert admin_client.post(page, my_form).status_code == SAVED
    assert stored(position, "statement", "stance") == (other.pk, "supports")
    my_form = opened(admin_client, page) | {"stance": "laments"}
    save(cora, position, stance="questions")
    asked = ConflictPage(admin_client.post(page, my_form))
    assert asked.choices == {"stance": ["theirs", "mine"]}
    assert admin_client.post(page, asked.answer(stance="theirs")).status_code == SAVED
    assert stored(position, "stance") == ("questions",)


def test_permissions_of_a_group_are_merged(admin_client: Client, cora: Client) -> None:
    first, second = Permission.objects.order_by("pk")[:2]
    group = Group.objects.create(name="Readers")
    page = address(group, "change")
    my_form = opened(admin_client, page) | {"name": "Editors"}
    save(cora, group, permissions=[first.pk])
    assert admin_client.post(page, my_form).status_code == SAVED
    assert (stored(group, "name"), list(group.permissions.all())) == (("Editors",), [first])
    my_form = opened(admin_client, page) | {"permissions": [second.pk]}
    save(cora, group, permissions=[])
    asked = ConflictPage(admin_client.post(page, my_form))
    assert asked.choices == {"permissions": ["theirs", "mine"]}


def test_a_bulk_action_is_kept(admin_client: Client, cora: Client) -> None:
    event = make_event(state="draft", title="As it was")
    page = address(event, "change")
    my_form = opened(admin_client, page) | {"title": "Mine"}
    chosen = {"action": "publish", "_selected_action": [event.pk]}
    confirm(cora, cora.post(address(Event, "changelist"), chosen), Event)
    response = admin_client.post(page, my_form, follow=True)
    assert stored(event, "title", "state") == ("Mine", "published")
    said = [str(message) for message in response.context["messages"]]
    assert said[0].startswith("Kept of what others changed meanwhile: State (cora, ")


@pytest.mark.parametrize("text", [None, "", "nonsense", "another record's"])
def test_a_form_without_its_snapshot_writes_nothing_over(
    admin_client: Client, cora: Client, text: str | None
) -> None:
    event, other = make_event(title="As it was"), make_event()
    page = address(event, "change")
    my_form = opened(admin_client, page) | {"note": "Mine"}
    if text == "another record's":
        text = opened(admin_client, address(other, "change"))["snapshot"]
    save(cora, event, title="Hers")
    my_form.pop("snapshot")
    asked = ConflictPage(admin_client.post(page, my_form | ({"snapshot": text} if text else {})))
    assert stored(event, "title", "note") == ("Hers", "")
    assert "without a valid note of what it was opened with" in asked.words
    assert asked.choices == {"title": ["theirs", "mine"], "note": ["theirs", "mine"]}
    assert asked.chosen == {}
    answer = asked.answer(title="theirs", note="mine")
    assert admin_client.post(page, answer).status_code == SAVED
    assert stored(event, "title", "note") == ("Hers", "Mine")


def test_a_refused_form_shows_the_other_change_and_keeps_it(
    admin_client: Client, cora: Client
) -> None:
    event = make_event(title="As it was")
    page = address(event, "change")
    my_form = opened(admin_client, page) | {"date": "2017-13"}
    save(cora, event, title="Hers")
    response = admin_client.post(page, my_form)
    assert any("2017-13" in problem for problem in problems(response))
    form = response.context["adminform"].form
    assert (form["title"].value(), form["date"].value()) == ("Hers", "2017-13")
    again = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    assert admin_client.post(page, my_form | again | {"date": "2017"}).status_code == SAVED
    assert stored(event, "title", "date") == ("Hers", "2017")


# Rows


@pytest.fixture
def event() -> Event:
    """With two participants."""
    return make_event(make_actor(name="Anna"), make_actor(name="Boris"))


def row_of(data: dict[str, Any], prefix: str, record: Model) -> str:
    """How the form names the fields of the row."""
    return next(
        name.removesuffix("-id")
        for name, value in data.items()
        if name.startswith(f"{prefix}-") and name.endswith("-id") and value == record.pk
    )


def test_fields_of_one_row_are_merged(admin_client: Client, cora: Client, event: Event) -> None:
    anna, boris = event.participations.order_by("pk")
    page = address(event, "change")
    my_form = opened(admin_client, page)
    row = row_of(my_form, "participations", anna)
    her_form = opened(cora, page) | {f"{row}-role": "victim"}
    assert cora.post(page, her_form).status_code == SAVED
    response = admin_client.post(page, my_form | {f"{row}-note": "Mine"}, follow=True)
    assert stored(anna, "role", "note") == ("victim", "Mine")
    said = [str(message) for message in response.context["messages"]]
    assert said[0].startswith("Kept of what others changed meanwhile: Participations, ")
    assert ": Role (cora, " in said[0]
    assert stored(boris, "role", "note") == ("participant", "")


def test_a_row_changed_on_its_own_page_is_asked_in_the_events_form(
    admin_client: Client, cora: Client, event: Event
) -> None:
    anna = event.participations.order_by("pk")[0]
    page = address(event, "change")
    my_form = opened(admin_client, page)
    my_form[f"{row_of(my_form, 'participations', anna)}-role"] = "victim"
    save(cora, anna, role="host")
    asked = ConflictPage(admin_client.post(page, my_form))
    key = f"participations:{anna.pk}:role"
    assert asked.choices == {key: ["theirs", "mine"]}
    assert "cora, " in asked.words
    assert "victim" in asked.words
    assert "host" in asked.words
    assert stored(anna, "role") == ("host",)
    assert admin_client.post(page, asked.answer(**{key: "mine"})).status_code == SAVED
    assert stored(anna, "role") == ("victim",)


def test_rows_that_others_added_stay(admin_client: Client, cora: Client, event: Event) -> None:
    page = address(event, "change")
    my_form = opened(admin_client, page) | {"title": "Mine"}
    mine = inline_row(my_form, "participations", actor=make_actor(name="Carl").pk, role="host")
    hers = inline_row(
        opened(cora, page), "participations", actor=make_actor(name="Dora").pk, role="host"
    )
    assert cora.post(page, hers).status_code == SAVED
    response = admin_client.post(page, mine, follow=True)
    names = set(event.participations.values_list("actor__name", flat=True))
    assert names == {"Anna", "Boris", "Carl", "Dora"}
    assert stored(event, "title") == ("Mine",)
    said = [str(message) for message in response.context["messages"]]
    assert "Dora" in said[0]
    assert "cora" in said[0]


@pytest.mark.parametrize(("side", "is_there"), [("theirs", True), ("found", False)])
def test_a_row_that_others_added_can_be_refused_where_something_is_asked(
    admin_client: Client, cora: Client, event: Event, side: str, is_there: bool
) -> None:
    page = address(event, "change")
    my_form = opened(admin_client, page) | {"title": "Mine"}
    my_form = inline_row(my_form, "participations", actor=make_actor().pk, role="host")
    hers = opened(cora, page) | {"title": "Hers"}
    hers = inline_row(hers, "participations", actor=make_actor(name="Dora").pk, role="host")
    assert cora.post(page, hers).status_code == SAVED
    dora = event.participations.get(actor__name="Dora")
    asked = ConflictPage(admin_client.post(page, my_form))
    key = f"participations:{dora.pk}"
    assert asked.choices == {"title": ["theirs", "mine"], key: ["found", "theirs"]}
    assert asked.chosen == {key: "theirs"}
    assert admin_client.post(page, asked.answer(title="mine", **{key: side})).status_code == SAVED
    assert event.participations.filter(pk=dora.pk).exists() is is_there
    assert event.participations.count() == 3 + is_there
    assert stored(event, "title") == ("Mine",)


@pytest.mark.parametrize(("side", "is_there"), [("theirs", False), ("mine", True)])
def test_a_row_deleted_while_i_changed_it_is_asked(
    admin_client: Client, cora: Client, event: Event, side: str, is_there: bool
) -> None:
    anna, boris = event.participations.order_by("pk")
    page = address(event, "change")
    my_form = opened(admin_client, page)
    my_form[f"{row_of(my_form, 'participations', anna)}-note"] = "Mine"
    my_form[f"{row_of(my_form, 'participations', boris)}-note"] = "Mine of Boris"
    cora.post(address(anna, "delete"), {"post": "yes"})
    asked = ConflictPage(admin_client.post(page, my_form))
    key = f"participations:{anna.pk}"
    assert asked.choices[key] == ["theirs", "mine"]
    assert key not in asked.chosen
    assert "without it" in asked.words
    assert "Anna" in asked.words
    assert not event.participations.filter(actor__name="Anna").exists()
    assert stored(boris, "note") == ("",)
    assert admin_client.post(page, asked.answer(**{key: side})).status_code == SAVED
    assert stored(boris, "note") == ("Mine of Boris",)
    restored = list(event.participations.filter(actor__name="Anna").values_list("note", flat=True))
    assert restored == (["Mine"] if is_there else [])


def test_a_row_deleted_that_i_left_alone_is_gone(
    admin_client: Client, cora: Client, event: Event
) -> None:
    anna, boris = event.participations.order_by("pk")
    page = address(event, "change")
    my_form = opened(admin_client, page)
    my_form[f"{row_of(my_form, 'participations', boris)}-note"] = "Mine"
    cora.post(address(anna, "delete"), {"post": "yes"})
    assert admin_client.post(page, my_form).status_code == SAVED
    assert list(event.participations.values_list("pk", "note")) == [(boris.pk, "Mine")]


@pytest.mark.parametrize(("side", "is_there"), [("theirs", True), ("mine", False)])
def test_deleting_a_row_that_was_changed_meanwhile_is_asked(
    admin_client: Client, cora: Client, event: Event, side: str, is_there: bool
) -> None:
    anna = event.participations.order_by("pk")[0]
    page = address(event, "change")
    my_form = opened(admin_client, page)
    my_form[f"{row_of(my_form, 'participations', anna)}-DELETE"] = "on"
    save(cora, anna, note="Hers")
    asked = ConflictPage(admin_client.post(page, my_form))
    key = f"participations:{anna.pk}"
    assert asked.choices == {key: ["theirs", "mine"]}
    assert stored(anna, "note") == ("Hers",)
    assert admin_client.post(page, asked.answer(**{key: side})).status_code == SAVED
    assert list(event.participations.filter(pk=anna.pk).values_list("note", flat=True)) == (
        ["Hers"] if is_there else []
    )


def test_a_part_of_the_rows_leaves_the_others_alone(admin_client: Client, event: Event) -> None:
    """As a long inline posts them, fifty at a time."""
    anna, boris = event.participations.order_by("pk")
    page = address(event, "change")
    my_form = opened(admin_client, page)
    row = row_of(my_form, "participations", boris)
    part = {name: value for name, value in my_form.items() if not name.startswith("participations")}
    part |= {
        "participations-TOTAL_FORMS": 1,
        "participations-INITIAL_FORMS": 1,
        "participations-0-id": boris.pk,
        "participations-0-event": event.pk,
        "participations-0-actor": my_form[f"{row}-actor"],
        "participations-0-role": "victim",
    }
    assert admin_client.post(page, part).status_code == SAVED
    assert (stored(anna, "role"), stored(boris, "role")) == (("participant",), ("victim",))


def test_the_other_curators_row_stands_beside_its_own_name_when_a_form_is_refused(
    admin_client: Client, cora: Client, event: Event
) -> None:
    anna, boris = event.participations.order_by("pk")
    page = address(event, "change")
    my_form = opened(admin_client, page) | {"date": "2017-13"}
    cora.post(address(anna, "delete"), {"post": "yes"})
    response = admin_client.post(page, my_form)
    assert problems(response)
    (formset,) = (
        inline
        for inline in response.context["inline_admin_formsets"]
        if inline.formset.prefix == "participations"
    )
    assert [row.original for row in formset if row.original] == [boris]


# Records that are gone


def test_a_record_deleted_meanwhile_is_offered_as_a_new_one(
    admin_client: Client, cora: Client, event: Event
) -> None:
    anna, boris = event.participations.order_by("pk")
    page = address(event, "change")
    my_form = opened(admin_client, page) | {"title": "Mine", "slug": event.slug}
    my_form[f"{row_of(my_form, 'participations', anna)}-note"] = "Mine"
    my_form[f"{row_of(my_form, 'participations', boris)}-DELETE"] = "on"
    cora.post(address(event, "delete"), {"post": "yes"})
    response = admin_client.post(page, my_form)
    (problem,) = problems(response)
    assert problem.startswith("This event was deleted while you changed it (cora, ")
    assert not Event.objects.exists()
    html = response.content.decode()
    assert f'action="{address(Event, "add")}"' in html
    assert 'value="Mine"' in html
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    again = {
        bound.html_name: bound.value()
        for form in forms
        for bound in form
        if bound.value() not in (None, False)
    }
    # What nobody has cited is not published anew.
    assert problems(admin_client.post(address(Event, "add"), again))
    again |= {"state": "draft"}
    assert admin_client.post(address(Event, "add"), again).status_code == SAVED
    made = Event.objects.get()
    assert (made.title, made.slug, made.state) == ("Mine", event.slug, "draft")
    rows = made.participations.values_list("actor__name", "note")
    assert (list(rows), made.citations.count()) == ([("Anna", "Mine")], 1)


def test_what_was_typed_is_shown_to_one_who_may_not_add(client: Client) -> None:
    user = User.objects.create_user("dan", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_event"))
    client.force_login(user)
    event = make_event()
    page = address(event, "change")
    my_form = opened(client, page) | {"title": "Typed at length"}
    event.delete()
    response = client.post(page, my_form)
    assert response.status_code == 200
    html = response.content.decode()
    assert "was deleted while you changed it" in html
    assert "Typed at length" in html
    assert 'name="_save"' not in html


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_the_second_sees_what_the_first_did() -> None:
    event = make_event(title="As it was", note="As it was")
    page = address(event, "change")
    clients = []
    for name in ("cora", "dan"):
        client = Client()
        client.force_login(User.objects.create_superuser(name))
        clients.append(client)
    forms = [
        opened(client, page) | {"title": f"Title of {number}"}
        for number, client in enumerate(clients)
    ]
    barrier = threading.Barrier(2)
    responses: dict[int, Any] = {}

    def post(number: int) -> None:
        try:
            barrier.wait(timeout=20)
            responses[number] = clients[number].post(page, forms[number])
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    codes = {number: response.status_code for number, response in responses.items()}
    assert sorted(codes.values()) == [200, SAVED]
    first, second = sorted(codes, key=lambda number: -codes[number])
    assert stored(event, "title") == (f"Title of {first}",)
    asked = ConflictPage(responses[second])
    assert asked.choices == {"title": ["theirs", "mine"]}
    assert f"Title of {first}" in asked.words
    assert f"Title of {second}" in asked.words


@pytest.mark.django_db(transaction=True)
def test_an_event_and_its_row_saved_at_once_are_both_stored() -> None:
    event = make_event(make_actor(name="Anna"))
    row = event.participations.get()
    clients = []
    for name in ("cora", "dan"):
        client = Client()
        client.force_login(User.objects.create_superuser(name))
        clients.append(client)
    pages = [address(event, "change"), address(row, "change")]
    forms = [opened(client, page) for client, page in zip(clients, pages, strict=True)]
    forms[0]["participations-0-note"] = "From the event"
    forms[1]["role"] = "victim"
    barrier = threading.Barrier(2)
    codes: dict[int, int] = {}

    def post(number: int) -> None:
        try:
            barrier.wait(timeout=20)
            codes[number] = clients[number].post(pages[number], forms[number]).status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert codes == {0: SAVED, 1: SAVED}
    assert stored(row, "role", "note") == ("victim", "From the event")
