"""Atom: what RFC 4287 demands of a feed and of each entry."""

from datetime import datetime

import pytest
from django.test import Client

from events.exports.atom import xml_text
from events.index.facts import describe_what_was_written
from events.models import DeletedEvent, Event, LastChange
from tests.events.exports.readers import ATOM, feed, fetch
from tests.factories import make_actor, make_country, make_event

TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
pytestmark = pytest.mark.django_db


def links(element, rel: str) -> list[str]:
    return [link.get("href") for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]


def test_feed_has_what_a_feed_must_have(client: Client) -> None:
    make_event(date="2016")
    make_event(date="2017")
    root = feed(fetch(client, "atom", "?since=2016&order=date"))
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}title") == "Chronology – Events: Since 2016"
    assert links(root, "self") == ["http://testserver/events.atom?since=2016&order=date"]
    assert links(root, "alternate") == ["http://testserver/events/?since=2016&order=date"]
    assert root.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Chronology"
    newest = LastChange.objects.filter(kind="event").latest("changed_at").changed_at
    assert datetime.fromisoformat(root.findtext(f"{ATOM}updated")) == newest


def test_what_went_is_named_by_its_identity(client: Client) -> None:
    make_event(slug="before")
    going = [make_event(title="Quillfeather", date="2016") for _ in range(3)]
    make_event(slug="staying", date="2017")
    describe_what_was_written()
    updated = feed(fetch(client, "atom")).findtext(f"{ATOM}updated")
    for event in going:
        Event.objects.filter(pk=event.pk).update(state="withdrawn")
        describe_what_was_written()
    for query in ("", "?since=2017", "?since=2050"):
        text = fetch(client, "atom", query)
        assert "Quillfeather" not in text
        root = feed(text)
        entries = root.findall(TOMBSTONE)
        assert [entry.get("ref") for entry in entries] == [e.uuid.urn for e in reversed(going)]
        last = DeletedEvent.objects.latest("deleted_at").deleted_at
        assert datetime.fromisoformat(entries[0].get("when")) == last
        assert datetime.fromisoformat(root.findtext(f"{ATOM}updated")) == last
        assert root.findtext(f"{ATOM}updated") > updated
    # Also when every entry has changed since: the feed has no other page.
    Event.objects.update(note="Other")
    assert len(feed(fetch(client, "atom")).findall(TOMBSTONE)) == 3


def test_a_feed_never_says_an_earlier_time_than_before(client: Client) -> None:
    make_event(date="2016")
    newest = make_event(date="2017")
    describe_what_was_written()
    writes = [
        {"note": "Newest"},
        {"date": "2016"},
        {"state": "withdrawn"},
        {"title": "A draft"},
        {"state": "published"},
    ]
    before: dict[str, str] = {}
    for values in writes:
        Event.objects.filter(pk=newest.pk).update(**values)
        describe_what_was_written()
        for query in ("", "?since=2017", "?since=2050", "?order=date"):
            now = feed(fetch(client, "atom", query)).findtext(f"{ATOM}updated")
            assert now >= before.get(query, "")
            before[query] = now
    newest.delete()
    assert feed(fetch(client, "atom")).findtext(f"{ATOM}updated") > before[""]


def test_only_the_first_page_says_what_went(client: Client) -> None:
    gone = make_event()
    for _ in range(101):
        make_event()
    describe_what_was_written()
    assert feed(fetch(client, "atom")).findall(TOMBSTONE) == []
    gone.delete()
    first = feed(fetch(client, "atom"))
    assert len(first.findall(TOMBSTONE)) == 1
    Event.objects.update(note="Other")
    assert feed(fetch(client, "atom")).findall(TOMBSTONE) == []
    [following] = links(first, "next")
    assert feed(client.get(following).content.decode()).findall(TOMBSTONE) == []


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
        ("kind", "assault", "Attack"),
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


def test_browser_is_told_that_it_is_xml_and_a_feed_reader_that_it_is_atom(client: Client) -> None:
    make_event()
    asked = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    for accept, kind in (({}, "application/atom+xml"), (asked, "application/xml")) * 2:
        response = client.get("/events.atom", headers=accept)
        assert response["Content-Type"] == f"{kind}; charset=utf-8"
        assert "Accept" in response["Vary"]
        assert response.content == client.get("/events.atom").content
    assert client.head("/events.csv", headers=asked)["Content-Type"].startswith("text/csv")


def test_person_who_opens_it_is_led_on(client: Client) -> None:
    make_event(slug="strike")
    text = fetch(client, "atom", "?since=2016")
    assert text.split("?>")[1].strip().startswith("<?xml-stylesheet href=")
    assert "feed.css" in text.split("<feed")[0]
    root = feed(text)
    xhtml = "{http://www.w3.org/1999/xhtml}"
    assert [a.get("href") for a in root.iterfind(f"{xhtml}p/{xhtml}a")] == [
        "http://testserver/events/?since=2016"
    ]
    assert [a.get("href") for a in root.iterfind(f"{ATOM}entry/{xhtml}p/{xhtml}a")] == [
        "http://testserver/events/strike/"
    ]
