"""The drawn timeline for other sites: in a frame, and as a file that stands alone."""

import json
import re
from datetime import UTC, datetime
from unittest.mock import patch
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from events.models import Chronology
from tests.factories import make_actor, make_event

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


def picture(query: str = "") -> ET.Element:
    response = Client().get(f"/timeline.svg{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    return ET.fromstring(response.content)  # noqa: S314 - written by the site


def texts(root: ET.Element) -> list[str]:
    return [(text.text or "").strip() for text in root.iter(f"{SVG}text")]


def titles(root: ET.Element) -> list[str]:
    return [title.text or "" for title in root.iter(f"{SVG}title")]


def test_the_file_names_what_it_shows_and_where_it_stands() -> None:
    Chronology.objects.update(title="A town and its river")
    make_event(make_actor(name="The mayor"), title="A truce", date="2017-04-04")
    make_event(title="Some time", date="")
    with patch("events.views.timeline.timezone.now", return_value=datetime(2026, 3, 1, tzinfo=UTC)):
        root = picture("?span=2017-04")
    assert titles(root) == ["A town and its river", "A truce, 4 April 2017, participant"]
    found = texts(root)
    assert {"April 2017 · 2 events", "The mayor", "A truce", "participant"} <= set(found)
    assert "1 event has no date at all, and is not drawn." in found
    assert found[-1] == (
        "A town and its river · http://testserver/timeline/?span=2017-04 · read on 1 March 2026"
    )


def test_the_file_needs_no_other() -> None:
    make_event(title="A <truce> & more", standing="alleged", date="2017-04-04/..")
    make_event(date="../2017", standing="refuted")
    content = Client().get("/timeline.svg").content.decode()
    addresses = re.findall(r"(?:href|src|url)[=(\"]+([^\")]+)", content)
    assert set(addresses) == {
        *("#fading-before", "#fading-after", "#fade-in", "#fade-out", "#fade-in-and-out"),
    }
    assert "style" not in content
    assert "class=" not in content
    ids = set(re.findall(r' id="([^"]+)"', content))
    assert {address.removeprefix("#") for address in addresses} <= ids


def test_lanes_of_numbers_are_in_the_file_as_well() -> None:
    for _ in range(20):
        make_event(date="2017-04-04")
    make_event(date="2017-04-09")
    root = picture()
    assert len(titles(root)) == 1
    assert "20 · 4 Apr" in texts(root)
    assert [path.get("fill") for path in root.iter(f"{SVG}path")] == ["#135c56"]


def test_the_file_is_as_high_as_what_is_in_it() -> None:
    name = "A council of a town with a long name"
    make_event(make_actor(name=name), date="2017-04-04")
    root = picture()
    heights = [float(text.get("y") or 0) for text in root.iter(f"{SVG}text")]
    assert max(heights) < float(root.get("height") or 0)
    lines = [text for text in texts(root) if text and text in name]
    assert " ".join(lines[:2]) == name


def test_bad_queries_and_nothing_to_draw_are_problem_documents() -> None:
    make_event(date="")
    bad, empty = Client().get("/timeline.svg?span=x"), Client().get("/timeline.svg")
    assert (bad.status_code, empty.status_code) == (400, 400)
    assert "“x” is not written as EDTF" in json.loads(bad.content)["detail"]
    assert "No event under these filters has a date" in json.loads(empty.content)["detail"]


def test_the_frame_shows_the_same_and_leads_to_the_page() -> None:
    russia = make_actor(slug="russia", name="Russia")
    make_event(russia, title="A truce")
    make_event(title="A fair")
    response = Client().get("/embed/timeline/?actor=russia")
    page = response.content.decode()
    assert "A truce, 4 April 2017" in page
    assert "A fair" not in page
    assert 'href="http://testserver/timeline/?actor=russia"' in page
    assert "<script" not in page
    assert "site-header" not in page
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response


def test_the_frame_says_what_is_wrong() -> None:
    assert "“x” is not one of the values" in (
        Client().get("/embed/timeline/?lanes=x").content.decode()
    )
    nothing = Client().get("/embed/timeline/").content.decode()
    assert "No event has a date that could be drawn." in nothing


def test_crawlers_are_kept_out_of_windows() -> None:
    robots = Client().get("/robots.txt").content.decode().splitlines()
    for path in ("/timeline/*span=", "/timeline/*event=", "/timeline.svg", "/embed/timeline/"):
        assert f"Disallow: {path}" in robots
    make_event(slug="one")
    page = Client().get("/timeline/?span=2017-04&event=one").content.decode()
    links = re.findall(r"<a [^>]*href=\"/timeline/\?[^>]*>", page)
    assert links
    assert all('rel="nofollow"' in link for link in links)
