"""Previous and next are the events around one in the list that the reader came from."""

import re

import pytest
from django.test import Client

from config.lists.paging import PAGE_SIZE
from tests.factories import make_actor, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def events() -> list[str]:
    """Four events in the default order, the newest first; Russia has a part in all but one."""
    russia = make_actor(slug="russia")
    for day, actors in ((4, [russia]), (3, []), (2, [russia]), (1, [russia])):
        make_event(*actors, slug=f"day-{day}", title=f"Day {day}", date=f"2017-04-0{day}")
    make_event(russia, slug="draft", date="2017-04-02", state="draft")
    make_event(russia, slug="withdrawn", date="2017-04-03", state="withdrawn")
    return ["day-4", "day-3", "day-2", "day-1"]


def around(client: Client, slug: str, query: str = "") -> tuple[str, list[tuple[str, str]]]:
    """Which of how many, and the cards at the end: how they are related, and where they lead."""
    page = client.get(f"/events/{slug}/{query}").content.decode()
    number = re.search(r"(\d+ of \d+)</span>", page)
    links = re.findall(r'<a class="neighbour[^"]*" rel="([^"]*)" href="([^"]*)"', page)
    steps = re.findall(r'<a class="step-[a-z]+" rel="([^"]*)" href="([^"]*)"', page)
    assert links == steps
    return number[1] if number else "", [(rel, href.replace("&amp;", "&")) for rel, href in links]


def test_without_a_filter_they_are_of_all_public_events(client: Client, events: list[str]) -> None:
    assert around(client, "day-3") == (
        "2 of 4",
        [("prev", "/events/day-4/"), ("next", "/events/day-2/")],
    )
    assert around(client, "day-4") == ("1 of 4", [("next", "/events/day-3/")])
    assert around(client, "day-1") == ("4 of 4", [("prev", "/events/day-2/")])


def test_in_a_filter_they_are_of_its_events_and_carry_it(client: Client, events: list[str]) -> None:
    assert around(client, "day-2", "?actor=russia&order=date") == (
        "2 of 3",
        [
            ("prev nofollow", "/events/day-1/?actor=russia&order=date"),
            ("next nofollow", "/events/day-4/?actor=russia&order=date"),
        ],
    )


def test_what_the_list_would_refuse_is_dropped(client: Client, events: list[str]) -> None:
    assert around(client, "day-3", "?actor=nobody&says=list&utm=1") == around(client, "day-3")


def test_an_event_that_the_list_does_not_hold_has_none(client: Client, events: list[str]) -> None:
    assert around(client, "day-3", "?actor=russia") == ("", [])


def test_between_two_actors_there_are_none(client: Client, events: list[str]) -> None:
    make_actor(slug="turkey")
    assert around(client, "day-3", "?between=russia&between=turkey") == ("", [])


def test_a_draft_has_none(admin_client: Client, events: list[str]) -> None:
    assert around(admin_client, "draft", "?preview=1") == ("", [])


def test_the_only_event_has_none(client: Client) -> None:
    make_event(slug="only")
    assert around(client, "only") == ("1 of 1", [])


def test_links_carry_the_page_of_the_list_that_has_the_event(client: Client) -> None:
    russia = make_actor(slug="russia")
    for number in range(PAGE_SIZE + 2):
        make_event(russia, slug=f"event-{number}", date=f"{1900 + number}")
    assert around(client, "event-1", "?actor=russia&order=date&page=7") == (
        f"2 of {PAGE_SIZE + 2}",
        [
            ("prev nofollow", "/events/event-0/?actor=russia&order=date"),
            ("next nofollow", "/events/event-2/?actor=russia&order=date"),
        ],
    )
    assert around(client, f"event-{PAGE_SIZE - 1}", "?actor=russia&order=date") == (
        f"{PAGE_SIZE} of {PAGE_SIZE + 2}",
        [
            ("prev nofollow", f"/events/event-{PAGE_SIZE - 2}/?actor=russia&order=date"),
            ("next nofollow", f"/events/event-{PAGE_SIZE}/?actor=russia&order=date&page=2"),
        ],
    )
