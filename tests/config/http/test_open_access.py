"""What every answer under /api/ says of who may read it, and how often."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories import make_event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/api/events",
        "/api/events?nonsense=1",
        "/api/nothing",
        "/api/events/none",
        "/api/",
        "/api/%00",
    ],
)
def test_scripts_of_any_site_may_read(client: Client, path: str) -> None:
    response = client.get(path, headers={"Origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Link", "RateLimit", "Retry-After"} <= set(
        response["Access-Control-Expose-Headers"].split(", ")
    )
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies


def test_pages_are_not_opened(client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/events/")


def test_what_browsers_ask_beforehand_is_answered(client: Client) -> None:
    response = client.options(
        "/api/events",
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_the_limit_is_announced_and_kept(client: Client, settings: Settings) -> None:
    settings.API_RATE = 2
    make_event(slug="one")
    first, second, third = (client.get("/api/events") for _ in range(3))
    assert first["RateLimit-Policy"] == '"address";q=2;w=60'
    assert first["RateLimit"] == '"address";r=1;t=60'
    assert [r.status_code for r in (first, second, third)] == [200, 200, 429]
    assert third["Content-Type"] == "application/problem+json"
    problem = third.json()
    assert problem["type"].endswith("#quota-exceeded")
    assert problem["status"] == 429
    assert third["RateLimit"].startswith('"address";r=0;t=')
    assert 1 <= int(third["Retry-After"]) <= 60
    assert third["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/events", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_asking_beforehand_and_pages_are_not_counted(client: Client, settings: Settings) -> None:
    settings.API_RATE = 1
    assert client.options("/api/events").status_code == 204
    assert "RateLimit" not in client.get("/events/")
    assert client.get("/api/events").status_code == 200
    assert client.get("/events/").status_code == 200


def test_without_a_limit_none_is_announced(client: Client) -> None:
    assert "RateLimit" not in client.get("/api/events")
