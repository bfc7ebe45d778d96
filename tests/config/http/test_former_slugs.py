"""A changed slug: its addresses lead on, its filters go on, and drafts do not show by it."""

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from actors.models import Country
from events.exports.formats import FORMATS
from tests.events.exports.readers import body
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


def rename(record: Any, *slugs: str) -> Any:
    for slug in slugs:
        type(record).objects.filter(pk=record.pk).update(slug=slug)
    record.refresh_from_db()
    return record


def leads_to(client: Client, address: str, **options: Any) -> str:
    """Where a permanent redirect leads in one step; the page there is answered."""
    response = client.get(address, **options)
    assert response.status_code == 301, address
    assert client.get(response["Location"], **options).status_code == 200
    location: str = response["Location"]
    return location


MAKERS = {
    "events": make_event,
    "actors": make_actor,
    "locations": make_location,
    "sources": make_source,
}


@pytest.mark.parametrize("folder", MAKERS)
def test_a_former_address_leads_to_the_present_one_in_one_step(client: Client, folder: str) -> None:
    rename(MAKERS[folder](slug="first"), "second", "third")
    for slug in ("first", "second"):
        assert leads_to(client, f"/{folder}/{slug}/") == f"/{folder}/third/"
        assert leads_to(client, f"/api/{folder}/{slug}") == f"/api/{folder}/third"


@pytest.mark.parametrize("folder", MAKERS)
def test_the_query_goes_with_it(client: Client, folder: str) -> None:
    rename(MAKERS[folder](slug="first"), "second")
    query = "?fields=slug"
    assert leads_to(client, f"/api/{folder}/first{query}") == f"/api/{folder}/second{query}"
    response = client.get(f"/{folder}/first/?q=%C3%A9+x&a=%2F")
    assert response["Location"] == f"/{folder}/second/?q=%C3%A9+x&a=%2F"


def test_the_page_of_a_claim_in_the_api_leads_on(client: Client) -> None:
    rename(make_claim(make_event(), slug="first"), "second")
    assert leads_to(client, "/api/claims/first") == "/api/claims/second"


def test_both_actors_of_a_relation_may_have_had_other_slugs(client: Client) -> None:
    one, two = make_actor(slug="one"), make_actor(slug="two")
    make_event(one, two)
    rename(one, "uno")
    rename(two, "due")
    for path in ("one/two", "uno/two", "one/due"):
        assert (
            leads_to(client, f"/relations/{path}/?since=2017") == "/relations/uno/due/?since=2017"
        )
    for path in ("one/nobody", "one/uno", "one/one"):
        assert client.get(f"/relations/{path}/").status_code == 404


def test_a_former_code_of_a_country_leads_on(client: Client) -> None:
    make_country("XKX", "Kosovo")
    Country.objects.filter(iso3="XKX").update(iso3="XKS")
    for code in ("XKX", "xkx", "xks"):
        assert leads_to(client, f"/countries/{code}/?on=2017") == "/countries/XKS/?on=2017"


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
@pytest.mark.parametrize("folder", MAKERS)
def test_what_is_not_public_does_not_lead_on(
    client: Client, admin_client: Client, folder: str, state: str
) -> None:
    rename(MAKERS[folder](slug="first", state=state), "second")
    for query in ("", "?preview=1"):
        assert client.get(f"/{folder}/first/{query}").status_code == 404
    assert client.get(f"/api/{folder}/first").status_code == 404
    # To a curator a preview leads on, and no cache keeps that.
    assert leads_to(admin_client, f"/{folder}/first/?preview=1") == f"/{folder}/second/?preview=1"
    response = admin_client.get(f"/{folder}/first/?preview=1")
    assert "no-store" in response["Cache-Control"]
    assert admin_client.get(f"/{folder}/first/").status_code == 404


@pytest.mark.parametrize("folder", MAKERS)
def test_a_former_address_of_a_record_that_is_gone_is_not_found(
    client: Client, folder: str
) -> None:
    record = rename(MAKERS[folder](slug="first"), "second")
    record.delete()
    assert client.get(f"/{folder}/first/").status_code == 404


def test_a_slug_taken_back_is_an_address_again(client: Client, settings: Settings) -> None:
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
        for name in ("default", "pages", "counts", "api")
    }
    event = make_event(slug="first")
    page = client.get("/events/first/")
    rename(event, "second")
    moved = client.get("/events/first/", headers={"If-None-Match": page["ETag"]})
    assert moved.status_code == 301
    # No browser keeps it without asking again: the way may turn round.
    assert "no-cache" in moved["Cache-Control"]
    assert "ETag" not in moved
    rename(event, "first")
    assert client.get("/events/first/").status_code == 200
    assert leads_to(client, "/events/second/") == "/events/first/"
    for cache in caches.all():
        cache.clear()


def test_a_page_that_is_there_costs_no_query_more(
    client: Client, django_assert_num_queries: Any
) -> None:
    make_kind()
    source = make_source(slug="first")
    with django_assert_num_queries(4):
        client.get("/sources/first/")
    rename(source, "second")
    with django_assert_num_queries(4):
        client.get("/sources/second/")


