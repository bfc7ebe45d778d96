"""Nothing of a record that is not public is public: no text, no count, no address.

Two bodies are compared at every public address: without any hidden record, and with a full set of
drafts or withdrawn records beside what is public (`tests.events.hidden`).
"""

from collections.abc import Iterable, Iterator
from difflib import unified_diff
from itertools import combinations
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from actors.models import Actor, Country
from events.exports.formats import FORMATS
from events.exports.registry import FORMATS_OF
from events.filters.event_facets import FACETS
from events.models import Claim, Event, Location, Source, Statement
from tests.events.hidden import (
    CANARY,
    Hidden,
    Public,
    add_hidden,
    edit_hidden,
    make_public,
)

STATES = ["draft", "withdrawn"]
LISTS = ["/events/", "/actors/", "/locations/", "/statements/", "/sources/"]
WORDS = [CANARY, CANARY[:6], "Quillfether", "Plain", "plane", "Tillerson", "tilersen", "nom"]
PARTS = ["pages", "events", "actors", "countries", "locations", "statements", "sources"]
CITATIONS = ["/citation.bib", "/citation.json"]
EVENT_FILES = [".ics", ".json", *CITATIONS]
RESOURCES: dict[str, Any] = {
    "events": Event,
    "actors": Actor,
    "locations": Location,
    "statements": Statement,
    "sources": Source,
    "claims": Claim,
}


@pytest.fixture
def public(loaded: None) -> Iterator[Public]:
    """Beside the article's records, and undone after each test."""
    with transaction.atomic():
        yield make_public()
        transaction.set_rollback(True)


@pytest.fixture(params=STATES)
def hidden(request: pytest.FixtureRequest, public: Public) -> Hidden:
    return add_hidden(public, request.param)


def lists(client: Client) -> Iterator[str]:
    """Each list, and each under each value of its facets, and by words."""
    for page in LISTS:
        yield page
        for facet in client.get(page).context["facets"]:
            for value in facet.values:
                yield f"{page}?{facet.name}={quote(value.value)}"
        for word in WORDS:
            yield f"{page}?q={word}"
    for slug in Actor.objects.published().values_list("slug", flat=True):
        yield f"/statements/?about={slug}"
        yield f"/statements/?speaker={slug}"
    yield from ("/", "/?order=date", "/?order=relevance&q=plain", "/?since=2017-04&until=2017-05")
    yield from ("/relations/", "/relations/?q=plain", "/relations/?kind=person")


def pages(client: Client) -> Iterator[str]:
    yield from ("/countries/", "/sitemap.xml", *(f"/sitemap-{part}.xml" for part in PARTS))
    yield from ("/about/", "/about/exports/", "/embed/events/", "/api/", "/api/openapi.json")
    yield from ("/map/", "/embed/map/", "/map.svg", "/timeline.svg", "/embed/timeline/")
    for by in ("actor", "country", "kind", "none"):
        yield from (f"/timeline/?lanes={by}", f"/timeline/?lanes={by}&view=table")
    for slug in Event.objects.published().values_list("slug", flat=True):
        yield f"/timeline/?event={slug}"
    for slug in Location.objects.published().values_list("slug", flat=True):
        yield f"/map/?place={slug}"
    for facet in FACETS:
        yield f"/events/facets/{facet}/"
        yield f"/events/facets/{facet}/?find=pl"
    for word in WORDS:
        yield f"/suggest/?q={word}"
    for iso3 in Country.objects.filter(locations__isnull=False).values_list("iso3", flat=True):
        yield f"/countries/{iso3}/"
        yield f"/countries/{iso3}/?on=2017-04-05"


