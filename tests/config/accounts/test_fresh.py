"""What destroys asks for the password once more, and nothing that was posted is lost."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from actors.models import Actor
from tests.config.accounts.signing_in import (
    account,
    code_of_app,
    go_on,
    grow_stale,
    sign_in,
    with_factor,
)
from tests.curating import opened
from tests.factories import make_actor

QUESTION = "Confirm that it is you"
pytestmark = pytest.mark.django_db


@pytest.fixture
def stale() -> Client:
    """Somebody who signed in long ago."""
    account()
    client = Client()
    sign_in(client)
    grow_stale(client)
    return client


def sent_on(page: Any) -> dict[str, list[str]]:
    """What the question posts again, with an answer to it."""
    fields: dict[str, list[str]] = {"confirm-again": [page.context["again"]]}
    for name, value in page.context["sent"]:
        fields.setdefault(name, []).append(value)
    return fields


def answered(client: Client, address: str, page: Any, **answer: str) -> Any:
    given = {f"confirm-{name}": [value] for name, value in answer.items()}
    return client.post(address, sent_on(page) | given)


def is_asked(response: Any) -> bool:
    return QUESTION in response.content.decode()


def test_deleting_many_comes_back_to_its_confirmation(stale: Client) -> None:
    keys = [str(make_actor(slug=slug).pk) for slug in ("one", "two")]
    make_actor(slug="three")
    changelist = "/admin/actors/actor/"
    form = {"action": "delete_selected", "_selected_action": keys}
    asked = stale.post(changelist, form)
    assert is_asked(asked)
    assert "no-store" in asked["Cache-Control"]
    assert sent_on(asked)["_selected_action"] == keys
    confirmation = answered(stale, changelist, asked, password="a long word of old")
    assert "Are you sure" in confirmation.content.decode()
    assert Actor.objects.count() == 3
    stale.post(changelist, form | {"post": "yes"})
    assert {actor.slug for actor in Actor.objects.all()} == {"three"}


def test_a_confirmed_deletion_of_many_is_confirmed_anew(stale: Client) -> None:
    key = make_actor().pk
    form = {"action": "delete_selected", "_selected_action": [key], "post": "yes"}
    asked = stale.post("/admin/actors/actor/", form)
    page = answered(stale, "/admin/actors/actor/", asked, password="a long word of old")
    assert "Are you sure" in page.content.decode()
    assert Actor.objects.count() == 1


def test_deleting_one_comes_back_to_its_confirmation(stale: Client) -> None:
    address = f"/admin/actors/actor/{make_actor().pk}/delete/"
    for asked in (stale.get(address), stale.post(address, {"post": "yes"})):
        assert is_asked(asked)
        again = answered(stale, address, asked, password="a long word of old")
        assert again["Location"] == address
        assert "Yes, I’m sure" in stale.get(address).content.decode()
        grow_stale(stale)
    assert Actor.objects.count() == 1


def test_a_wrong_answer_keeps_what_was_sent(stale: Client) -> None:
    form = {"action": "delete_selected", "_selected_action": [make_actor().pk]}
    asked = stale.post("/admin/actors/actor/", form)
    wrong = answered(stale, "/admin/actors/actor/", asked, password="something else")
    assert is_asked(wrong)
    assert "This password is wrong." in wrong.content.decode()
    assert sent_on(wrong) == sent_on(asked)
    empty = answered(stale, "/admin/actors/actor/", asked)
    assert "Nothing was typed." in empty.content.decode()


def test_wrong_answers_are_counted(stale: Client) -> None:
    address = f"/admin/actors/actor/{make_actor().pk}/delete/"
    asked = stale.get(address)
    tried = [answered(stale, address, asked, password="wrong").status_code for _ in range(11)]
    assert tried == [200] * 10 + [429]
    assert is_asked(answered(stale, address, asked, password="a long word of old"))


def test_a_code_is_an_answer_too() -> None:
    user = with_factor(account())
    client = Client()
    client.force_login(user)
    grow_stale(client)
    address = f"/admin/actors/actor/{make_actor().pk}/delete/"
    asked = client.get(address)
    assert is_asked(answered(client, address, asked, code="000000"))
    assert answered(client, address, asked, code=code_of_app())["Location"] == address


def test_the_form_of_a_group_goes_on_with_what_was_typed(admin_client: Client) -> None:
    User.objects.get(username="admin").groups.add(group := Group.objects.create(name="before"))
    address = f"/admin/auth/group/{group.pk}/change/"
    form = opened(admin_client, address) | {"name": "after"}
    grow_stale(admin_client)
    assert is_asked(admin_client.get(address))
    asked = admin_client.post(address, form)
    assert is_asked(asked)
    assert answered(admin_client, address, asked, password="password").status_code == 302
    group.refresh_from_db()
    assert group.name == "after"


def test_a_typed_password_is_not_written_into_the_question(stale: Client) -> None:
    form = {"username": "dan", "password1": "a secret of dan", "password2": "a secret of dan"}
    asked = stale.post("/admin/auth/user/add/", form)
    assert is_asked(asked)
    assert "a secret of dan" not in asked.content.decode()
    page = answered(stale, "/admin/auth/user/add/", asked, password="a long word of old")
    assert page.context["adminform"].form["username"].value() == "dan"
    assert not User.objects.filter(username="dan").exists()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/actors/actor/",
        "/admin/actors/actor/add/",
        "/admin/auth/user/",
        "/admin/account/",
    ],
)
def test_what_destroys_nothing_does_not_ask(stale: Client, address: str) -> None:
    assert not is_asked(stale.get(address))


@pytest.mark.parametrize(
    "address",
    [
        "/admin/auth/user/add/",
        "/admin/password_change/",
        "/admin/account/second-factor/",
        "/admin/account/recovery-codes/",
        "/admin/account/recovery-codes/new/",
        "/admin/account/second-factor/remove/",
    ],
)
def test_what_keeps_an_account_safe_asks(stale: Client, address: str) -> None:
    assert is_asked(stale.get(address))


def test_fifteen_minutes_after_signing_in_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account()
    client = Client()
    sign_in(client)
    address = f"/admin/actors/actor/{make_actor().pk}/delete/"
    go_on(monkeypatch, minutes=14)
    assert not is_asked(client.get(address))
    go_on(monkeypatch, minutes=2)
    assert is_asked(client.get(address))


def test_whoever_is_not_signed_in_is_not_asked_but_sent_to_sign_in(client: Client) -> None:
    answer = {"confirm-again": "POST", "confirm-password": "a long word of old"}
    sent = client.post("/admin/auth/user/add/", answer)
    assert sent["Location"] == "/admin/login/?next=/admin/auth/user/add/&unsaved=1"
