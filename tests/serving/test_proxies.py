"""What a proxy says of its reader is believed where there is one, and nowhere else."""

import json
from typing import Any

import pytest

from tests.serving.sites import Site, environment, serving
from tests.waiting import wait_until

SAID = (
    "X-Forwarded-Proto: https",
    "X-Forwarded-For: 198.51.100.9",
    "X-Forwarded-Host: elsewhere.example",
    "X-Forwarded-Port: 444",
    "Forwarded: for=198.51.100.9;proto=https;host=elsewhere.example",
    "X_Forwarded_Proto: https",
)


def test_without_a_proxy_nobody_may_say_for_whom_he_asks(pages: Site) -> None:
    asked = json.loads(pages.get("/asked", *SAID).body)
    assert (asked["scheme"], asked["reader"]) == ("http", "127.0.0.1")
    assert asked["host"] == f"127.0.0.1:{pages.port}"


@pytest.mark.parametrize("said", SAID)
def test_plain_http_is_sent_to_https_whatever_is_said(
    django_db_setup: None, django_db_blocker: Any, said: str, plain: Site
) -> None:
    reply = plain.get("/asked", said)
    assert reply.status == 301
    assert reply.headers["location"].startswith("https://127.0.0.1")
    assert "strict-transport-security" not in reply.headers


@pytest.fixture(scope="module")
def plain(django_db_setup: None, django_db_blocker: Any) -> Any:
    """A site for https, reached by http."""
    with django_db_blocker.unblock():
        env = environment(DJANGO_SETTINGS_MODULE="tests.serving.settings", LOCAL_HTTP="0")
    with serving(env) as server:
        wait_until(lambda: "Chancery is at" in server.output, 60)
        yield server


@pytest.fixture(scope="module")
def behind_proxy(django_db_setup: None, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        env = environment(
            DJANGO_SETTINGS_MODULE="tests.serving.settings", LOCAL_HTTP="0", BEHIND_HTTPS_PROXY="1"
        )
    with serving(env) as server:
        wait_until(lambda: "Chancery is at" in server.output, 60)
        yield server


def test_behind_a_proxy_of_ours_its_word_on_scheme_and_reader_counts(behind_proxy: Site) -> None:
    reply = behind_proxy.get("/asked", *SAID)
    asked = json.loads(reply.body)
    assert (asked["scheme"], asked["reader"]) == ("https", "198.51.100.9")
    assert asked["host"] == f"127.0.0.1:{behind_proxy.port}"
    assert "strict-transport-security" in reply.headers


def test_behind_a_proxy_that_says_http_is_http(behind_proxy: Site) -> None:
    assert behind_proxy.get("/asked", "X-Forwarded-Proto: http").status == 301