@pytest.fixture
def renamed() -> None:
    """One event under every filter, each record with a former slug; beside it another one."""
    make_source()  # what is not said to be cited elsewhere
    make_country("XKX", "Kosovo")
    actor = make_actor(slug="actor-1", country=Country.objects.get(iso3="XKX"))
    place, paper = make_location(slug="place-1"), make_source(slug="paper-1")
    event = make_event(actor, slug="found", location=place, kind=make_kind("menace", name="Menace"))
    cite(event, paper, "p. 7")
    statement = make_statement(speaker=actor)
    claim = make_claim(event, slug="claim-1")
    take_position(statement, "asserts", event=event)
    take_position(statement, "denies", claim=claim)
    other = make_statement(speaker=make_actor(slug="other-actor"))
    take_position(other, "denies", answered=statement)
    make_event(slug="other")
    for record in (actor, place, paper, claim, event.kind):
        rename(record, f"{record.slug}-x", f"{record.slug}-y")
    rename(event, "found-y")
    Country.objects.filter(iso3="XKX").update(iso3="XKS")


FILTERS = [
    ("actor", "actor-1", "actor-1-y"),
    ("location", "place-1", "place-1-y"),
    ("speaker", "actor-1", "actor-1-y"),
    ("source", "paper-1", "paper-1-y"),
    ("kind", "menace", "menace-y"),
    ("country", "XKX", "XKS"),
]


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(("name", "former", "present"), FILTERS)
def test_a_former_slug_means_its_record_in_every_list_of_events(
    client: Client, name: str, former: str, present: str
) -> None:
    page = client.get(f"/events/?{name}={former}&{name}={former}")
    assert page.context["problems"] == []
    assert [e.slug for g in page.context["groups"] for e in g.entries] == ["found-y"]
    [chip] = page.context["filters"].chips
    assert (chip.name, chip.query_value) == (name, present)
    assert f'rel="canonical" href="/events/?{name}={present}"' in page.content.decode()
    [facet] = [f for f in page.context["facets"] if f.name == name]
    assert [v.value for v in facet.values if v.is_chosen] == [present]
    # Former and present one are one value.
    both = client.get(f"/events/?{name}={former}&{name}={present}")
    assert [chip.query_value for chip in both.context["filters"].chips] == [present]
    embedded = client.get(f"/embed/events/?{name}={former}").content.decode()
    assert "found-y" in embedded
    found = client.get(f"/events/facets/{name}/?{name}={former}")
    assert [v.value for v in found.context["values"] if v.is_chosen] == [present]
    answer = client.get(f"/api/events?{name}={former}").json()
    assert [item["slug"] for item in answer["items"]] == ["found-y"]


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(("name", "former", "present"), FILTERS)
def test_outputs_under_a_former_slug_are_those_under_the_present_one(
    client: Client, name: str, former: str, present: str
) -> None:
    for extension in FORMATS:
        texts = []
        for slug in (former, present):
            response = client.get(f"/events.{extension}?{name}={slug}")
            assert response.status_code == 200
            texts.append(body(response))
        assert texts[0] == texts[1]
        assert "found-y" in texts[0]


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("speaker=actor-1", 1),
        ("event=found", 2),
        ("claim=claim-1-x", 1),
        ("about=actor-1", 1),
        ("country=XKX", 1),
    ],
)
def test_lists_of_statements_take_former_slugs(client: Client, query: str, number: int) -> None:
    page = client.get(f"/statements/?{query}")
    assert page.context["problems"] == []
    assert len(page.context["page"].rows) == number
    assert len(client.get(f"/api/statements?{query}").json()["items"]) == number


@pytest.mark.usefixtures("renamed")
def test_all_other_lists_take_former_slugs(client: Client) -> None:
    for address in ("/actors/", "/relations/"):
        assert client.get(f"{address}?country=XKX").context["problems"] == []
    assert client.get("/locations/?country=XKX").context["problems"] == []
    [claim] = client.get("/api/claims?event=found").json()["items"]
    assert claim["slug"] == "claim-1-y"
    for record in ("event:found", "actor:actor-1", "location:place-1", "claim:claim-1-x"):
        page = client.get(f"/sources/paper-1-y/?record={record}")
        assert page.context["problems"] == [], record
    [chip] = client.get("/sources/paper-1-y/?record=event:found").context["filters"].chips
    assert chip.query_value == "event:found-y"
    page = client.get("/sources/paper-1-y/?record=event:found")
    assert len(page.context["record"].records) == 1


def test_a_former_slug_of_a_draft_is_as_unknown_as_any_other(client: Client) -> None:
    rename(make_actor(slug="thule", state="draft"), "second")
    answers = [client.get(f"/events/?actor={slug}") for slug in ("thule", "nobody")]
    texts = [answer.content.decode() for answer in answers]
    assert "There is no “thule” here." in texts[0]
    assert texts[0].replace("thule", "nobody") == texts[1]
    assert client.get("/api/events?actor=thule").status_code == 400
    rename(make_event(slug="hidden", state="draft"), "still-hidden")
    paper = make_source(slug="paper")
    page = client.get(f"/sources/{paper.slug}/?record=event:hidden")
    assert [problem.parameter for problem in page.context["problems"]] == ["record"]


def test_the_rows_that_are_left_are_those_of_the_record(client: Client) -> None:
    """A former slug among others: any of them, or all of them."""
    one, two = make_actor(slug="one"), make_actor(slug="two")
    for slug, actors in {"a": [one], "b": [two], "c": [one, two]}.items():
        make_event(*actors, slug=slug)
    rename(one, "uno")

    def slugs(query: str) -> set[str]:
        groups = client.get(f"/events/?{query}").context["groups"]
        return {entry.slug for group in groups for entry in group.entries}

    assert slugs("actor=one&actor=two") == {"a", "b", "c"}
    assert slugs("actor=one&actor=two&match=all") == {"c"}
    assert slugs("actor=one&actor=nobody") == set()
