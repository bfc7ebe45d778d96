"""Titles of events that are no established fact: they say so, and say it once."""

import json

import pytest
from django.test import Client

from events.exports.wording import says
from tests.events.exports.readers import components, entities, fetch, parsed_feed
from tests.factories import make_event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "standing"),
    [
        ("Alleged interference in elections", "Alleged"),
        ("alleged interference", "Alleged"),
        ("ALLEGED: interference", "Alleged"),
        ("“Alleged” interference", "Alleged"),
        ("The alleged attack", "Alleged"),
        ("An alleged attack", "Alleged"),
        ("Allegedly a strike", "Alleged"),
        ("Disputed: a strike", "Disputed"),
        ("Called for: a truce", "Called for"),
        ("A truce, called for", "Called for"),
        ("Use of gas (refuted)", "Refuted"),
    ],
)
def test_title_that_says_it(title: str, standing: str) -> None:
    assert says(title, standing)


@pytest.mark.parametrize(
    ("title", "standing"),
    [
        ("Strike", "Alleged"),
        ("Talks on a disputed border", "Disputed"),
        ("Report on the alleged use of gas", "Alleged"),
        ("Allegedness", "Alleged"),
        ("Called forth", "Called for"),
        ("Alleged attack", "Disputed"),
        ("Undisputed", "Disputed"),
        ("", "Alleged"),
    ],
)
def test_title_that_does_not_say_it(title: str, standing: str) -> None:
    assert not says(title, standing)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Alleged interference", "Alleged interference"),
        ("Interference", "Alleged: Interference"),
    ],
)
def test_every_output_says_it_once(client: Client, title: str, shown: str) -> None:
    make_event(title=title, standing="alleged")
    (slide,) = json.loads(fetch(client, "timelinejs.json"))["events"]
    (item,) = json.loads(fetch(client, "feed.json"))["items"]
    (listed,) = json.loads(fetch(client, "jsonld"))["itemListElement"]
    titles = {
        parsed_feed(fetch(client, "atom")).entries[0].title,
        item["title"],
        str(components(fetch(client, "ics"))[0]["SUMMARY"]),
        slide["text"]["headline"].partition(">")[2].removesuffix("</a>"),
        listed["item"]["name"],
        entities(fetch(client, "ftm.json"))[-1]["properties"]["name"][0],
    }
    assert titles == {shown}


def test_title_of_a_fact_is_left_alone(client: Client) -> None:
    make_event(title="Strike", standing="occurred")
    assert parsed_feed(fetch(client, "atom")).entries[0].title == "Strike"
