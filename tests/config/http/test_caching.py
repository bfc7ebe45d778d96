"""Pages kept as long as the data are the same, and told apart by an ETag."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from events.models import Event
from tests.factories import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings: Settings) -> Iterator[None]:
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
        for name in ("default", "pages", "counts")
    }
    yield
    for cache in caches.all():
        cache.clear()


def test_a_page_asked_for_again_costs_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_event(title="Something happened")
    first = client.get("/events/")
    with django_assert_num_queries(1):
        again = client.get("/events/")
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]
    assert "Something happened" in again.content.decode()


def test_a_change_shows_at_once(client: Client) -> None:
    event = make_event(title="Something happened")
    first = client.get("/events/")
    Event.objects.filter(pk=event.pk).update(title="Something else happened")
    second = client.get("/events/")
    assert "Something else happened" in second.content.decode()
    assert second["ETag"] != first["ETag"]


def test_another_page_of_the_same_filter_counts_nothing_anew(client: Client) -> None:
    for day in range(60):
        make_event(slug=f"e{day}", date=f"2017-01-{day % 28 + 1:02}")
    client.get("/events/?since=2016")
    with patch("events.views.events.count_facets") as counted:
        page = client.get("/events/?since=2016&page=2")
    assert "51 to 60 of 60 events" in page.content.decode()
    assert not counted.called


@pytest.mark.parametrize(
    "address", ["/events/", "/events/?since=2016", "/actors/", "/statements/", "/about/"]
)
def test_an_unchanged_page_is_not_sent_again(client: Client, address: str) -> None:
    make_event()
    etag = client.get(address)["ETag"]
    unchanged = client.get(address, headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged["ETag"] == etag
    make_event()
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_a_fragment_is_another_page_than_the_whole(client: Client) -> None:
    make_event()
    whole = client.get("/events/")
    fragment = client.get("/events/", headers={"HX-Request": "true"})
    assert whole["ETag"] != fragment["ETag"]
    assert "<html" not in fragment.content.decode()
    assert fragment["HX-Push-Url"] == "/events/"
    assert client.get("/events/", headers={"HX-Request": "true"})["HX-Push-Url"] == "/events/"


def test_browsers_ask_again_each_time(client: Client) -> None:
    assert client.get("/events/")["Cache-Control"] == "public, no-cache"


def test_a_preview_is_never_kept(admin_client: Client) -> None:
    make_event(slug="draft", state="draft", title="Not yet public")
    page = admin_client.get("/events/draft/?preview=1")
    assert "Not yet public" in page.content.decode()
    assert "ETag" not in page
    assert "no-store" in page["Cache-Control"]
    assert admin_client.get("/events/draft/").status_code == 404


def test_what_is_not_found_is_not_kept(client: Client) -> None:
    assert client.get("/events/later/").status_code == 404
    make_event(slug="later")
    assert client.get("/events/later/").status_code == 200
