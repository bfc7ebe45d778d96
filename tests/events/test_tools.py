"""Share, cite, calendar, print: what stands in the head of records and of lists."""

import json
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from pybtex.database import parse_string
from pytest_django import Settings

from events.models import Chronology, Event
from tests.factories import (
    make_actor,
    make_country,
    make_event,
    make_location,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db
LISTS = ["actors", "locations", "sources", "statements", "relations"]


def tools(client: Client, address: str) -> str:
    """What stands between its begin and the end of its buttons, as a reader sees it."""
    text = client.get(address).content.decode()
    assert text.count('<div class="tools">') == 1
    return unescape(text.split('<div class="tools">')[1].split('class="tool-print"')[0])


def field(text: str, name: str) -> str:
    """What a field of the tools holds to be copied."""
    return text.split(f'id="citation-{name}"')[1].partition(">")[2].partition("</textarea>")[0]


@pytest.fixture
def addresses() -> dict[str, str]:
    """A page of each kind of record, and its name."""
    country = make_country()
    actor = make_actor(slug="russia", name='The "<b>" & Co', country=country)
    place = make_location(slug="idlib", name="Idlib", country=country)
    make_event(actor, location=place)
    source = make_source(slug="paper", title="A paper")
    return {
        actor.get_absolute_url(): 'The "<b>" & Co',
        place.get_absolute_url(): "Idlib",
        source.get_absolute_url(): "A paper",
        country.get_absolute_url(): country.name,
    }


def test_records_are_shared_by_their_canonical_address(
    addresses: dict[str, str], client: Client
) -> None:
    for address, name in addresses.items():
        text = tools(client, f"{address}?q=a&page=2")
        whole = f"http://testserver{address}"
        assert field(text, "share") == whole
        assert f'rel="bookmark" href="{whole}"' in text
        assert f'data-title="{name}" data-address="{whole}" hidden' in text
        assert field(text, "plain") == f"Chronology, “{name}”, {whole}"


def test_addresses_begin_with_the_sites_own(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://chronology.example"
    make_location(slug="idlib")
    text = tools(client, "/locations/idlib/")
    assert field(text, "share") == "https://chronology.example/locations/idlib/"


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_shared_and_cited_under_their_filter(client: Client, name: str) -> None:
    text = tools(client, f"/{name}/?q=attack&page=1")
    whole = f"http://testserver/{name}/?q=attack"
    assert field(text, "share") == whole
    day = timezone.now()
    assert field(text, "plain").endswith(f"read on {day.day} {day:%B %Y}, {whole}")
    assert " attack”, read on" in field(text, "plain")
    (item,) = json.loads(field(text, "csl"))
    assert item["URL"] == whole
    assert item["accessed"] == {"date-parts": [[day.year, day.month, day.day]]}
    (entry,) = parse_string(field(text, "bibtex"), "bibtex").entries.values()
    assert entry.type == "online"
    assert entry.fields["url"] == whole
    assert entry.fields["urldate"] == day.date().isoformat()
    assert "citation.bib" not in text


@pytest.mark.parametrize("name", LISTS)
def test_bad_query_and_fragment(client: Client, name: str) -> None:
    assert '<div class="tools">' not in client.get(f"/{name}/?colour=red").content.decode()
    headers = {"HX-Request": "true"}
    fragment = client.get(f"/{name}/?q=attack", headers=headers).content.decode()
    assert f"http://testserver/{name}/?q=attack" in unescape(fragment)


def test_pair_of_actors(client: Client) -> None:
    first, second = make_actor(slug="a", name="A"), make_actor(slug="b", name="B")
    make_event(first, second)
    text = tools(client, "/relations/a/b/?since=2016")
    assert field(text, "share") == "http://testserver/relations/a/b/?since=2016"
    assert "“A and B: Since 2016”" in field(text, "plain")


def test_statement_has_files_of_its_citation(client: Client) -> None:
    statement = make_statement(paraphrase="Not us")
    text = tools(client, statement.get_absolute_url())
    for ending, name in (("bib", "bibtex"), ("json", "csl")):
        address = f"/statements/{statement.pk}/citation.{ending}"
        assert f'href="{address}"' in text
        assert client.get(address).content.decode() == field(text, name)


def test_calendar_stands_with_an_event(client: Client) -> None:
    make_event(slug="strike")
    offered = client.get("/events/strike/").context["tools"]
    text = render_to_string("_tools.html", {"tools": offered, "chronology": Chronology()})
    assert 'href="/events/strike.ics" download>Calendar</a>' in text
    assert 'href="/events/strike/citation.bib"' in text
    make_actor(slug="russia")
    assert "Calendar" not in tools(client, "/actors/russia/")


def test_context_of_events_is_there_for_their_pages(client: Client) -> None:
    make_event(slug="strike", title="Strike", standing="alleged", date="2017-04")
    offered = client.get("/events/strike/?q=strike").context["tools"]
    assert offered.address == "http://testserver/events/strike/"
    assert offered.title == "Alleged: Strike (April 2017)"
    assert offered.calendar == "/events/strike.ics"
    assert offered.bibtex_file == "/events/strike/citation.bib"
    assert offered.csl_file == "/events/strike/citation.json"
    for address in ("/", "/events/"):
        of_list = client.get(f"{address}?q=strike&page=1").context["tools"]
        assert of_list.address == "http://testserver/events/?q=strike"
        assert of_list.title == "Events: Search strike"
    assert Event.objects.count() == 1


def test_records_lead_to_the_drawn_timeline(addresses: dict[str, str], client: Client) -> None:
    make_event(slug="talks")
    make_actor(slug="iran")
    expected = dict(
        zip(addresses, ("actor=russia", "location=idlib", "source=paper"), strict=False)
    )
    expected |= {
        "/countries/SYR/": "country=SYR",
        "/events/talks/": "event=talks",
        "/relations/iran/russia/": "actor=iran&actor=russia&match=all",
    }
    for address, query in expected.items():
        link = f'href="/timeline/?{query}"'
        assert link in tools(client, address), address
        assert client.get(f"/timeline/?{query}").context["problems"] == []
