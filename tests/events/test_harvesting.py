"""A copy that is kept by the API alone is the chronology, whatever curators do meanwhile.

Curators write at random, each change in a transaction of its own. A harvester asks now and then
what changed and what went. Its copy is what the API gives to a reader who asks for everything, word
for word. So nothing that is served changes without a change of time.
"""

import random
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from actors.models import Actor, ActorName, Tenure
from events.models import (
    Citation,
    Claim,
    Event,
    EventLink,
    EventType,
    Location,
    Participation,
    PastStanding,
    Position,
    Source,
    Statement,
)
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_kind,
    make_location,
    make_source,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db(transaction=True)
STATES = ["published", "published", "draft", "withdrawn"]
PUBLISHABLE: list[Any] = [Actor, Location, Source, Event, Claim, Statement]


def begin(chance: random.Random) -> None:
    """A small chronology with everything in it."""
    countries = [make_country("SYR"), make_country("RUS", "Russia"), None]
    make_kind("fight")
    sources = [make_source() for _ in range(3)]
    places: list[Any] = []
    actors: list[Any] = []
    for _ in range(4):
        places.append(make_location(parent=chance.choice([None, *places]), country=countries[0]))
        country, whole = chance.choice(countries), chance.choice([None, *actors])
        actors.append(make_actor(part_of=whole, country=country))
    for _ in range(6):
        event = make_event(*chance.sample(actors, 2), location=chance.choice([None, *places]))
        cite(event, chance.choice(sources), "p. 2")
        take_position(make_statement(chance.choice(actors)), "denies", claim=make_claim(event))


def pick(chance: random.Random, model: Any) -> Any:
    rows = list(model.objects.order_by("pk"))
    return chance.choice(rows) if rows else None


def edit(chance: random.Random) -> None:
    """Another text, place, kind, whole or state of some record."""
    row = pick(chance, chance.choice([*PUBLISHABLE, EventType]))
    if row is None:
        return
    texts = {Event: "title", Source: "title", Claim: "text", Statement: "paraphrase"}
    name = texts.get(type(row), "name")
    values: dict[str, Any] = {name: f"Text {chance.random()}"}
    if type(row) in PUBLISHABLE and chance.random() < 0.5:
        values = {"state": chance.choice(STATES)}
    elif isinstance(row, Event) and chance.random() < 0.7:
        values = chance.choice(
            [
                {"location": pick(chance, Location)},
                {"kind": make_kind(chance.choice(["fight", "assault"]))},
                {"slug": f"slug-{chance.randrange(10**9)}"},
                {"standing": chance.choice(Event.Standing.values)},
            ]
        )
    elif isinstance(row, Actor | Location | Source | Claim) and chance.random() < 0.3:
        values = {"slug": f"slug-{chance.randrange(10**9)}"}
    type(row).objects.filter(pk=row.pk).update(**values)


def add(chance: random.Random) -> None:
    """A row that belongs to records, whatever their states."""
    event, actor, source = (pick(chance, model) for model in (Event, Actor, Source))
    claim, statement = pick(chance, Claim), pick(chance, Statement)
    if event is None or claim is None:
        make_claim(make_event(actor))
        return
    target = chance.choice([{"event": event}, {"claim": claim}, {"answered": statement}])
    stance = chance.choice(Position.Stance.values)
    kinds: list[Any] = [Event, Participation, EventLink, Actor, Location, Claim, Statement]
    other = pick(chance, Event)
    chance.choice(
        [
            lambda: make_event(actor, state=chance.choice(STATES)),
            lambda: event.participations.create(actor=actor, role_id="host"),
            lambda: take_position(pick(chance, Statement), stance, **target),
            lambda: EventLink.objects.create(from_event=event, relation="about", to_event=other),
            lambda: EventLink.objects.create(from_event=event, relation="about", to_claim=claim),
            lambda: cite(pick(chance, chance.choice(kinds)) or event, source, f"p. {stance}"),
            lambda: cite(event, source, "p. 9", access="second-hand", via=pick(chance, Source)),
            lambda: ActorName.objects.create(actor=actor, language="ru", name=f"Имя {stance}"),
            lambda: Tenure.objects.create(person=actor, office=stance, body=pick(chance, Actor)),
            lambda: statement.audience.add(actor),
        ]
    )()


def remove(chance: random.Random) -> None:
    kinds: list[Any] = [Event, Participation, Position, EventLink, Claim, Citation, PastStanding]
    row = pick(chance, chance.choice(kinds))
    if row is not None:
        row.delete()


def curate(chance: random.Random, number: int) -> None:
    """So many changes; what the database refuses is given up."""
    for _ in range(number):
        try:
            with transaction.atomic():
                chance.choice([edit, edit, add, add, remove])(chance)
        except IntegrityError:
            continue


def all_of(client: Client, address: str) -> tuple[list[dict[str, Any]], str]:
    """The items of all parts, and the time to ask for the next time."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    first = answer.json()
    items, following = list(first["items"]), first["next"]
    while following:
        part = client.get(following).json()
        items += part["items"]
        following = part["next"]
    return items, first["as_of"]


class Harvester:
    """A copy of the events under a filter."""

    def __init__(self, client: Client, query: str = "limit=4") -> None:
        self.client = client
        self.query = query
        self.copy: dict[str, Any] = {}
        self.as_of = "1970-01-01T00:00:00Z"

    def harvest(self) -> None:
        since = f"{self.query}&updated_since={self.as_of}"
        changed, as_of = all_of(self.client, f"/api/events?{since}")
        gone, _later = all_of(self.client, f"/api/events/deleted?{since}")
        self.copy |= {item["uuid"]: item for item in changed}
        for item in gone:
            self.copy.pop(item["uuid"], None)
        self.as_of = as_of


@pytest.mark.parametrize("seed", range(3))
def test_a_harvester_ends_with_exactly_what_is_public(client: Client, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    begin(chance)
    whole = Harvester(client)
    of_kind = Harvester(client, "limit=4&kind=fight")
    for _ in range(20):
        curate(chance, 6)
        for harvester in (whole, of_kind):
            harvester.harvest()
            now, _as_of = all_of(client, f"/api/events?{harvester.query}")
            whole_now = {item["uuid"]: item for item in now}
            assert harvester.copy.keys() == whole_now.keys()
            for name, item in whole_now.items():
                assert harvester.copy[name] == item
    assert len(whole.copy) == Event.objects.published().count()


@pytest.mark.parametrize("seed", range(2))
def test_a_reader_of_the_feed_sees_what_changed_and_what_went(client: Client, seed: int) -> None:
    chance = random.Random(100 + seed)  # noqa: S311 - nothing secret
    begin(chance)
    known: dict[str, Any] = {}
    feeds, newest = ["/events.atom", "/events.atom?kind=fight"], {}
    for _ in range(12):
        curate(chance, 5)
        for address in feeds:
            feed = feedparser.parse(client.get(address).content)
            assert not feed.bozo
            assert feed.feed.updated >= newest.get(address, "")
            newest[address] = feed.feed.updated
        text = client.get(feeds[0]).content
        feed = feedparser.parse(text)
        known |= {entry.id: entry for entry in feed.entries}
        for gone in deleted_entries(text):
            known.pop(gone["ref"], None)
        assert {entry.id: entry.updated for entry in feed.entries} == {
            name: entry.updated for name, entry in known.items()
        }


def deleted_entries(text: bytes) -> list[dict[str, str]]:
    name = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
    return [dict(found.attrib) for found in ElementTree.fromstring(text).iter(name)]  # noqa: S314
