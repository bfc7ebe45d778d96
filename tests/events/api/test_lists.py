"""Lists of the API: which records, in which parts, with which fields, and what is refused."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.api.registry import RESOURCES
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

pytestmark = pytest.mark.django_db


def keys(client: Client, path: str) -> list[Any]:
    """The slugs or numbers of the records in their order; fails if the answer is not 200."""
    response = client.get(f"/api/{path}")
    assert response.status_code == 200, response.content
    name = path.partition("?")[0]
    return [item[RESOURCES[name].key] for item in response.json()["items"]]


def problems(client: Client, path: str) -> dict[str, str]:
    response = client.get(f"/api/{path}")
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    problem = response.json()
    assert "items" not in problem
    assert (problem["status"], problem["type"]) == (400, "about:blank")
    return {error["parameter"]: error["detail"] for error in problem["errors"]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["strike", "attack", "visit"]),
        ("order=date", ["visit", "attack", "strike"]),
        ("actor=syria", ["strike", "attack"]),
        ("country=SYR&country=RUS", ["strike", "attack", "visit"]),
        ("actor=syria&actor=usa&match=all", ["strike"]),
        ("location=idlib", ["attack"]),
        ("kind=consult", ["visit"]),
        ("standing=reported&standing=alleged", ["strike", "attack"]),
        ("speaker=usa", ["attack"]),
        ("source=paper", ["visit"]),
        ("since=2017-04", ["strike", "attack"]),
        ("until=2017-04-06", ["strike", "attack", "visit"]),
        ("until=2017-04-06&certain=1", ["attack", "visit"]),
        ("year=2016", ["visit"]),
        ("q=cruise", ["strike"]),
    ],
)
def test_events_are_those_of_the_timeline(client: Client, query: str, expected: list[str]) -> None:
    # What is cited for every event but one.
    make_source()
    syria = make_actor(slug="syria", country=make_country())
    usa = make_actor(slug="usa", country=make_country("USA", "United States"))
    idlib = make_location(slug="idlib")
    paper = make_source(slug="paper")
    attack = make_event(syria, slug="attack", location=idlib, standing="alleged")
    make_event(syria, usa, slug="strike", date="[2017-04-05..2017-04-09]", title="Cruise missiles")
    russia = make_actor(slug="russia", country=make_country("RUS", "Russia"))
    kind = make_kind("consult")
    visit = make_event(russia, slug="visit", date="2016", kind=kind, standing="occurred")
    cite(visit, paper)
    take_position(make_statement(usa), "asserts", event=attack)
    assert keys(client, f"events?{query}") == expected
    page = client.get(f"/events/?{query}")
    shown = [event.slug for group in page.context["groups"] for event in group.entries]
    assert shown == expected


def test_other_lists_take_the_filters_of_their_pages(client: Client) -> None:
    syria = make_actor(slug="syria", kind="state", country=make_country())
    make_actor(slug="somebody", kind="person")
    make_location(slug="town")
    make_location(slug="land", kind="country")
    make_source(slug="book", kind="book", title="Chronicle")
    event = make_event(slug="attack")
    claim = make_claim(event, slug="it-was")
    other = make_claim(slug="how-many", kind="number", low=70, high=70, unit="people")
    denied = make_statement(syria, date="2017")
    take_position(denied, "denies", claim=claim)
    said = make_statement(syria, date="2018")
    assert keys(client, "actors?kind=state") == ["syria"]
    assert keys(client, "actors?q=some") == ["somebody"]
    assert keys(client, "locations?kind=country") == ["land"]
    assert keys(client, "sources?q=chron") == ["book"]
    assert keys(client, "statements") == [said.pk, denied.pk]
    assert keys(client, "statements?claim=it-was") == [denied.pk]
    assert keys(client, "statements?stance=denies&event=attack") == [denied.pk]
    assert keys(client, "claims") == ["it-was", "how-many"]
    assert keys(client, "claims?event=attack") == ["it-was"]
    assert keys(client, "claims?kind=number") == [other.slug]


def _make_many(name: str) -> None:
    for number in range(7):
        match name:
            case "events":
                # Some share a day: the order among them must be total.
                make_event(slug=f"e{number}", title="Fire", date=f"2017-04-0{number // 3 + 1}")
            case "actors":
                make_actor(name=f"Somebody {number % 3}")
            case "locations":
                make_location(name=f"Somewhere {number % 3}")
            case "statements":
                make_statement(date=f"201{number % 3}")
            case "claims":
                make_claim()
            case "sources":
                make_source(title=f"Chronicle {number % 3}")


@pytest.mark.parametrize("name", RESOURCES)
def test_following_the_parts_meets_every_record_once(client: Client, name: str) -> None:
    _make_many(name)
    whole = keys(client, f"{name}?limit=200")
    met: list[Any] = []
    address = f"/api/{name}?limit=3"
    while address:
        response = client.get(address)
        part = response.json()
        met += [item[RESOURCES[name].key] for item in part["items"]]
        assert part["count"] == len(whole)
        address = part["next"]
        assert response.get("Link") == (f'<{address}>; rel="next"' if address else None)
    assert met == whole
    assert len(set(met)) == len(whole) >= 7


def test_parts_of_every_order_fit_together(client: Client) -> None:
    _make_many("events")
    for order in ("date", "-date", "updated", "-updated", "relevance"):
        whole = keys(client, f"events?order={order}&q=fire")
        assert len(whole) == 7
        first = client.get(f"/api/events?order={order}&q=fire&limit=4&fields=slug").json()
        rest = client.get(first["next"]).json()
        assert [i["slug"] for i in first["items"] + rest["items"]] == whole
        assert rest["next"] is None


def test_the_next_part_keeps_filters_limit_and_fields(client: Client) -> None:
    for number in range(3):
        make_event(slug=f"e{number}", standing="alleged")
    make_event(slug="other")
    first = client.get("/api/events?standing=alleged&limit=2&fields=slug,standing").json()
    assert first["count"] == 3
    assert client.get(first["next"]).json()["items"] == [{"slug": "e0", "standing": "alleged"}]


def test_fields_are_those_asked_for_in_that_order(client: Client) -> None:
    make_event(slug="one", title="Something")
    items = client.get("/api/events?fields=title,slug").json()["items"]
    assert [list(item.items()) for item in items] == [[("title", "Something"), ("slug", "one")]]


@pytest.mark.parametrize(
    ("path", "parameter", "words"),
    [
        ("events?actor=nobody", "actor", "nobody"),
        ("events?standing=maybe", "standing", "maybe"),
        ("events?since=2017-13", "since", "2017-13"),
        ("events?since=2018&until=2017", "until", "before it begins"),
        ("events?nonsense=1", "nonsense", "no filter of this name"),
        ("events?page=2", "page", "no filter of this name"),
        ("events?preview=1", "preview", "no filter of this name"),
        ("events?actor=", "actor", "empty"),
        ("events?q=%20", "q", "empty"),
        ("events?limit=0", "limit", "1 to 200"),
        ("events?limit=201", "limit", "1 to 200"),
        ("events?limit=1.5", "limit", "1 to 200"),
        ("events?limit=99999999999999999999", "limit", "1 to 200"),
        ("events?limit=1&limit=2", "limit", "one value"),
        ("events?fields=slug,password", "fields", "password"),
        ("events?fields=slug,,title", "fields", "There is no field"),
        ("events?after=x", "after", "x"),
        ("events?after=WzFd", "after", "WzFd"),
        ("events?order=created_by__password", "order", "created_by__password"),
        ("actors?kind=robot", "kind", "robot"),
        ("locations?country=XXX", "country", "XXX"),
        ("statements?event=nothing", "event", "nothing"),
        ("claims?event=nothing", "event", "nothing"),
        ("sources?q=a&q=b", "q", "one value"),
        ("events/one?fields=password", "fields", "password"),
        ("events/one?actor=one", "actor", "no parameter of this name"),
    ],
)
def test_what_is_not_understood_is_named_and_has_no_rows(
    client: Client, path: str, parameter: str, words: str
) -> None:
    make_event(slug="one")
    found = problems(client, path)
    assert list(found) == [parameter]
    assert words in found[parameter]


def test_each_problem_is_told(client: Client) -> None:
    found = problems(client, "events?actor=nobody&limit=x&fields=y&since=z")
    assert set(found) == {"actor", "limit", "fields", "since"}


def test_an_unchanged_answer_is_not_sent_again(client: Client) -> None:
    make_event(slug="one")
    etag = client.get("/api/events?limit=5")["ETag"]
    again = client.get("/api/events?limit=5", headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert client.get("/api/events", headers={"If-None-Match": etag}).status_code == 200
    make_event(slug="two")
    later = client.get("/api/events?limit=5", headers={"If-None-Match": etag})
    assert [item["slug"] for item in later.json()["items"]] == ["two", "one"]


def test_no_version_at_all_hides_a_bad_query(client: Client) -> None:
    response = client.get("/api/events?nonsense=1", headers={"If-None-Match": "*"})
    assert response.status_code == 400


def test_words_that_nothing_has_are_told_with_what_stands_for_them(client: Client) -> None:
    make_event(slug="one", title="Ceasefire agreed")
    found = client.get("/api/events?q=ceasfire&fields=slug").json()
    assert found["items"] == [{"slug": "one"}]
    assert found["corrections"] == [{"asked": "ceasfire", "instead": ["Ceasefire"]}]
    assert client.get("/api/events?q=ceasefire").json()["corrections"] == []
    assert client.get("/api/actors?q=x").json()["corrections"] == []


def _fill(number: int) -> None:
    """So many records of every kind, each with all that it can have."""
    for _ in range(number):
        make_source()
        actor = make_actor(country=make_country())
        place = make_location(country=make_country())
        event = make_event(actor, location=place)
        claim = make_claim(event)
        statement = make_statement(actor, location=place, occasion=event)
        statement.audience.add(make_actor())
        position = take_position(statement, "denies", claim=claim)
        for record in (actor, place, event.participations.get(), position):
            cite(record)


@pytest.mark.parametrize("name", RESOURCES)
def test_a_list_costs_as_many_queries_however_many_rows(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    _fill(2)
    with django_assert_max_num_queries(12) as few:
        client.get(f"/api/{name}")
    _fill(6)
    with django_assert_max_num_queries(len(few)) as many:
        assert len(client.get(f"/api/{name}").json()["items"]) >= 7
    assert len(many) == len(few)


def test_what_is_not_asked_for_costs_nothing(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _fill(3)
    # The version, the rows with their other names, and how many there are.
    with django_assert_max_num_queries(4):
        client.get("/api/actors?fields=slug,name")


def test_the_count_is_of_all_under_the_filters(client: Client) -> None:
    for number in range(3):
        make_event(make_actor(), slug=f"e{number}", title=f"Sarin {number}", date="2017-04-04")
    assert client.get("/api/actors?limit=1").json()["count"] == 3
    assert client.get("/api/events?standing=reported&limit=1").json()["count"] == 3
    assert client.get("/api/events?q=sarin&limit=1").json()["count"] == 3
    assert client.get("/api/events?q=sarin+1").json()["count"] == 1