def records(client: Client) -> Iterator[str]:
    for name, model in RESOURCES.items():
        for record in model.objects.published():
            if hasattr(record, "get_absolute_url"):
                yield record.get_absolute_url()
            yield f"/api/{name}/{record.pk if name == 'statements' else record.slug}"
    for pk in Statement.objects.published().values_list("pk", flat=True):
        yield f"/statements/{pk}/citation.bib"
        yield f"/statements/{pk}/citation.json"
    for slug in Event.objects.published().values_list("slug", flat=True):
        yield from (f"/events/{slug}{rest}" for rest in EVENT_FILES)
    for slug in Actor.objects.published().values_list("slug", flat=True):
        yield from (f"/actors/{slug}{rest}" for rest in CITATIONS)
    for source in Source.objects.published():
        yield f"{source.get_absolute_url()}?access=second-hand"
    for event in Event.objects.published():
        yield f"/sources/plain-source/?record=event:{event.slug}"
    actors = ["plain-body", "plain-person", "plain-whole", "russia", "united-states", "turkey"]
    for first, second in combinations(actors, 2):
        yield f"/relations/{first}/{second}/"


def machine_formats(client: Client) -> Iterator[str]:
    for extension in FORMATS:
        yield f"/events.{extension}"
        yield f"/events.{extension}?order=date"
        yield f"/events.{extension}?updated_since=2001-01-01T00:00:00Z"
        yield f"/events.{extension}?q=plain&order=date"
        yield f"/events.{extension}?actor=plain-person&order=date"
    for extension in FORMATS_OF["statements"]:
        yield f"/statements.{extension}"
        yield f"/statements.{extension}?q=plain"
        yield f"/statements.{extension}?event=plain-event"
    for name in RESOURCES:
        yield f"/api/{name}"
        yield f"/api/{name}?limit=2"
        yield f"/api/{name}?updated_since=2001-01-01T00:00:00Z"
    yield from ("/api/claims?event=plain-event", "/api/statements?event=placeless")
    yield from (f"/api/events?q={word}" for word in WORDS)


def read(client: Client, addresses: list[str]) -> dict[str, bytes]:
    """Every byte, the times of change among them, and the ETag as a line."""
    return {address: body(client, address) for address in addresses}


