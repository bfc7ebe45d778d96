"""Nobody waits for what a process does at its first pages alone."""

import gc
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import Template
from django.test import Client

from config.serving.worker import prepare
from config.warming import warm_up
from config.wsgi import application
from events.models import Event
from tests.factories import make_actor, make_event
from tests.sessions import in_one_session


@pytest.fixture
def warm() -> None:
    for loader in engines["django"].engine.template_loaders:
        loader.reset()
    warm_up()


def test_every_template_is_compiled(warm: None) -> None:
    folder = settings.BASE_DIR / "templates"
    names = {file.relative_to(folder).as_posix() for file in folder.rglob("*.html")}
    [loader] = engines["django"].engine.template_loaders
    assert names <= loader.get_template_cache.keys()


@pytest.mark.django_db
def test_first_pages_compile_nothing(warm: None, client: Client) -> None:
    event = make_event(make_actor(), make_actor())
    made: list[Any] = []

    def note(template: Template, *values: Any, **named: Any) -> Any:
        made.append(template.origin)
        return compile_nodes(template, *values, **named)

    compile_nodes = Template.compile_nodelist
    with patch.object(Template, "compile_nodelist", note):
        for address in ("/events/", event.get_absolute_url(), "/actors/", "/relations/", "/about/"):
            assert client.get(address).status_code == 200
    assert made == []


class Recorder:
    """An application that notes what it was asked, and how it answered."""

    def __init__(self, answer: Callable[..., Any]) -> None:
        self.answer = answer
        self.answered: list[tuple[str, str]] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., None]) -> Any:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> None:
            query = environ["QUERY_STRING"]
            address = environ["PATH_INFO"] + (f"?{query}" if query else "")
            self.answered.append((address, status))
            start_response(status, headers, *more)

        return self.answer(environ, start)


@pytest.fixture
def same_session(db: None) -> Iterator[None]:
    with in_one_session():
        yield


def test_a_worker_asks_for_pages_before_readers_do(same_session: None) -> None:
    make_event(slug="older")
    make_event(slug="newest")
    asked = Recorder(application)
    prepare(asked)
    pages = ["/", "/?q=newest", "/events/newest/", "/actors/", "/statements/", "/relations/"]
    addresses = ["/api/events?limit=1&fields=slug", *pages]
    assert asked.answered == [(address, "200 OK") for address in addresses]


def test_no_collection_looks_at_what_a_worker_has_loaded(same_session: None) -> None:
    gc.unfreeze()
    prepare(application)
    looked_at = gc.get_objects()
    assert not any(each is Event for each in looked_at)
    assert len(looked_at) < gc.get_freeze_count() / 10
    later = [looked_at]
    assert any(each is later for each in gc.get_objects())


@pytest.mark.parametrize("hosts", [["*"], [".example.org"], ["example.org"]])
def test_hosts_that_are_allowed_and_https_do_not_matter(
    same_session: None, settings: Any, hosts: list[str]
) -> None:
    settings.ALLOWED_HOSTS = hosts
    settings.SECURE_SSL_REDIRECT = True
    make_event()
    asked = Recorder(application)
    prepare(asked)
    assert {status for _, status in asked.answered} == {"200 OK"}


def test_an_empty_chronology_is_asked_once(same_session: None) -> None:
    asked = Recorder(application)
    prepare(asked)
    assert asked.answered == [("/api/events?limit=1&fields=slug", "200 OK")]


def test_a_worker_starts_without_an_answer() -> None:
    def unavailable(environ: dict[str, Any], start_response: Callable[..., None]) -> list[bytes]:
        start_response("503 Service Unavailable", [])
        return [b"The database is away."]

    asked = Recorder(unavailable)
    prepare(asked)
    assert asked.answered == [("/api/events?limit=1&fields=slug", "503 Service Unavailable")]
