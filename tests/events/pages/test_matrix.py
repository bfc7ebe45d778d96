"""When who says what is shown as a table: where one is asked for, or where it says more."""

from itertools import product

import pytest
from django.test import Client

from events.models import Event
from tests.factories import make_actor, make_claim, make_event, make_statement, take_position
from tests.facts import Page

pytestmark = pytest.mark.django_db


def event_with(actors: int, claims: int, positions: int) -> Event:
    """Each actor and each claim has one position at least, where there are so many."""
    event = make_event(slug="attack")
    speakers = [make_actor() for _ in range(actors)]
    rows = [make_claim(event) for _ in range(claims)]
    pairs = sorted(product(range(actors), range(claims)), key=lambda pair: pair[0] != pair[1])
    assert len(pairs) >= positions
    for actor, claim in pairs[:positions]:
        take_position(make_statement(speakers[actor]), "denies", claim=rows[claim])
    return event


def shown(client: Client, query: str = "") -> tuple[bool, bool]:
    """Whether there is a table, and whether there is a choice."""
    page = client.get(f"/events/attack/{query}").content.decode()
    return "<table" in page, 'class="says-as"' in page


@pytest.mark.parametrize(
    ("actors", "claims", "positions", "is_table", "is_offered"),
    [
        (3, 3, 5, True, True),
        (3, 3, 4, False, True),
        (3, 4, 6, False, True),
        (3, 4, 7, True, True),
        (2, 3, 6, False, True),
        (3, 2, 6, False, True),
        (2, 2, 2, False, True),
        (1, 3, 3, False, False),
        (3, 1, 3, False, False),
    ],
)
def test_table_is_the_default_where_it_is_large_and_more_than_half_filled(
    client: Client, actors: int, claims: int, positions: int, is_table: bool, is_offered: bool
) -> None:
    event_with(actors, claims, positions)
    assert shown(client) == (is_table, is_offered)
    assert shown(client, "?says=list") == (False, is_offered)
    assert shown(client, "?says=table") == (is_offered, is_offered)


def test_numbers_and_positions_on_them_are_no_part_of_the_table(client: Client) -> None:
    event = event_with(2, 2, 2)
    number = make_claim(event, kind="number", low=1, high=1, unit="homes")
    take_position(make_statement(make_actor(name="Counter")), "asserts", claim=number)
    page = Page(client.get("/events/attack/?says=table").content.decode())
    (table,) = [element for element in page.main.walk() if element.tag == "table"]
    assert "Counter" not in table.words
    assert "Counter" in page.main.words


def test_cells_lead_to_rows_of_the_list_and_empty_ones_say_so(client: Client) -> None:
    event_with(2, 2, 3)
    page = Page(client.get("/events/attack/?says=table").content.decode())
    (table,) = [element for element in page.main.walk() if element.tag == "table"]
    hrefs = [e.attributes["href"] for e in table.walk() if e.tag == "a"]
    rows = [href for href in hrefs if href.startswith("#statement-")]
    assert len(set(rows)) == 3
    assert {href[1:] for href in hrefs if href.startswith("#")} <= page.by_id.keys()
    assert table.words.count("no statement recorded") == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?says=matrix", "This takes “list” or “table”."),
        ("?says=list&says=table", "This takes one value, and several were given."),
    ],
)
def test_another_word_is_refused_and_the_page_shown_as_without_it(
    client: Client, query: str, message: str
) -> None:
    event_with(3, 3, 5)
    page = client.get(f"/events/attack/{query}").content.decode()
    assert message in page
    assert "<table" in page


def test_an_empty_choice_is_none(client: Client) -> None:
    event_with(3, 3, 5)
    page = client.get("/events/attack/?says=").content.decode()
    assert "This takes" not in page
    assert "<table" in page


def test_the_choice_carries_the_query_and_the_canonical_address_does_not(client: Client) -> None:
    event_with(2, 2, 2)
    page = client.get("/events/attack/?since=2017&says=table").content.decode()
    assert '<a rel="nofollow" href="?since=2017&amp;says=list">List</a>' in page
    assert 'href="?since=2017&amp;says=table" aria-current="true">Table</a>' in page
    assert '<link rel="canonical" href="/events/attack/">' in page
