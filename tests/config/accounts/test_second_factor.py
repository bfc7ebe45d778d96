"""The second step of signing in, setting it up, and those who must have it."""

import os
import subprocess
import sys
import threading
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from config.accounts.second_factor import find_factor, has_second_factor
from tests.config.accounts.signing_in import (
    ELSEWHERE,
    SECRET,
    account,
    code_of_app,
    grow_stale,
    is_in,
    recovery_codes,
    sign_in,
    type_code,
    with_factor,
)
from tests.factories import make_event

SET_UP = "/admin/account/second-factor/"
pytestmark = pytest.mark.django_db


def test_a_code_is_asked_for_after_the_password_and_leads_on(client: Client) -> None:
    with_factor(account())
    asked = sign_in(client, query="?next=/admin/events/event/")
    assert asked["Location"] == "/admin/account/code/"
    assert not is_in(client)
    assert "no-store" in client.get("/admin/account/code/")["Cache-Control"]
    assert type_code(client, code_of_app())["Location"] == "/admin/events/event/"
    assert is_in(client)


@pytest.mark.parametrize("later", [-1, 1])
def test_the_clock_of_a_telephone_may_be_half_a_minute_wrong(client: Client, later: int) -> None:
    with_factor(account())
    sign_in(client)
    type_code(client, code_of_app(later))
    assert is_in(client)


@pytest.mark.parametrize("code", ["000000", "", "x", "\u0660" * 6, "9" * 41])
def test_a_wrong_code_lets_nobody_in(client: Client, code: str) -> None:
    with_factor(account())
    sign_in(client)
    assert type_code(client, code).status_code == 200
    assert not is_in(client)


def test_a_code_is_good_once(client: Client) -> None:
    user = with_factor(account())
    sign_in(client)
    code = code_of_app()
    type_code(client, code)
    again = Client()
    sign_in(again)
    assert "was used before" in type_code(again, code).content.decode()
    assert not is_in(again)
    assert find_factor(user, code_of_app(-1)) is None
    type_code(again, code_of_app(1))
    assert is_in(again)


def test_a_recovery_code_is_good_once_and_may_have_blanks(client: Client) -> None:
    user = with_factor(account())
    first, *others = recovery_codes(user)
    for is_right in (True, False):
        other = Client()
        sign_in(other)
        type_code(other, f" {first[:4]} {first[4:]} ")
        assert is_in(other) == is_right
    assert recovery_codes(user) == others


@pytest.mark.django_db(transaction=True)
def test_a_code_that_is_used_twice_at_the_same_moment_is_good_once() -> None:
    user = with_factor(account())
    code, found = code_of_app(), []
    barrier = threading.Barrier(4)

    def use() -> None:
        try:
            barrier.wait(timeout=30)
            found.append(find_factor(user, code) is not None)
        finally:
            connection.close()

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [False, False, False, True]


def set_up(client: Client) -> Any:
    secret = "".join(client.get(SET_UP).context["letters"])
    return client.post(SET_UP, {"code": code_of_app(secret=secret)})


def test_a_second_factor_is_set_up_with_its_picture_in_the_page(client: Client) -> None:
    user = account()
    sign_in(client)
    page = client.get(SET_UP)
    assert page.context["url"].startswith("otpauth://totp/cora?secret=")
    body = page.content.decode()
    assert "<svg" in body
    assert "data:" not in body.replace("data-", "")
    assert client.post(SET_UP, {"code": "000000"}).status_code == 200
    assert not has_second_factor(user)
    shown = client.get(set_up(client)["Location"]).content.decode()
    assert has_second_factor(user)
    assert all(code in shown for code in recovery_codes(user))
    assert len(recovery_codes(user)) == 10


def test_secrets_are_encrypted_in_the_database(client: Client) -> None:
    with_factor(account())
    assert SECRET not in str(list(Authenticator.objects.values()))


def test_another_secret_key_says_how_to_go_on(client: Client, settings: Any) -> None:
    user = with_factor(account())
    settings.SECRET_KEY = "another key of at least fifty characters, all of them guessed"
    sign_in(client)
    answer = type_code(client, "000000")
    assert "remove_second_factor" in answer.content.decode()
    assert not is_in(client)
    call_command("remove_second_factor", "cora")
    assert sign_in(client)["Location"] == "/admin/"
    assert not has_second_factor(user)


