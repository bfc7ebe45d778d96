"""The page of a country: who held what on a day."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, Tenure
from tests.factories import cite, make_actor, make_country, make_event, make_location


def offices(client: Client, query: str = "", iso3: str = "SYR") -> set[str]:
    page = client.get(f"/countries/{iso3}/{query}")
    assert page.status_code == 200
    return {tenure.office for tenure in page.context["tenures"]}


def take_office(office: str, **values: object) -> Tenure:
    person = values.pop("person", None) or make_actor(kind="person", country=make_country())
    return Tenure.objects.create(person=person, office=office, **values)


def test_who_held_what_in_the_united_states_as_far_as_the_article_attests_it(
    loaded: None, client: Client
) -> None:
    both = {"US Secretary of State", "President of the United States"}
    assert offices(client, "?on=2017-04-06", "USA") == both
    assert offices(client, "?on=2017-04", "USA") == both
    assert offices(client, "?on=2017-03-31", "USA") == set()
    assert offices(client, "?on=2017", "USA") == set()
    assert offices(client, "", "USA") == both
    page = client.get("/countries/USA/?on=2017-04-06").content.decode()
    assert "Held on 6 April 2017" in page
    marks = set(re.findall(r'href="#(r-[a-z0-9.-]+)"', page))
    assert len(marks) > 2
    assert marks == set(re.findall(r'id="(r-[a-z0-9.-]+)"', page))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2001-01-19", {"open start"}),
        ("2001-01-20", {"term", "open start"}),
        ("2009-01-20", {"term", "open start"}),
        ("2009-01-21", {"open end"}),
        ("2999-12-31", {"open end"}),
        ("2008-12-31", {"term", "open start", "uncertain end"}),
        ("2009-01-01", {"term", "open start", "uncertain end"}),
        ("2009-01-02", {"term", "open start"}),
        ("2009-01-20/2009-01-21", set()),
        ("[2001-01-20..2001-01-21]", {"term", "open start"}),
        ("2005~", {"term", "open start"}),
    ],
)
def test_edge_dates(client: Client, on: str, expected: set[str]) -> None:
    real = {"began_is": "real", "ended_is": "real"}
    take_office("term", began="2001-01-20", ended="2009-01-20", **real)
    take_office("open start", ended="2009-01-20", **real)
    take_office("open end", began="2009-01-21", **real)
    take_office("uncertain end", began="2008", ended="2009-01", began_is="real", ended_is="real")
    assert offices(client, f"?on={on}") == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "?on=yesterday",
        "?on=2017-13",
        "?on=..",
        "?on=2017/..",
        "?on=2017&on=2018",
        "?in=2017",
        "?on=" + "9" * 200,
    ],
)
def test_bad_date_is_named_and_lists_nobody(client: Client, query: str) -> None:
    take_office("term")
    assert offices(client, query) == set()
    assert 'role="alert"' in client.get(f"/countries/SYR/{query}").content.decode()


@pytest.mark.django_db
def test_offices_of_its_bodies_and_of_its_people_and_no_drafts(client: Client) -> None:
    syria, france = make_country(), make_country("FRA", "France")
    stranger = make_actor(kind="person", country=france)
    body = make_actor(country=syria)
    take_office("of a body", person=stranger, body=body)
    take_office("abroad", body=make_actor(country=france))
    take_office("elsewhere", person=stranger)
    take_office("hidden person", person=make_actor(country=syria, state="draft"))
    hidden_body = make_actor(name="Hidden body", country=syria, state="draft")
    take_office("of a hidden body", person=stranger, body=hidden_body)
    assert offices(client) == {"of a body", "abroad"}
    assert offices(client, iso3="FRA") == {"of a body", "abroad", "elsewhere"}
    assert "Hidden" not in client.get("/countries/FRA/").content.decode()


@pytest.mark.django_db
def test_queries_do_not_grow_with_rows(client: Client) -> None:
    def queries(iso3: str, number: int) -> int:
        country = make_country(iso3, iso3)
        for _ in range(number):
            person = make_actor(kind="person", country=country)
            make_event(person, location=make_location(country=country))
            cite(take_office("Minister", person=person, began="2017", body=person))
        with CaptureQueriesContext(connection) as captured:
            assert len(offices(client, "?on=2017-04", iso3)) == 1
        return len(captured)

    assert queries("SYR", 3) == queries("FRA", 30)
    assert Actor.objects.count() == 33


@pytest.mark.django_db
def test_the_newest_events_there_and_of_its_actors(client: Client) -> None:
    syria, iraq = make_country("SYR", "Syria"), make_country("IRQ", "Iraq")
    actor, place = make_actor(country=syria), make_location(country=syria)
    make_event(make_actor(country=iraq), date="2020", location=make_location(country=iraq))
    make_event(actor, date="2019", state="draft")
    for year in range(1980, 2002):
        if year % 2:
            make_event(slug=f"e{year}", date=str(year), location=place)
        else:
            make_event(actor, slug=f"e{year}", date=str(year))
    page = client.get("/countries/SYR/")
    assert "All 22 events on the timeline" in page.content.decode()
    listed = page.context["events"]
    assert [event.slug for event in listed] == [f"e{year}" for year in range(2001, 1981, -1)]
    assert len(client.get("/countries/IRQ/").context["events"]) == 1


@pytest.mark.django_db
def test_facts_stand_first_and_codes_last(client: Client) -> None:
    country = make_country("RUS", "Russia")
    event = make_event(make_actor(name="The Kremlin", country=country), title="A deed")
    cite(country)
    page = client.get("/countries/RUS/").content.decode()
    parts = [
        "<h1>Russia",
        "independent from",
        "Россия",
        "A deed",
        ">The Kremlin<",
        'id="references"',
    ]
    codes = ["For machines", "ISO 3166", "Correlates of War", "Gleditsch–Ward", "FIPS 10-4"]
    # A source may be named after a code: what counts is the last of its places.
    places = [page.index(part) for part in parts] + [page.rindex(code) for code in codes]
    assert places == sorted(places)
    assert f'id="event-{event.slug}"' in page
    assert page.count('<svg class="mark') == 1


@pytest.mark.django_db
def test_a_country_without_events_leads_on(client: Client) -> None:
    page = client.get("/countries/FRA/").content.decode()
    assert 'No event is recorded here. <a href="/events/">All events</a>' in page
    assert ">Offices<" not in page
