"""The tree of places beside the timeline: its numbers are those of the events that lie there."""

from collections import Counter
from datetime import date, timedelta
from itertools import count, cycle, product

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client

from config.facets import SHOWN
from events.filters import EventFilterSet
from events.models import Event, Location
from tests.factories import make_actor, make_country, make_event, make_location
from tests.searching import keep_words_of_few

pytestmark = pytest.mark.django_db
# Each place and what lies around it: roots with and without events of their own, leaves right below
# a root and far below, and places with others inside.
TREE = {
    "north": None,
    "port": "north",
    "shire": "north",
    "village": "shire",
    "farm": "village",
    "mill": "village",
    "abbey": "shire",
    "south": None,
    "bay": "south",
    "cliff": "south",
    "west": None,
    "island": "west",
    "cove": "island",
}


@pytest.fixture
def places() -> dict[str, Location]:
    """Some 80 events in these places: all of most profiles have one word, and some another."""
    keep_words_of_few(2)
    made: dict[str, Location] = {}
    country = make_country()
    for slug, around in TREE.items():
        parent = made[around] if around else None
        made[slug] = make_location(slug=slug, name=slug.title(), parent=parent, country=country)
    actors = [make_actor(slug="one"), make_actor(slug="other")]
    words = cycle(["alpha", "alpha beta", "alpha", "alpha"])
    others = cycle(["alpha", "beta"])
    numbers = cycle([4, 7, 5, 3, 6, 8])
    made_so_far = count()
    for place in (*made.values(), None):
        for _ in range(next(numbers)):
            number = next(made_so_far)
            day = date(2016, 12, 20) + timedelta(7 * number % 40)
            actor = actors[number % 3 == 0]
            title = next(others if place == made["bay"] else words)
            make_event(actor, location=place, date=day.isoformat(), title=title)
    with connection.cursor() as cursor:
        cursor.execute("SELECT settle_profiles()")
    return {place.slug: place for place in Location.objects.filter(slug__in=made)}


ASKED = [
    "location=north",
    "location=shire",
    "location=north&location=south&location=west",
    "location=village&location=south",
    "location=farm&location=bay&location=island",
    "location=north&location=shire&match=all",
    "location=north&location=south&match=all",
    "location=south&actor=one",
    "location=village&location=south&actor=one&year=2016",
]
WORDS = ["", "&q=alpha", "&q=alpha+-beta", "&q=beta", "&since=2017", "&q=alpha&until=2017-01-10"]


@pytest.mark.parametrize(
    ("few", "settled"), [(0, 0), (5_000, 0), (0, 10_000)], ids=["by profiles", "few", "by events"]
)
def test_numbers_below_open_places(
    places: dict[str, Location],
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    settled: int,
) -> None:
    for name in ("events.counting.FEW", "events.counting.FEW_PLACED"):
        monkeypatch.setattr(name, few)
    monkeypatch.setattr("events.search.settled.SETTLED", settled)
    lineage = {slug: place.lineage for slug, place in places.items()}
    around = {place.pk: place.lineage for place in places.values()}
    for asked, words in product(ASKED, WORDS):
        query = asked + words
        filters = EventFilterSet(QueryDict(query), queryset=Event.objects.published())
        if "q=alpha" in query:
            assert filters.is_settled == (not settled), query
        beside = filters.narrow(but="location").values_list("location", flat=True)
        held = Counter(pk for place in beside if place for pk in around[place])
        open_places = {pk for slug in filters.data.getlist("location") for pk in lineage[slug]}
        response = client.get(f"/events/?{query}")
        [facet] = [f for f in response.context["facets"] if f.name == "location"]
        assert {value.value: value.count for value in facet.values if value.count} == {
            slug: held[place.pk]
            for slug, place in places.items()
            if held[place.pk] and (not place.parent_id or place.parent_id in open_places)
        }, query
        assert response.context["page"].count == filters.narrow().count(), query
        found = client.get(f"/events/facets/location/?{query}").context["values"]
        assert {value.value: value.count for value in found if value.count} == {
            slug: held[place.pk] for slug, place in places.items() if held[place.pk]
        }, query


def tree(client: Client, query: str) -> tuple[list[tuple[str, int, int]], bool]:
    """Places of the facet in their order, each with its depth and number; and whether more are a
    link away."""
    facets = client.get(f"/events/?{query}").context["facets"]
    [facet] = [facet for facet in facets if facet.name == "location"]
    return [(v.value, v.depth, v.count) for v in facet.values], bool(facet.more)


def test_a_chosen_place_stands_in_its_tree_however_few_events_it_has(client: Client) -> None:
    for number in range(SHOWN + 3):
        root = make_location(slug=f"root-{number:02}", name=f"Root {number:02}")
        make_event(location=root)
        make_event(location=root)
    rare = make_location(slug="rare", name="Rare")
    site = make_location(slug="site", name="Site", parent=rare)
    make_event(location=site)
    shown, is_cut = tree(client, "location=site")
    assert shown[-2:] == [("rare", 0, 1), ("site", 1, 1)]
    assert [depth for _slug, depth, _number in shown] == [0] * (SHOWN + 1) + [1]
    assert is_cut
    assert ("site", 1, 1) in tree(client, "location=site&location=root-00")[0]


def test_places_chosen_together_share_the_room_below_them(client: Client) -> None:
    for root in ("north", "south", "west"):
        parent = make_location(slug=root, name=root.title())
        for number in range(SHOWN + 2):
            place = make_location(slug=f"{root}-{number:02}", parent=parent)
            make_event(location=place)

    def below(query: str) -> list[int]:
        found = Counter(slug[:4] for slug, depth, _number in tree(client, query)[0] if depth)
        return sorted(found.values())

    assert below("location=north") == [SHOWN]
    assert below("location=north&location=south") == [SHOWN // 2] * 2
    assert below("location=north&location=south&location=west") == [SHOWN // 3] * 3
    chosen = "location=north&location=north-13&location=south"
    assert below(chosen) == [SHOWN // 3, SHOWN // 3 + 1]
    assert tree(client, chosen)[1]


def test_what_is_not_public_lies_in_no_place_of_either_kind(client: Client) -> None:
    here, there = make_location(slug="here"), make_location(slug="there")
    site = make_location(slug="site", parent=there)
    make_event(location=make_location(slug="hidden", parent=here, state="draft"))
    make_event(location=make_location(slug="hidden-site", parent=site, state="draft"))
    make_event(location=here)
    make_event(location=site)
    query = "location=here&location=site"
    assert client.get(f"/events/?{query}").context["page"].count == 2
    assert tree(client, query)[0] == [("here", 0, 1), ("there", 0, 1), ("site", 1, 1)]
    filters = EventFilterSet(QueryDict(query), queryset=Event.objects.published())
    assert {event.location.slug for event in filters.narrow()} == {"here", "site"}
