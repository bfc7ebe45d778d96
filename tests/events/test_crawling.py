"""A crawler that keeps to the rules reads every public record, and comes to an end soon."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin
from urllib.robotparser import RobotFileParser

import pytest
from django.db.models import Q
from django.test import Client

from actors.models import Actor, Country
from config.lists.paging import PAGE_SIZE
from events.index.current import current_state
from events.models import Event, Location, Source, Statement
from events.relations.pairs import count_pairs
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_location,
    make_source,
    make_statement,
    take_position,
)

SITE = "http://testserver"
RECORDS = (Event, Actor, Location, Source, Statement)
LISTS = ("events", "actors", "locations", "statements", "sources", "relations")
# The front page, the lists, and the pages about the site.
FIXED = (
    "/",
    *(f"/{name}/" for name in LISTS),
    "/countries/",
    "/about/",
    "/about/exports/",
    "/api/",
)


class Links(HTMLParser):
    """The addresses that a page leads to, those in its head too."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        rel = (values.get("rel") or "").split()
        href = values.get("href")
        if tag in ("a", "link") and href and not {"nofollow", "external", "stylesheet"} & {*rel}:
            self.found.append(href)


def links_on(client: Client, address: str) -> Iterator[str]:
    page = client.get(address)
    assert page.status_code == 200, address
    if page["Content-Type"].startswith("text/html"):
        parser = Links()
        parser.feed(page.content.decode())
        for href in parser.found:
            target = urldefrag(urljoin(f"{SITE}{address}", href)).url
            if target.startswith(f"{SITE}/") and "/static/" not in target:
                yield target.removeprefix(SITE)


def crawl(client: Client) -> set[str]:
    """Every address that links lead to from the front page, as far as they may be followed."""
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").content.decode().splitlines())
    seen, waiting = {"/"}, ["/"]
    while waiting:
        for address in links_on(client, waiting.pop()):
            if address not in seen and rules.can_fetch("*", f"{SITE}{address}"):
                seen.add(address)
                waiting.append(address)
    return seen


def public_records() -> set[str]:
    rows = [row for model in RECORDS for row in model.objects.published()]
    return {row.get_absolute_url() for row in rows}


def allowed() -> float:
    """The most addresses that a site may have, by what is public on it."""
    events = Event.objects.published()
    of_actors = Q(actors__participations__event__in=events, actors__state="published")
    countries = Country.objects.filter(Q(locations__events__in=events) | of_actors).distinct()
    pairs = len(count_pairs(current_state()).numbers)
    numbers = [model.objects.published().count() for model in RECORDS]
    pages = sum(-(-number // PAGE_SIZE) for number in [*numbers, pairs])
    return 1.2 * (sum(numbers) + countries.count() + pairs + len(FIXED) + pages)


def test_the_articles_site_has_an_end(loaded: None, client: Client) -> None:
    found = crawl(client)
    assert public_records() <= found
    assert {*FIXED} <= found
    assert len(found) <= allowed()


@pytest.mark.django_db
def test_a_site_with_pages_of_lists_has_an_end(client: Client) -> None:
    countries = [make_country(iso3, name) for iso3, name in (("SYR", "Syria"), ("RUS", "Russia"))]
    places = [make_location(country=country) for country in countries]
    actors = [make_actor(country=countries[number % 2]) for number in range(4)]
    for number in range(PAGE_SIZE + 5):
        event = make_event(
            *actors, location=places[number % 2], date=f"2017-04-{number % 28 + 1:02}"
        )
        cite(event, make_source(), "p. 1")
        take_position(make_statement(actors[0]), "denies", claim=make_claim(event))
    found = crawl(client)
    assert public_records() <= found
    assert "/events/?page=2" in found
    assert len(found) <= allowed()


def test_robots_are_kept_from_forms_of_pages_and_from_nothing_else(
    loaded: None, client: Client
) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    rules = RobotFileParser()
    rules.parse(response.content.decode().splitlines())
    for address in (*FIXED, *public_records(), "/countries/SYR/", "/events/?page=2"):
        assert rules.can_fetch("*", f"{SITE}{address}"), address
    for address in ("/events.csv?q=sarin", "/statements.atom", "/api/events", "/api/events/x"):
        assert not rules.can_fetch("*", f"{SITE}{address}"), address
    for address in ("/admin/", "/embed/events/", "/suggest/?q=a", "/events/facets/actor/"):
        assert not rules.can_fetch("*", f"{SITE}{address}"), address


@pytest.mark.parametrize(
    "address",
    ["/events/?actor=russia", "/actors/?q=a", "/statements/?stance=denies", "/events/?x=y"],
)
def test_filtered_views_are_kept_out_of_indexes(loaded: None, client: Client, address: str) -> None:
    noindex = '<meta name="robots" content="noindex">'
    assert noindex in client.get(address).content.decode()
    assert noindex not in client.get(address.partition("?")[0]).content.decode()
