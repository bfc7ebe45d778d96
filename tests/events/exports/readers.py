"""Each output read by a program that did not write it: its events, by slug, in their order."""

import csv
import json
import warnings
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import icalendar
from django.test import Client
from rdflib import RDF, Graph, Namespace

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
SCHEMA = Namespace("https://schema.org/")


def fetch(client: Client, extension: str, query: str = "") -> str:
    """The whole document; fails if it is not answered 200."""
    response = client.get(f"/events.{extension}{query}")
    assert response.status_code == 200
    return body(response)


def body(response: Any) -> str:
    """The document of an answer, whole or in pieces."""
    pieces = response.streaming_content if response.streaming else [response.content]
    return b"".join(pieces).decode()


def slugs_in(client: Client, extension: str, query: str = "") -> list[str]:
    """The events of an output in its order; those of a feed from its first page to its last."""
    text = fetch(client, extension, query)
    if extension not in NEXT:
        return SLUGS[extension](text)
    slugs, totals, seen = SLUGS[extension](text), {TOTALS[extension](text)}, set[str]()
    while address := NEXT[extension](text):
        assert address not in seen
        seen.add(address)
        text = fetch(client, extension, f"?{urlsplit(address).query}")
        totals.add(TOTALS[extension](text))
        slugs += SLUGS[extension](text)
    assert totals == {len(slugs)}
    return slugs


def _slug(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def table(text: str) -> list[dict[str, str]]:
    rows = list(csv.DictReader(StringIO(text, newline=""), strict=True))
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


def _csv(text: str) -> list[str]:
    rows = table(text)
    assert [(row["row"], row["rows"]) for row in rows] == [
        (str(number), str(len(rows))) for number in range(1, len(rows) + 1)
    ]
    return [row["slug"] for row in rows]


def _json(text: str) -> list[str]:
    document = json.loads(text)
    assert document["count"] == len(document["events"])
    return [event["slug"] for event in document["events"]]


def _geojson(text: str) -> list[str]:
    document = json.loads(text)
    assert document["count"] == len(document["features"])
    return [feature["properties"]["slug"] for feature in document["features"]]


def _json_feed(text: str) -> list[str]:
    """The entries of one page."""
    return [_slug(item["url"]) for item in json.loads(text)["items"]]


def graph(text: str) -> Graph:
    with warnings.catch_warnings():
        # The reader uses a class of its own that it has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        return Graph().parse(data=text, format="json-ld")


def events_of(triples: Graph) -> Iterator[Any]:
    yield from triples.subjects(RDF.type, SCHEMA.Event)


def _jsonld(text: str) -> list[str]:
    triples = graph(text)
    positions = {
        int(triples.value(item, SCHEMA.position)): str(triples.value(item, SCHEMA.item))
        for item in triples.subjects(RDF.type, SCHEMA.ListItem)
    }
    number = triples.value(triples.value(None, RDF.type, SCHEMA.ItemList), SCHEMA.numberOfItems)
    events = {str(event) for event in events_of(triples)}
    assert int(number) == len(positions) == len(events)
    assert events == set(positions.values())
    addresses = {str(event): triples.value(event, SCHEMA.url) for event in events_of(triples)}
    return [_slug(addresses[positions[position]]) for position in sorted(positions)]


def feed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - our own output


def parsed_feed(text: str) -> Any:
    """A page of a feed as a feed reader sees it; fails where it has anything to mend."""
    found = feedparser.parse(text)
    assert not found.bozo
    return found


def _atom(text: str) -> list[str]:
    """The entries of one page."""
    return [_slug(entry.link) for entry in parsed_feed(text).entries]


def links(found: Any, relation: str) -> list[str]:
    """The addresses that a parsed feed or entry gives for a relation."""
    return [link.href for link in found.links if link.rel == relation]


def _next_of_atom(text: str) -> str | None:
    return next(iter(links(parsed_feed(text).feed, "next")), None)


def components(text: str) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(text)
    assert not calendar.errors
    return [c for c in calendar.subcomponents if c.name in ("VEVENT", "VJOURNAL")]


def _ics(text: str) -> list[str]:
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    calendar = icalendar.Calendar.from_ical(text)
    found = components(text)
    assert calendar["X-CHANCERY-COUNT"] == str(len(found))
    return [_slug(component["URL"]) for component in found]


def _timelinejs(text: str) -> list[str]:
    """Slides, and after them what stands on the title slide."""
    document = json.loads(text)
    on_title = document["title"]["text"].get("text", "").split('<h3><a href="')[1:]
    # A slide that is no event has no standing.
    slugs = [slide_slug(event) for event in document["events"] if "standing" in event]
    slugs += [_slug(link.partition('"')[0]) for link in on_title]
    assert document["count"] == len(slugs)
    return slugs


def slide_slug(slide: dict[str, Any]) -> str:
    return _slug(slide["text"]["headline"].partition('href="')[2].partition('"')[0])


def entities(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def _followthemoney(text: str) -> list[str]:
    events = [entity for entity in entities(text) if entity["schema"] == "Event"]
    assert [(e["row"], e["rows"]) for e in events] == [
        (number, len(events)) for number in range(1, len(events) + 1)
    ]
    return [event["properties"]["recordId"][0] for event in events]


SLUGS: dict[str, Callable[[str], list[str]]] = {
    "csv": _csv,
    "json": _json,
    "geojson": _geojson,
    "feed.json": _json_feed,
    "jsonld": _jsonld,
    "atom": _atom,
    "ics": _ics,
    "timelinejs.json": _timelinejs,
    "ftm.json": _followthemoney,
}
# Of feeds, which have pages: the address of the next page, and how many entries all pages hold.
NEXT: dict[str, Callable[[str], str | None]] = {
    "atom": _next_of_atom,
    "feed.json": lambda text: json.loads(text).get("next_url"),
}
TOTALS: dict[str, Callable[[str], int]] = {
    "atom": lambda text: int(feed(text).findtext(f"{OPENSEARCH}totalResults") or ""),
    "feed.json": lambda text: int(json.loads(text)["_chancery"]["count"]),
}
