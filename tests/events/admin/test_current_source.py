"""The source that a curator cites from, kept for the session."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from events.admin.current_source import choose_source, current_source, recent_sources
from events.models import Source

pytestmark = pytest.mark.django_db


def _request() -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore()
    request.user = User(is_active=True, is_superuser=True)
    return request


def _source(slug: str) -> Source:
    return Source.objects.create(slug=slug, title=slug, kind="article")


def test_nothing_is_chosen_at_first() -> None:
    assert current_source(_request()) is None


def test_the_last_three_chosen_are_kept_the_last_first() -> None:
    request = _request()
    first, second, third, fourth = map(_source, ("first", "second", "third", "fourth"))
    for source in (first, second, third, second, fourth):
        choose_source(request, source)
    assert recent_sources(request) == [fourth, second, third]
    assert current_source(request) == fourth


def test_a_deleted_source_drops_out() -> None:
    request = _request()
    first, second = _source("first"), _source("second")
    choose_source(request, first)
    choose_source(request, second)
    second.delete()
    assert current_source(request) == first


def test_a_source_is_chosen_for_the_session_by_those_who_may_see_it(
    admin_client: Client, client: Client
) -> None:
    first, second = _source("first"), _source("second")
    address = reverse("admin:events_source_cite_from", args=[first.pk])
    assert admin_client.get(address).status_code == 405
    assert admin_client.post(address).status_code == 204
    form = reverse("admin:events_event_add")
    assert admin_client.get(form).context["page"].citing.cited_from == first
    missing = reverse("admin:events_source_cite_from", args=[second.pk + 1])
    assert admin_client.post(missing).status_code == 404
    client.force_login(User.objects.create_user("sees nothing", is_staff=True))
    assert client.post(address).status_code == 403


def test_a_new_source_is_cited_from_next(admin_client: Client) -> None:
    form = {"title": "A paper", "slug": "a-paper", "kind": "report", "state": "draft"}
    assert admin_client.post(reverse("admin:events_source_add"), form).status_code == 302
    chosen = admin_client.get(reverse("admin:events_event_add")).context["page"].citing.cited_from
    assert chosen == Source.objects.get(slug="a-paper")