def member(group: str) -> User:
    user = User.objects.create_user("cora", password="a long word of old", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    user.user_permissions.add(Permission.objects.get(codename="view_event"))
    return user


@pytest.mark.parametrize(
    ("setting", "group", "is_asked"),
    [
        ("none", "editor", False),
        ("editors", "editor", True),
        ("editors", "administrator", True),
        ("editors", "contributor", False),
        ("everyone", "contributor", True),
    ],
)
def test_who_must_have_one_is_led_to_set_it_up(
    client: Client, settings: Any, setting: str, group: str, is_asked: bool
) -> None:
    settings.SECOND_FACTOR = setting
    member(group)
    sign_in(client)
    for address in ("/admin/", "/admin/events/event/", "/admin/account/"):
        answer = client.get(address)
        assert (answer.status_code, answer.get("Location")) == (
            (302, SET_UP) if is_asked else (200, None)
        )


@pytest.mark.parametrize(("local_http", "expected"), [("1", "none"), ("0", "editors")])
def test_a_site_for_others_asks_editors_for_one_and_ones_own_machine_nobody(
    local_http: str, expected: str
) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "SECOND_FACTOR"}
    command = "from config import settings; print(settings.SECOND_FACTOR)"
    done = subprocess.run(
        [sys.executable, "-c", command],
        env=environment | {"LOCAL_HTTP": local_http, "SECRET_KEY": "k" * 60},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == expected


def test_a_superuser_counts_as_an_editor_and_can_do_all_once_it_is_set_up(
    client: Client, settings: Any
) -> None:
    settings.SECOND_FACTOR = "editors"
    draft = make_event(state="draft")
    account()
    sign_in(client)
    preview = f"{draft.get_absolute_url()}?preview=1"
    assert client.get(preview).status_code == 404
    assert client.post("/admin/events/event/add/", {"title": "A"})["Location"] == SET_UP
    assert client.post("/admin/logout/").status_code == 200
    sign_in(client)
    set_up(client)
    assert is_in(client)
    assert client.get(preview).status_code == 200


def test_removing_ones_own_asks_for_the_password_when_it_was_given_long_ago(
    client: Client,
) -> None:
    user = with_factor(account())
    sign_in(client)
    type_code(client, code_of_app())
    grow_stale(client)
    asked = client.post(f"{SET_UP}remove/")
    assert "Confirm that it is you" in asked.content.decode()
    assert has_second_factor(user)
    answer = {"confirm-again": "POST", "confirm-password": "a long word of old"}
    client.post(f"{SET_UP}remove/", answer)
    assert not Authenticator.objects.exists()


def test_new_recovery_codes_take_the_place_of_the_old(client: Client) -> None:
    user = with_factor(account())
    old = recovery_codes(user)
    client.force_login(user)
    assert client.post("/admin/account/recovery-codes/new/").status_code == 302
    assert set(recovery_codes(user)).isdisjoint(old)


def test_an_administrator_removes_that_of_another(admin_client: Client) -> None:
    user = with_factor(account())
    page = f"/admin/auth/user/{user.pk}/second-factor/"
    assert page in admin_client.get(f"/admin/auth/user/{user.pk}/change/").content.decode()
    assert has_second_factor(user)
    grow_stale(admin_client)
    admin_client.post(page)
    assert has_second_factor(user)
    admin_client.force_login(User.objects.get(username="admin"))
    admin_client.post(page)
    assert not has_second_factor(user)
    entry = LogEntry.objects.get()
    assert (entry.user.username, entry.object_id) == ("admin", str(user.pk))
    assert entry.change_message == "Second factor removed."


@pytest.mark.parametrize("permission", ["view_user", "change_user"])
def test_others_may_not_remove_that_of_a_superuser(client: Client, permission: str) -> None:
    user = with_factor(account())
    helper = User.objects.create_user("dan", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename=permission))
    client.force_login(helper)
    assert client.post(f"/admin/auth/user/{user.pk}/second-factor/").status_code == 403
    assert has_second_factor(user)


def test_the_command_names_what_is_not_there() -> None:
    account()
    with pytest.raises(CommandError, match="no account of the name 'nobody'"):
        call_command("remove_second_factor", "nobody")
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("remove_second_factor", "cora")


@pytest.mark.parametrize(
    "address",
    ["signup/", "account/signup/", "account/email/", "account/password/reset/", "account/login/"],
)
def test_nothing_else_of_the_library_has_an_address(admin_client: Client, address: str) -> None:
    assert admin_client.get(f"/admin/{address}").status_code == 404


@pytest.mark.parametrize("query", ["", "?next=//elsewhere.example/", "?next=https://a.example/"])
@pytest.mark.parametrize("has_factor", [True, False])
def test_signing_in_leads_nowhere_else(
    client: Client, settings: Any, query: str, has_factor: bool
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "elsewhere.example", "a.example"]
    user = account()
    if has_factor:
        with_factor(user)
    answer = sign_in(client, query=query)
    if has_factor:
        answer = client.post(f"/admin/account/code/{query}", {"code": code_of_app()})
    assert answer["Location"] == "/admin/"
    assert client.get(f"/admin/account/code/{query}")["Location"] == "/admin/"


def test_the_second_step_cannot_be_asked_for_by_itself(client: Client) -> None:
    with_factor(account())
    assert type_code(client, code_of_app(), address=ELSEWHERE)["Location"] == "/admin/login/"
    assert not is_in(client)