def body(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code in (200, 400), (address, response.status_code)
    text = response.getvalue() if response.streaming else response.content
    return text + f"\n{response.get('ETag', '')}".encode()


def changes(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, list[str]]:
    """The lines that differ, by address."""
    return {
        address: [
            line
            for line in unified_diff(
                before[address].decode().splitlines(), after[address].decode().splitlines(), n=0
            )
            if not line.startswith(("---", "+++", "@@"))
        ]
        for address in before
        if before[address] != after[address]
    }


@pytest.mark.parametrize("addresses", [lists, pages, records, machine_formats])
def test_public_bodies_are_the_same_with_and_without_hidden_records(
    public: Public, client: Client, addresses: Any
) -> None:
    asked = list(dict.fromkeys(addresses(client)))
    assert len(asked) > 30
    before = read(client, asked)
    for state in STATES:
        with transaction.atomic():
            hidden = add_hidden(public, state)
            connection.check_constraints()
            assert_hidden(client, hidden, before)
            assert_untouched(client, edit_hidden(public, hidden), before)
            assert set(addresses(client)) == set(asked)
            transaction.set_rollback(True)


def assert_hidden(client: Client, hidden: Hidden, before: dict[str, bytes]) -> None:
    """The bodies are those of before; no record is public."""
    after = read(client, list(before))
    assert changes(before, after) == {}, hidden.event.state
    # So no word of theirs is there either, but where the address asks for it.
    told = [address for address, text in after.items() if CANARY.encode() in text]
    assert [address for address in told if CANARY not in address] == []
    assert not any(type(r).objects.published().filter(pk=r.pk).exists() for r in hidden.records)


def assert_untouched(client: Client, writes: Iterable[str], before: dict[str, bytes]) -> None:
    """The same while curators go on working: at one address after each write, at all in the end."""
    first = dict([next(iter(before.items()))])
    for written in writes:
        assert changes(first, read(client, list(first))) == {}, written
    connection.check_constraints()
    assert changes(before, read(client, list(before))) == {}


def names(hidden: Hidden) -> Iterator[tuple[str, str]]:
    """Kind and name, as addresses have them, of what is hidden and of what belongs to it."""
    for kind, records in {
        "events": [hidden.event],
        "actors": [hidden.actor, hidden.body],
        "locations": [hidden.place, hidden.land],
        "sources": [hidden.source],
        "claims": [hidden.claim, hidden.claim_of_event],
        "statements": [hidden.said, hidden.said_by_actor],
    }.items():
        for record in records:
            yield kind, str(record.pk) if kind == "statements" else record.slug


def test_hidden_records_have_no_address(hidden: Hidden, client: Client) -> None:
    asked = [f"/api/{kind}/{name}" for kind, name in names(hidden)]
    asked += [f"/{kind}/{name}/" for kind, name in names(hidden) if kind != "claims"]
    for pk in (hidden.said.pk, hidden.said_by_actor.pk):
        asked += [f"/statements/{pk}/citation.bib", f"/statements/{pk}/citation.json"]
    asked += [f"/events/{hidden.event.slug}{rest}" for rest in EVENT_FILES]
    for actor in (hidden.actor, hidden.body):
        asked += [f"/actors/{actor.slug}{rest}" for rest in CITATIONS]
        asked += [
            reverse("relations:relation_detail", args=pair)
            for pair in ([actor.slug, "plain-person"], ["plain-body", actor.slug])
        ]
    for address in asked:
        for query in ("", "?preview=1"):
            response = client.get(address + query)
            # The API knows no such parameter.
            assert response.status_code in ((404, 400) if query else (404,)), address
            assert CANARY not in response.content.decode()


# By what parameter of which lists a kind of record is named.
NAMED = {
    "events": [("event", "/statements/"), ("event", "/api/statements"), ("event", "/api/claims")],
    "actors": [
        *((name, page) for name in ("actor", "speaker") for page in ("/", "/events.json")),
        *((name, "/statements/") for name in ("speaker", "about")),
        ("actor", "/embed/events/"),
        ("speaker", "/api/statements"),
        ("speaker", "/statements.csv"),
        ("about", "/statements.atom"),
    ],
    "locations": [("location", "/"), ("location", "/events.atom"), ("location", "/api/events")],
    "sources": [("source", "/"), ("source", "/events.csv"), ("source", "/api/events")],
    "claims": [("claim", "/statements/"), ("claim", "/api/statements")],
    "statements": [],
}


def test_hidden_records_are_no_value_of_any_filter(hidden: Hidden, client: Client) -> None:
    for kind, name in names(hidden):
        for parameter, page in NAMED[kind]:
            response = client.get(f"{page}?{parameter}={name}")
            text = response.content.decode()
            unknown = client.get(f"{page}?{parameter}=no-such-thing").content.decode()
            assert f"There is no “{name}” here" in text, (page, parameter)
            assert CANARY not in text
            assert text.replace(name, "no-such-thing") == unknown


def test_pages_of_sources_lead_to_nothing_hidden(hidden: Hidden, client: Client) -> None:
    kinds = {"events": "event", "actors": "actor", "locations": "location", "claims": "claim"}
    asked = [f"{kinds[kind]}:{name}" for kind, name in names(hidden) if kind in kinds]
    asked += [f"statement:{hidden.said.pk}", f"statement:{hidden.said_by_actor.pk}"]
    rows = {
        "participation": [hidden.event.participations, hidden.actor.participations],
        "position": [hidden.event.positions, hidden.said.positions, hidden.said_by_actor.positions],
        "link": [hidden.event.links, hidden.claim_of_event.links_here, hidden.claim.links_here],
        "tenure": [hidden.actor.tenures, hidden.body.offices],
        "actor_name": [hidden.actor.names],
        "location_name": [hidden.place.names],
    }
    for kind, sets in rows.items():
        for related in sets:
            keys = list(related.values_list("pk", flat=True))
            assert keys
            asked += [f"{kind}:{key}" for key in keys]
    for name in asked:
        text = client.get(f"/sources/plain-source/?record={name}").content.decode()
        assert f"There is no “{name}” here" in text
        assert CANARY not in text


def test_curators_see_beforehand_what_would_be_public(hidden: Hidden, client: Client) -> None:
    client.force_login(User.objects.create_superuser("curator"))
    text = client.get(f"{hidden.event.get_absolute_url()}?preview=1").content.decode()
    assert hidden.event.title in text
    # With the claims and positions that become public with it, and nothing that does not.
    assert hidden.claim_of_event.text in text
    assert "A plain answer" in text
    assert hidden.actor.name not in text
