"""Nobody waits for a template that has to be compiled first."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import Template
from django.test import Client

from config.warming import warm_up
from tests.factories import make_actor, make_event


@pytest.fixture
def warm() -> None:
    for loader in engines["django"].engine.template_loaders:
        loader.reset()
    engines["compiled"].env.cache.clear()
    warm_up()


def test_every_template_is_compiled_by_its_own_engine(warm: None) -> None:
    folder = settings.BASE_DIR / "templates"
    names = {file.relative_to(folder).as_posix() for file in folder.rglob("*.html")}
    compiled = {name for name in names if Path(name).parts[0] == "compiled"}
    [loader] = engines["django"].engine.template_loaders
    assert names - compiled <= loader.get_template_cache.keys()
    assert not compiled & loader.get_template_cache.keys()
    in_env = {key[1] for key in engines["compiled"].env.cache}
    assert in_env == {Path(name).name for name in compiled}


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
