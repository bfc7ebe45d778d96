"""Random filters: the page, every output and the counts beside the filters name the same events."""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.filters.event_facets import FACETS
from events.models import Event, Participation
from tests.events.exports.readers import NEXT, SLUGS, slugs_in
from tests.factories import (
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

# Each costs some twenty requests; PARITY_EXAMPLES=500 asks for more than a run of all tests needs.
EXAMPLES = int(os.environ.get("PARITY_EXAMPLES", "25"))
DATES = [
    *("2016", "2017-04", "2017-04-04", "2017-04-03/2017-04-09", "2017-04~", "2017?", "2018/.."),
    *("../2017-04-05", "../..", "[2017-04-01..2017-04-03]", "201X", "-0044", "2017-12/2018-01"),
]
KINDS = ["assault", "consult", "fight"]
STANDINGS = ["occurred", "reported", "alleged", "disputed", "called-for", "refuted"]


def _make_events() -> None:
    """Fifty events beside the article's, no two alike, so that a list has more than one page; and
    some that share a profile, and not all their words."""
    syria, russia = make_country("SYR"), make_country("RUS")
    land = make_location(slug="land", kind="country", country=syria)
    town = make_location(
        slug="town",
        parent=land,
        country=syria,
        latitude=35.4,
        longitude=36.6,
        precision="town",
    )
    hidden = make_location(slug="hidden", parent=land, country=russia, state="draft")
    state = make_actor(slug="state", kind="state", country=russia)
    people = [make_actor(slug=f"person-{n}", kind="person", part_of=state) for n in range(3)]
    draft = make_actor(slug="nobody-yet", country=syria, state="draft")
    other = make_source(slug="other-source")
    for number in range(50):
        event = make_event(
            slug=f"e{number:02}",
            title=f"{('Strike', 'Talks', 'Речь')[number % 3]} number {number}",
            date=DATES[number % len(DATES)],
            date_reason="From the weekday."
            if number % 9 == 0 and DATES[number % len(DATES)]
            else "",
            standing=STANDINGS[number % len(STANDINGS)],
            kind=make_kind(KINDS[number % len(KINDS)]),
            location=(None, land, town, hidden)[number % 4],
            summary="Sarin is spoken of." if number % 5 == 0 else "",
        )
        taking = [person for n, person in enumerate([*people, draft]) if number >> n & 1]
        for actor in taking:
            Participation.objects.create(event=event, actor=actor, role_id="participant")
        if number % 7 == 0:
            event.citations.update(source=other)
        if number % 6 == 0:
            said = make_statement(people[number % 3], date="2017-04-05")
            take_position(said, "denies", claim=make_claim(event))
    for number, date in enumerate(DATES):
        title = f"{('Strike', 'Talks')[number % 3 == 0]} again"
        alike = make_event(
            slug=f"alike-{number:02}",
            title=title,
            date=date,
            kind=make_kind("fight"),
            location=town,
        )
        Participation.objects.create(event=alike, actor=people[0], role_id="initiator")


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", "article", verbosity=0)
        _make_events()
        yield
        transaction.set_rollback(True)


def some(*values: str, most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


days = st.sampled_from([*DATES[:4], "2015", "2017-04-05", "2019", "2016-12-31"])
QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "q": some(
            *("sarin", "strike", "number -talks", '"number 3"', "речь or talks", "tillerson"),
            *("-talks", "again -strike", "again -talks or sarin"),
        ),
        "actor": some("state", "person-0", "person-1", "russia", "turkey", "rex-tillerson"),
        "country": some("SYR", "RUS", "USA"),
        "location": some("land", "town", "syria", "khan-sheikhoun"),
        "kind": some(*KINDS),
        "standing": some(*STANDINGS),
        "basis": some("stated", "inferred"),
        "speaker": some("person-0", "person-1", "kremlin"),
        "source": some("other-source", "us-russian-relations-deteriorate-over-syria"),
        "year": some("2016", "2017", "2018", "-0044"),
        "since": st.lists(days, min_size=1, max_size=1),
        "until": st.lists(days, min_size=1, max_size=1),
        "certain": st.just(["1"]),
        "match": st.just(["all"]),
        "order": some("date", "-date", "updated", "-updated", most=1),
    },
)


def on_pages(client: Client, query: str) -> tuple[list[str], Any]:
    """The events of all pages of the list, and what the first of them counts."""
    first = client.get(f"/events/{query}")
    assert first.status_code == 200
    if first.context["problems"]:
        return [], None
    slugs, shown = [], first
    while True:
        groups = shown.context["groups"]
        slugs += [event.slug for group in groups for event in group.entries]
        if not (following := shown.context["page"].next_query):
            break
        shown = client.get(f"/events/{following}")
    assert first.context["page"].count == len(slugs)
    return slugs, first.context["facets"]


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(parameters=QUERIES, data=st.data())
def test_everything_names_the_same_events(
    filled: None, parameters: dict[str, list[str]], data: st.DataObject
) -> None:
    check_that_all_name_the_same(Client(), parameters, data)


def check_that_all_name_the_same(
    client: Client, parameters: dict[str, list[str]], data: st.DataObject
) -> None:
    query = "?" + urlencode(parameters, doseq=True)
    expected, facets = on_pages(client, query)
    if facets is None:
        # A range that ends before it begins.
        for extension in SLUGS:
            assert client.get(f"/events.{extension}{query}").status_code == 400
        assert client.get(f"/api/events{query}").status_code == 400
        return
    assert len(set(expected)) == len(expected)
    found = {extension: slugs_in(client, extension, query) for extension in SLUGS}
    assert sorted(found.pop("timelinejs.json")) == sorted(expected)
    if "order" not in parameters:
        by_change = on_pages(client, f"{query}&order=-updated")[0]
        assert [found.pop(extension) for extension in NEXT] == [by_change] * len(NEXT)
    assert found == dict.fromkeys(found, expected)
    assert by_api(client, query) == expected
    # A count is the number of events that the value alone would show, under every other filter.
    values = [(facet.name, value) for facet in facets for value in facet.values]
    assert {facet.name for facet in facets} == set(FACETS)
    if values:
        name, value = data.draw(st.sampled_from(values))
        alone = "?" + urlencode(parameters | {name: [value.value]}, doseq=True)
        assert value.count == len(on_pages(client, alone)[0])


def by_api(client: Client, query: str) -> list[str]:
    slugs, address = [], f"/api/events{query}&limit=30"
    while address:
        document = client.get(address).json()
        slugs += [event["slug"] for event in document["items"]]
        address = document["next"]
    return slugs


def test_the_events_are_more_than_one_page(filled: None) -> None:
    assert Event.objects.published().count() == 73
