"""The timeline inside other sites: the same filters, and nothing but the events."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.factories import make_actor, make_event, make_location

pytestmark = pytest.mark.django_db


def slugs(client: Client, query: str = "") -> list[str]:
    groups = client.get(f"/embed/events/{query}").context["groups"]
    return [entry.slug for group in groups for entry in group.entries]


def test_same_events_under_a_filter(client: Client) -> None:
    russia = make_actor(slug="russia", name="Russia")
    make_event(russia, slug="new", date="2018")
    make_event(russia, slug="old", date="2015")
    make_event(slug="other")
    assert slugs(client) == ["new", "other", "old"]
    assert slugs(client, "?actor=russia&order=date") == ["old", "new"]


def test_may_be_framed_anywhere_and_runs_no_script(client: Client) -> None:
    make_event()
    response = client.get("/embed/events/")
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "X-Frame-Options" not in response
    page = response.content.decode()
    assert "<script" not in page
    assert "site-header" not in page
    assert "style=" not in page
    assert not response.cookies


def test_kept_page_may_be_framed_too(client: Client, settings: Settings) -> None:
    pages = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "embed"}
    settings.CACHES = dict.fromkeys(("default", "pages", "counts"), pages)
    make_event()
    first, again = client.get("/embed/events/"), client.get("/embed/events/")
    caches["pages"].clear()
    assert again.content == first.content
    for page in (first, again):
        del page["Server-Timing"]  # each says its own time
    assert again.headers == first.headers
    assert "X-Frame-Options" not in again


def test_other_pages_may_not_be_framed(client: Client) -> None:
    response = client.get("/events/")
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_shows_standing_date_and_the_way_to_the_whole(client: Client) -> None:
    make_actor(slug="russia", name="Russia")
    make_event(slug="rumour", standing="alleged", date="2017-04")
    page = client.get("/embed/events/?since=2017").content.decode()
    assert "Alleged" in page
    assert "April 2017" in page
    assert 'href="/events/rumour/?since=2017"' in page
    assert 'href="http://testserver/events/?since=2017"' in page


def test_fifty_events_and_as_many_queries_as_for_one(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/embed/events/")
        return len(captured)

    make_event(make_actor(), location=make_location())
    few = queries()
    for _ in range(51):
        make_event(make_actor(), location=make_location())
    assert queries() == few
    assert len(slugs(client)) == 50


@pytest.mark.parametrize("query", ["?actor=nobody", "?page=2", "?colour=red", "?since=2017-13"])
def test_bad_query_is_named_and_shows_nothing(client: Client, query: str) -> None:
    make_event(slug="only")
    response = client.get(f"/embed/events/{query}")
    assert response.status_code == 200
    assert response.context["groups"] == []
    assert query[1:].partition("=")[0] in response.content.decode()
    assert "/events/only/" not in response.content.decode()


def test_nothing_found_says_so(client: Client) -> None:
    assert "No event answers" in client.get("/embed/events/?since=2017").content.decode()
