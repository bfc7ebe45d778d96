"""Sessions end: four hours after the last page, twelve hours after signing in."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.config.accounts.signing_in import account, go_on, is_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora() -> Client:
    account()
    client = Client()
    sign_in(client)
    return client


def test_a_session_ends_after_four_hours_without_a_page(
    cora: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on(monkeypatch, hours=3, minutes=59)
    assert is_in(cora)
    go_on(monkeypatch, hours=3, minutes=59)
    assert is_in(cora)
    go_on(monkeypatch, hours=4, minutes=1)
    assert not is_in(cora)


def test_a_session_ends_after_twelve_hours_however_busy(
    cora: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(11):
        go_on(monkeypatch, hours=1)
        assert is_in(cora)
    go_on(monkeypatch, minutes=59)
    assert is_in(cora)
    go_on(monkeypatch, minutes=2)
    assert not is_in(cora)


def test_the_end_leads_to_the_page_for_signing_in_and_back(
    cora: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on(monkeypatch, hours=13)
    sent_away = cora.post("/admin/events/event/add/?a=1", {"title": "A"})
    address = "/admin/login/?next=/admin/events/event/add/%3Fa%3D1&unsaved=1"
    assert sent_away["Location"] == address
    assert "You were signed out before you saved" in cora.get(address).content.decode()
    assert sign_in(cora, query=address.removeprefix("/admin/login/"))["Location"] == (
        "/admin/events/event/add/?a=1"
    )


def writes(client: Client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/admin/")
    return sum(query["sql"].startswith("UPDATE") for query in queries)


def test_the_session_is_written_every_few_minutes_at_most(
    cora: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert writes(cora) == 0
    go_on(monkeypatch, minutes=4)
    assert writes(cora) == 0
    go_on(monkeypatch, minutes=2)
    assert writes(cora) == 1
    assert writes(cora) == 0


def test_the_cookie_outlives_no_session(cora: Client) -> None:
    cookie = cora.cookies["sessionid"]
    assert 12 * 3600 - 60 < cookie["max-age"] <= 12 * 3600
    assert cookie["httponly"]
    row = Session.objects.get()
    assert row.expire_date - timezone.now() <= timedelta(hours=4)


def test_signing_in_gives_the_session_another_name() -> None:
    account()
    client = Client()
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    sign_in(client)
    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(pk=planted).exists()


def test_a_changed_password_ends_the_other_sessions(cora: Client) -> None:
    other = Client()
    sign_in(other)
    form = dict.fromkeys(("new_password1", "new_password2"), "another long word")
    cora.post("/admin/password_change/", form | {"old_password": "a long word of old"})
    assert is_in(cora)
    assert not is_in(other)


def test_a_session_of_a_version_without_an_end_is_over(cora: Client) -> None:
    session = cora.session
    del session["signed_in_at"]
    session.save()
    assert not is_in(cora)


def test_sessions_that_are_over_are_taken_away(
    cora: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on(monkeypatch, hours=5)
    sign_in(Client())
    assert Session.objects.count() == 1
    assert User.objects.count() == 1
