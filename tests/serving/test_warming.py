"""Nobody waits for what a process does at its first pages alone."""

import gc
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import OperationalError
from django.template import engines
from django.template.base import Template
from django.test import Client

from config.serving.warming import warm_up
from config.serving.worker import prepare
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


@pytest.fixture
def same_session(db: None) -> Iterator[None]:
    with in_one_session():
        yield


@pytest.mark.django_db(transaction=True)
def test_a_worker_has_read_the_event_index_before_it_serves(client: Client) -> None:
    make_event(slug="known")
    prepare()
    with patch("events.index.state.facts.read_events") as read:
        assert b"known" in client.get("/events/").content
    assert not read.called


def test_no_collection_looks_at_what_a_worker_has_loaded(same_session: None) -> None:
    gc.unfreeze()
    prepare()
    looked_at = gc.get_objects()
    assert not any(each is Event for each in looked_at)
    assert len(looked_at) < gc.get_freeze_count() / 10
    later = [looked_at]
    assert any(each is later for each in gc.get_objects())


def test_a_worker_starts_without_a_database() -> None:
    away = {"side_effect": OperationalError}
    with patch("events.index.facts.read_status", **away), patch("events.site._read", **away):
        prepare()
