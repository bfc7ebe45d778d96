"""The source that a curator cites from, kept for the session."""

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest

from events.admin.current_source import choose_source, current_source, recent_sources
from events.models import Source

pytestmark = pytest.mark.django_db


def _request() -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore()
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
