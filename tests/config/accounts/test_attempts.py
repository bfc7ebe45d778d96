"""Wrong passwords and codes are counted in the database, and the owner of an account gets in."""

import threading
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from config.accounts.models import Attempt, KnownAddress
from tests.config.accounts.signing_in import (
    ELSEWHERE,
    PASSWORD,
    account,
    code_of_app,
    go_on,
    is_in,
    sign_in,
    type_code,
    with_factor,
)

WRONG = "not the password at all"
pytestmark = pytest.mark.django_db


def guess(times: int, *, name: str = "cora", address: str = "127.0.0.1") -> list[int]:
    """The status of each answer."""
    return [sign_in(Client(), WRONG, name=name, address=address).status_code for _ in range(times)]


def test_thirty_wrong_passwords_are_refused_after_ten_and_the_owner_enters_from_elsewhere(
    caplog: pytest.LogCaptureFixture,
) -> None:
    account()
    assert guess(30) == [200] * 10 + [429] * 20
    logged = [record for record in caplog.records if record.name == "config.accounts.attempts"]
    assert len(logged) == 20
    assert logged[0].getMessage().endswith("from 127.0.0.1")
    assert "cora" not in caplog.text
    assert sign_in(Client()).status_code == 429
    owner = Client()
    assert sign_in(owner, address=ELSEWHERE).status_code == 302
    assert is_in(owner)


def test_the_refusal_says_when_to_try_again_and_that_is_true(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account()
    guess(10)
    refusal = sign_in(Client())
    assert "Try again in 15 minutes" in refusal.content.decode()
    assert 14 * 60 < int(refusal["Retry-After"]) <= 15 * 60
    assert refusal["Cache-Control"].endswith("no-store, must-revalidate, private")
    go_on(monkeypatch, minutes=14)
    assert "Try again in 1 minute," in sign_in(Client()).content.decode()
    go_on(monkeypatch, minutes=1, seconds=1)
    assert sign_in(Client()).status_code == 302


def test_a_right_password_is_not_counted_and_forgives_nothing() -> None:
    account()
    assert guess(9) == [200] * 9
    assert sign_in(Client()).status_code == 302
    assert Attempt.objects.count() == 9
    assert guess(2) == [200, 429]


def test_an_unknown_name_is_answered_alike() -> None:
    account()
    answers = [sign_in(Client(), WRONG, name=name) for name in ("cora", "nobody")]
    words = [answer.context["form"].non_field_errors() for answer in answers]
    assert words[0] == words[1]
    assert len(words[0]) == 1
    assert guess(10, name="nobody") == [200] * 9 + [429]


def test_an_unknown_name_takes_as_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    account()
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def noted(hasher: MD5PasswordHasher, password: str, *others: Any) -> str:
        hashed.append(password)
        return encode(hasher, password, *others)

    monkeypatch.setattr(MD5PasswordHasher, "encode", noted)
    guess(1)
    assert hashed == [WRONG]
    guess(1, name="nobody")
    assert hashed == [WRONG, WRONG]


@pytest.mark.parametrize("change", [{"is_staff": False}, {"is_active": False}])
def test_an_account_that_may_not_curate_is_answered_as_a_wrong_password(
    change: dict[str, bool],
) -> None:
    account()
    User.objects.update(is_superuser=False, **change)
    right, wrong = sign_in(Client()), sign_in(Client(), WRONG)
    assert right.context["form"].non_field_errors() == wrong.context["form"].non_field_errors()
    assert Attempt.objects.count() == 2


def test_capitals_do_not_make_another_account() -> None:
    account()
    assert guess(5, name="cora") + guess(6, name="CORA") == [200] * 10 + [429]


def test_one_address_may_not_try_many_accounts() -> None:
    account()
    tried = [guess(1, name=f"name{number}")[0] for number in range(25)]
    assert tried == [200] * 20 + [429] * 5
    assert sign_in(Client()).status_code == 429
    assert sign_in(Client(), address=ELSEWHERE).status_code == 302


def test_many_addresses_are_stopped_and_those_of_the_owner_are_not() -> None:
    account()
    assert sign_in(Client(), address=ELSEWHERE).status_code == 302
    tried = [guess(1, address=f"198.51.100.{number}")[0] for number in range(55)]
    assert tried == [200] * 50 + [429] * 5
    assert sign_in(Client(), address="192.0.2.1").status_code == 429
    assert sign_in(Client(), address=ELSEWHERE).status_code == 302


def test_an_address_is_known_for_ninety_days(monkeypatch: pytest.MonkeyPatch) -> None:
    account()
    sign_in(Client(), address=ELSEWHERE)
    go_on(monkeypatch, days=91)
    sign_in(Client())
    assert KnownAddress.objects.count() == 1


def test_whoever_has_an_ipv6_address_has_all_of_its_network() -> None:
    account()
    tried = [guess(1, address=f"2001:db8::{number:x}")[0] for number in range(1, 13)]
    assert tried == [200] * 10 + [429] * 2


def test_old_attempts_are_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    account()
    guess(3)
    go_on(monkeypatch, minutes=61)
    guess(1)
    assert Attempt.objects.count() == 1


def test_neither_names_nor_addresses_are_kept() -> None:
    account()
    guess(1, name="a password in the wrong field", address=ELSEWHERE)
    sign_in(Client(), address=ELSEWHERE)
    kept = str([*Attempt.objects.values(), *KnownAddress.objects.values("address")])
    assert "password in" not in kept
    assert ELSEWHERE not in kept


def test_ten_wrong_codes_are_refused_even_when_the_password_is_given_again() -> None:
    with_factor(account())
    client = Client()
    for _ in range(2):
        sign_in(client)
        assert [type_code(client, "000000").status_code for _ in range(5)] == [200] * 5
    assert type_code(client, code_of_app()).status_code == 429
    assert not is_in(client)


def test_codes_from_many_addresses_are_stopped_sooner_than_passwords() -> None:
    with_factor(account())
    client = Client()
    sign_in(client)
    tried = [
        type_code(client, "000000", address=f"198.51.100.{number}").status_code
        for number in range(21)
    ]
    assert tried == [200] * 20 + [429]


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_moment_do_not_slip_through() -> None:
    account()
    answers: list[int] = []
    barrier = threading.Barrier(15)

    def post() -> None:
        try:
            barrier.wait(timeout=30)
            answers.append(sign_in(Client(), WRONG).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(15)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] * 10 + [429] * 5


def test_the_old_password_is_counted_when_it_is_changed() -> None:
    account()
    client = Client()
    sign_in(client)
    new = dict.fromkeys(("new_password1", "new_password2"), "another long word")
    for _ in range(10):
        client.post("/admin/password_change/", {"old_password": WRONG} | new)
    refused = client.post("/admin/password_change/", {"old_password": PASSWORD} | new)
    assert refused.status_code == 429
    assert User.objects.get(username="cora").check_password(PASSWORD)
