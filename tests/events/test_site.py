"""What the chronology says of itself heads every page and output; the program is named at the foot
alone."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client

from events.exports.registry import FORMATS_OF
from events.models import Chronology, Event, Licence, Statement

NAME = "Burkina Faso, January 2022"
NOTE = "Made with Chancery"
OURS = {
    "title": NAME,
    "description": "The coup, and who says what about it.",
    "about": "It began with a mutiny.\n\nIt is kept by readers.",
    "contact_name": "The editors",
    "contact_address": "editors@example.org",
    "licence": Licence.CC_BY,
}
PAGES = [
    *("/", "/events/", "/timeline/", "/map/", "/actors/", "/locations/", "/statements/"),
    *("/relations/", "/sources/", "/countries/", "/countries/SYR/", "/about/", "/about/exports/"),
    *("/api/", "/events/facets/actor/", "/relations/russia/united-states/"),
    *("/actors/russia/", "/locations/syria/", "/events/?q=nothing-has-this", "/events/?wrong=1"),
    *("/events/none-such/", "/none-such/", "/locations/none-such/"),
]
FILES = [
    *("/timeline.svg", "/map.svg", "/api/openapi.json", "/api/events", "/sitemap.xml"),
    *("/robots.txt", "/actors/russia/citation.bib", "/actors/russia/citation.json"),
]
EMBEDS = ["/embed/events/", "/embed/timeline/", "/embed/map/"]


@pytest.fixture
def named(loaded: None) -> Iterator[None]:
    with transaction.atomic():
        Chronology.objects.update(**OURS)
        yield
        transaction.set_rollback(True)


def read(client: Client, address: str) -> str:
    response = client.get(address)
    parts: Any = response.streaming_content if response.streaming else [response.content]
    return b"".join(parts).decode()


def read_json(client: Client, address: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read(client, address))
    return found


def test_no_page_names_the_program_but_in_the_note_at_its_foot(named: None, client: Client) -> None:
    event, statement = Event.objects.published().first(), Statement.objects.published().first()
    assert event is not None
    assert statement is not None
    records = [event.get_absolute_url(), statement.get_absolute_url()]
    for address in [*PAGES, *EMBEDS, *records]:
        page = read(client, address)
        assert f"· {NAME}</title>" in page, address
        assert page.count(NOTE) == 1, address
        assert "Chancery" not in page.replace(NOTE, ""), address


def test_no_file_names_another_than_the_program_that_made_it(named: None, client: Client) -> None:
    outputs = [f"/{name}.{form}" for name, forms in FORMATS_OF.items() for form in forms]
    event = Event.objects.published().get(slug="khan-sheikhoun-chemical-attack")
    files = [f"/events/{event.slug}{end}" for end in (".ics", ".json", "/citation.bib")]
    assert len(outputs) > 10
    for address in [*outputs, *files, *FILES]:
        text = read(client, address)
        assert text.count("Chancery") == text.count("PRODID:-//Chancery//"), address


def test_pages_and_pictures_without_a_name_say_a_neutral_word(loaded: None, client: Client) -> None:
    with transaction.atomic():
        Chronology.objects.update(title="", description="")
        page = read(client, "/")
        assert "<title>Timeline · Chronology</title>" in page
        assert '<meta property="og:site_name" content="Chronology">' in page
        assert "Chronology · http://testserver/timeline/" in read(client, "/timeline.svg")
        assert read_json(client, "/events.feed.json")["title"] == "Chronology – Events"
        transaction.set_rollback(True)


def test_the_foot_and_the_about_page_say_licence_and_contact(named: None, client: Client) -> None:
    foot = read(client, "/actors/")
    deed = "https://creativecommons.org/licenses/by/4.0/"
    assert f'<a rel="license" href="{deed}">CC BY 4.0</a>' in foot
    assert '<a href="mailto:editors@example.org">Report a mistake</a>' in foot
    about = read(client, "/about/")
    assert "<p>It began with a mutiny.</p>" in about
    assert "<p>It is kept by readers.</p>" in about
    assert "<dd><bdi>The editors</bdi></dd>" in about
    assert f'<a href="{deed}">CC BY 4.0: anything, with credit</a>' in about
    assert "Editors</dt>" not in about


def test_outputs_say_licence_and_contact_where_they_have_a_place(
    named: None, client: Client
) -> None:
    deed = "https://creativecommons.org/licenses/by/4.0/"
    told = {
        "site": NAME,
        "site_description": "The coup, and who says what about it.",
        "contact": "The editors",
        "contact_address": "editors@example.org",
        "licence": "CC-BY-4.0",
        "licence_url": deed,
    }
    for address in ["/events.json", "/statements.json", "/events.geojson"]:
        assert read_json(client, address).items() >= told.items(), address
    feed = read_json(client, "/events.feed.json")
    assert feed["authors"] == [{"name": NAME, "url": "http://testserver/"}]
    assert feed["description"] == told["site_description"]
    assert feed["_chancery"].items() >= told.items()
    site = read_json(client, "/events.jsonld")["subjectOf"]
    assert (site["@type"], site["name"], site["license"]) == ("WebSite", NAME, deed)
    assert site["publisher"]["name"] == "The editors"
    atom = read(client, "/events.atom")
    assert f"<rights>CC BY 4.0 {deed}</rights>" in atom
    assert f"<author><name>{NAME}</name><email>editors@example.org</email></author>" in atom
    assert "<subtitle>The coup, and who says what about it.</subtitle>" in atom
    info = read_json(client, "/api/openapi.json")["info"]
    assert info["title"] == NAME
    assert info["contact"] == {"name": "The editors", "email": "editors@example.org"}
    assert info["license"] == {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}
    for address in ["/events.csv", "/events.ics", "/events.ftm.json"]:
        response = client.get(address)
        assert response["Link"] == f'<{deed}>; rel="license"', address
        response.getvalue()  # to its end, so that the next one may be written


def test_what_is_not_said_is_left_out(loaded: None, client: Client) -> None:
    assert "licence" not in read_json(client, "/events.json")
    assert "<rights>" not in read(client, "/events.atom")
    assert read_json(client, "/api/openapi.json")["info"].keys() == {
        *("title", "version", "description")
    }
    table = client.get("/events.csv")
    assert not table.has_header("Link")
    table.getvalue()
    page = read(client, "/about/")
    assert 'rel="license"' not in page
    assert "Who answers for it" not in page


def test_editors_are_named_where_the_chronology_names_them(named: None, client: Client) -> None:
    ama = User.objects.create_user("ama", first_name="Ama", last_name="Sarr")
    User.objects.create_user("idle", first_name="Idle", last_name="Account")
    kind = ContentType.objects.get_for_model(Event)
    LogEntry.objects.create(
        user=ama, content_type=kind, object_id="1", object_repr="x", action_flag=CHANGE
    )
    assert "Sarr" not in read(client, "/about/")
    Chronology.objects.update(names_editors=True)
    page = read(client, "/about/")
    assert "<dt>Editors</dt><dd><bdi>Ama Sarr</bdi></dd>" in page
    assert "Idle" not in page
    User.objects.update(is_active=False)
    assert "Sarr" not in read(client, "/about/")
