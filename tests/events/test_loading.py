"""Citations that come with the fixtures, beside whatever the database already holds."""

import pytest
from django.test import Client

from events.article.loading import load_citations
from events.models import Source
from tests.factories import cite, make_actor, make_country, make_location, make_source

pytestmark = pytest.mark.django_db


def test_only_what_is_still_there_under_its_name_is_cited() -> None:
    putin = make_actor(slug="vladimir-putin")
    kept = putin.names.create(language="ru", name="Владимир Путин")
    changed = putin.names.create(language="ar", name="بوتين")
    assert load_citations("article_citations") == 1
    assert [c.source.slug for c in kept.citations.all()] == ["tatar-inform-7-april-2017"]
    assert not changed.citations.exists()
    # No source comes in for what it does not support.
    assert Source.objects.count() == 1


def test_what_curators_have_of_a_source_or_citation_stays() -> None:
    moscow = make_location(slug="moscow")
    name = moscow.names.create(language="ru", name="Москва")
    source = make_source(slug="geonames", title="Our own gazetteer", state="draft")
    ours = cite(name, source, "geonameid 524901", note="Looked up.")
    assert load_citations("article_citations") == 1
    assert name.citations.get() == ours
    ours.refresh_from_db()
    assert ours.note == "Looked up."
    source.refresh_from_db()
    assert (source.title, source.state) == ("Our own gazetteer", "draft")


def test_a_name_without_a_source_says_so(client: Client) -> None:
    actor = make_actor()
    cite(actor)
    name = actor.names.create(language="ru", name="Имя")
    page = client.get(actor.get_absolute_url()).content.decode()
    assert page.count("no source recorded") == 1
    cite(name)
    assert "no source recorded" not in client.get(actor.get_absolute_url()).content.decode()
    country = make_country("QAA", "Ruritania", gw=999)
    assert client.get(country.get_absolute_url()).content.decode().count("no source recorded") == 3
    make_actor(name="Nobody's word", country=country)
    assert "no source recorded" in client.get("/actors/?q=nobody").content.decode()
