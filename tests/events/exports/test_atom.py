"""Atom: what RFC 4287 demands of a feed and of each entry."""

from datetime import datetime

import pytest
from django.test import Client

from events.exports.atom import xml_text
from events.models import Event
from tests.events.exports.readers import ATOM, feed, fetch
from tests.factories import make_actor, make_country, make_event

pytestmark = pytest.mark.django_db


def links(element, rel: str) -> list[str]:
    return [link.get("href") for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]


def test_feed_has_what_a_feed_must_have(client: Client) -> None:
    make_event(date="2016")
    make_event(date="2017")
    root = feed(fetch(client, "atom", "?since=2016&order=date"))
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}title") == "Chancery – Events: Since 2016"
    assert links(root, "self") == ["http://testserver/events.atom?since=2016&order=date"]
    assert links(root, "alternate") == ["http://testserver/events/?since=2016&order=date"]
    assert root.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Chancery"
    newest = Event.objects.order_by("-updated_at").first().updated_at
    assert datetime.fromisoformat(root.findtext(f"{ATOM}updated")) == newest


def test_empty_feed_has_never_changed(client: Client) -> None:
    root = feed(fetch(client, "atom"))
    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_entry_has_what_an_entry_must_have(client: Client) -> None:
    make_event(
        make_actor(slug="russia", name="Russia", country=make_country("RUS", "Russia")),
        slug="rumour",
        title="A <b>rumour</b> & more",
        standing="alleged",
        date="2017-04",
    )
    (entry,) = feed(fetch(client, "atom")).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == Event.objects.get(slug="rumour").uuid.urn
    assert links(entry, "alternate") == ["http://testserver/events/rumour/"]
    assert entry.findtext(f"{ATOM}title") == "Alleged: A <b>rumour</b> & more"
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated"))
    content = entry.find(f"{ATOM}content")
    assert content.get("type") == "text"
    assert content.text.splitlines() == [
        "Status: Alleged.",
        "Date: April 2017.",
        "Countries: Russia.",
        "Actors: Russia (participant).",
        "Sources: A newspaper, ¶1.1.",
    ]
    assert {
        (c.get("scheme").rpartition("#")[2], c.get("term"), c.get("label"))
        for c in entry.findall(f"{ATOM}category")
    } == {
        ("standing", "alleged", "Alleged"),
        ("kind", "assault", "Assault"),
        ("countries", "RUS", "Russia"),
        ("actors", "russia", "Russia"),
    }


@pytest.mark.parametrize("character", ["￾", "￿"])
def test_what_xml_cannot_hold_is_replaced(client: Client, character: str) -> None:
    make_event(slug="odd", title=f"Odd{character}one", summary=f"So{character}it is")
    text = fetch(client, "atom")
    assert feed(text).findtext(f"{ATOM}entry/{ATOM}title") == "Odd�one"
    assert character not in text


def test_text_that_xml_can_hold_is_left_alone() -> None:
    text = "tab\tline\nф \U0001f54a “quoted” &<>"
    assert xml_text(text) == text
    assert xml_text("\x00\x0b\x1f") == "���"


def test_right_to_left_title(client: Client) -> None:
    make_event(title="هجوم كيميائي")
    root = feed(fetch(client, "atom"))
    assert root.findtext(f"{ATOM}entry/{ATOM}title") == "هجوم كيميائي"
