"""One event as a file, and citations of events and actors, as the programs read them that want
them."""

import json
import warnings

import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pybtex.database import parse_string

from events.models import Event
from tests.events.exports.readers import components, fetch
from tests.factories import make_actor, make_claim, make_event, make_statement, take_position

pytestmark = pytest.mark.django_db
FILES = [
    *("/events/strike.ics", "/events/strike.json"),
    *("/events/strike/citation.bib", "/events/strike/citation.json"),
    *("/actors/russia/citation.bib", "/actors/russia/citation.json"),
]


@pytest.fixture
def strike() -> Event:
    russia = make_actor(slug="russia", name="Россия & {Co}", kind="state")
    event = make_event(
        russia, slug="strike", title="Strike, & more", standing="alleged", date="2017-04-03"
    )
    take_position(make_statement(russia), "denies", claim=make_claim(event, slug="did"))
    make_event(slug="other")
    return event


def test_event_as_json_is_the_record_of_the_whole_output(strike: Event, client: Client) -> None:
    response = client.get("/events/strike.json")
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    events = json.loads(fetch(client, "json"))["events"]
    assert response.json() in events
    assert response.json()["slug"] == "strike"
    assert response.json()["claims"][0]["slug"] == "did"


def test_event_as_calendar_is_that_of_the_whole_output(strike: Event, client: Client) -> None:
    response = client.get("/events/strike.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="strike.ics"'
    text = response.content.decode()
    (component,) = components(text)
    whole = {c["UID"]: c for c in components(fetch(client, "ics"))}
    assert component.to_ical() == whole[component["UID"]].to_ical()
    assert component["SUMMARY"] == "Alleged: Strike, & more"
    assert component["URL"] == "http://testserver/events/strike/"
    unfolded = text.replace("\r\n ", "")
    assert "X-CHANCERY-COUNT:1\r\n" in unfolded
    assert "SOURCE;VALUE=URI:http://testserver/events/strike.ics\r\n" in unfolded


@pytest.mark.parametrize(
    ("address", "key", "title"),
    [
        ("/events/strike/", "chancery-event-strike", "Alleged: Strike, & more (3 April 2017)"),
        ("/actors/russia/", "chancery-actor-russia", "Россия & {Co}"),
    ],
)
def test_citations_name_the_sites_record(
    strike: Event, client: Client, address: str, key: str, title: str
) -> None:
    bibtex = client.get(f"{address}citation.bib")
    assert bibtex["Content-Disposition"] == f'attachment; filename="{key}.bib"'
    entry = parse_string(bibtex.content.decode(), "bibtex").entries[key]
    assert entry.type == "online"
    assert entry.fields["url"] == f"http://testserver{address}"
    assert entry.fields["organization"] == "{Chronology}"
    items = json.loads(client.get(f"{address}citation.json").content)
    assert [(item["id"], item["title"]) for item in items] == [(key, title)]
    assert title in printed(items)


def printed(items: list[dict[str, str]]) -> str:
    """The list of references that a processor of CSL makes of the items."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        bibliography.register(Citation([CitationItem(item["id"]) for item in items]))
        return " ".join(str(item) for item in bibliography.bibliography())


@pytest.mark.parametrize("address", FILES)
def test_former_slugs_are_redirected_and_unchanged_files_not_sent_again(
    strike: Event, client: Client, address: str
) -> None:
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    strike.participations.get().actor.__class__.objects.filter(slug="russia").update(slug="rus")
    Event.objects.filter(slug="strike").update(slug="raid")
    moved = client.get(address)
    assert moved.status_code == 301
    assert moved["Location"] == address.replace("strike", "raid").replace("russia", "rus")
    assert client.get(moved["Location"]).status_code == 200


@pytest.mark.parametrize("address", FILES)
def test_drafts_have_no_files(strike: Event, client: Client, address: str) -> None:
    Event.objects.update(state="withdrawn")
    make_actor(slug="draft", state="draft")
    asked = address if "events" in address else address.replace("russia", "draft")
    assert client.get(asked).status_code == 404
    assert client.get(address.replace("strike", "no").replace("russia", "no")).status_code == 404


def test_queries_do_not_grow_with_what_belongs_to_the_event(client: Client) -> None:
    def queries(number: int) -> int:
        actors = [make_actor() for _ in range(number)]
        event = make_event(*actors)
        for actor in actors:
            take_position(make_statement(actor), "denies", claim=make_claim(event))
        with CaptureQueriesContext(connection) as captured:
            assert len(client.get(f"/events/{event.slug}.json").json()["claims"]) == number
        return len(captured)

    assert queries(2) == queries(20)
