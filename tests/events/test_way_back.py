"""The way from the page of a record back to the list in which it was opened."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.core.cache import caches
from django.db.models import Model
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories import (
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_location,
    make_source,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db


def make_records() -> dict[str, Model]:
    """A record of each kind that has a list, by the address of that list."""
    syria = make_country()
    russia = make_actor(slug="russia", name="Russia", kind="state", country=syria)
    place = make_location(slug="idlib", name="Idlib", country=syria)
    event = make_event(russia, slug="attack", title="An attack", location=place)
    statement = make_statement(russia, paraphrase="An attack, they said")
    take_position(statement, "denies", claim=make_claim(event))
    source = make_source(slug="paper", title="The paper on Russia")
    return {
        "/events/": event,
        "/actors/": russia,
        "/locations/": place,
        "/statements/": statement,
        "/sources/": source,
    }


# A filter of each list that finds its record, and what the way back says of it.
FILTERED = [
    ("/events/", "actor=russia&since=2017&order=date", "Actor Russia; Since 2017"),
    ("/actors/", "q=russ&country=SYR", "Name russ; Country Syria"),
    ("/locations/", "q=idl&kind=town", "Name idl; Kind Town or village"),
    ("/statements/", "stance=denies&q=attack", "Position denies; Search attack"),
    ("/sources/", "q=paper&kind=article", "Title paper; Kind Article"),
]


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def way_back(text: str) -> tuple[str, str]:
    """Where it leads, and what it says."""
    [(href, rest)] = re.findall(
        r'<p class="way-back"><a href="([^"]*)"(?: rel="nofollow")?>(.*?)</p>', text
    )
    return unescape(href), unescape(re.sub(r"<[^>]*>", "", rest))


@pytest.mark.parametrize(("path", "query", "words"), FILTERED)
def test_links_in_a_filtered_list_carry_its_query_and_the_record_leads_back(
    client: Client, path: str, query: str, words: str
) -> None:
    record = make_records()[path].get_absolute_url()
    listed = page(client, f"{path}?{query}")
    link = re.search(rf'<a href="({record}\?[^"]*)" rel="nofollow"', listed)
    assert link is not None
    address = unescape(link[1])
    assert address == f"{record}?{query}"
    shown = page(client, address)
    where, said = way_back(shown)
    assert where == f"{path}?{query}"
    assert f"filtered: {words}" in said
    assert f'<link rel="canonical" href="{record}">' in shown


@pytest.mark.parametrize(("path", "query", "words"), FILTERED)
def test_without_a_filter_links_are_plain_and_lead_back_to_the_plain_list(
    client: Client, path: str, query: str, words: str
) -> None:
    record = make_records()[path].get_absolute_url()
    assert f'<a href="{record}" dir="auto">' in page(client, path)
    where, said = way_back(page(client, record))
    assert where == path
    assert "filtered" not in said


def test_the_page_of_a_filtered_list_is_led_back_to(client: Client) -> None:
    for number in range(55):
        make_event(slug=f"e{number}")
    listed = page(client, "/events/?since=2016&page=2")
    assert "?since=2016&amp;page=2" in listed
    assert way_back(page(client, "/events/e1/?since=2016&page=2"))[0] == (
        "/events/?since=2016&page=2"
    )
    # In the plain list a crawler goes on from each of its pages.
    assert re.search(r'<a href="/events/e\d+/" dir="auto">', page(client, "/events/?page=2"))


REFUSED = [
    "colour=red",
    "actor=nobody&country=XXX&kind=nothing&speaker=none",
    "since=2017-13&until=x&certain=2&match=some&order=upwards&year=x",
    "q=",
    "page=0",
    "page=-1",
    "page=99999999999999999999999",
    "page=2",
    "page=x&page=y",
    "after=x",
    "since=2017&since=2018",
    "order=relevance",
    "%ff=%fe",
    "view=wide&lanes=actor&span=2017",
    "preview=",
]


@pytest.mark.parametrize("path", [path for path, _query, _words in FILTERED])
def test_what_a_list_would_refuse_is_dropped(client: Client, path: str) -> None:
    record = make_records()[path].get_absolute_url()
    for query in REFUSED:
        if path == "/sources/":
            query = query.replace("after=x", "colour=blue")
        assert way_back(page(client, f"{record}?{query}"))[0] == path, query


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("actor=russia&actor=nobody&colour=red", "actor=russia"),
        ("standing=reported&standing=lost&page=3", "standing=reported&page=3"),
        ("since=2018&until=2017&actor=russia", "since=2018&actor=russia"),
        ("q=the&kind=assault", "kind=assault"),
        ("q=%26%26&kind=assault", "kind=assault"),
        ("year=2017&year=x&order=date", "year=2017&order=date"),
    ],
)
def test_what_is_understood_is_kept(client: Client, query: str, kept: str) -> None:
    make_records()
    assert way_back(page(client, f"/events/attack/?{query}"))[0] == f"/events/?{kept}"


def test_nothing_of_a_query_is_written_unescaped(client: Client) -> None:
    script = "%3Cscript%3Ealert(1)%3C/script%3E%22onload=x"
    for path, record in make_records().items():
        shown = page(client, f"{record.get_absolute_url()}?q={script}&kind={script}&{script}=1")
        assert "<script>alert" not in shown, path
        assert '"onload' not in shown, path


def test_a_sources_own_parameters_and_those_of_the_list_go_together(client: Client) -> None:
    make_records()
    shown = page(client, "/sources/paper/?q=paper&access=direct")
    assert way_back(shown)[0] == "/sources/?q=paper"
    assert 'href="?access=second-hand&amp;q=paper"' in shown
    assert 'role="alert"' in page(client, "/sources/paper/?q=paper&access=rumour")


@pytest.fixture
def _kept(settings: Settings) -> Iterator[None]:
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
        for name in ("default", "pages", "api", "counts")
    }
    yield
    for cache in caches.all():
        cache.clear()


@pytest.mark.usefixtures("_kept")
@pytest.mark.parametrize("path", [path for path, _query, _words in FILTERED])
def test_with_a_query_a_record_is_made_anew(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    record = make_records()[path].get_absolute_url()
    first = client.get(record)
    with django_assert_num_queries(1):
        assert client.get(record).content == first.content
    pages = caches["pages"]
    before = len(pages._cache)  # type: ignore[attr-defined]
    for number in range(3):
        assert client.get(f"{record}?q=x{number}").status_code == 200
    assert len(pages._cache) == before  # type: ignore[attr-defined]
    # Address and version tell all of it, so that a browser which has it is told so.
    etag = client.get(f"{record}?q=x1")["ETag"]
    assert client.get(f"{record}?q=x1", headers={"If-None-Match": etag}).status_code == 304
    assert client.get(f"{record}?q=x2", headers={"If-None-Match": etag}).status_code == 200


def test_the_page_of_a_facet_leads_back_to_the_filtered_timeline(client: Client) -> None:
    make_records()
    where, said = way_back(page(client, "/events/facets/actor/?country=SYR&find=r"))
    assert where == "/events/?country=SYR"
    assert "filtered: Country Syria" in said


def test_records_between_two_actors_lead_back_to_their_filtered_relation(client: Client) -> None:
    russia, turkey = (
        make_actor(slug="russia", name="Russia"),
        make_actor(slug="turkey", name="Turkey"),
    )
    event = make_event(russia, turkey, slug="talks")
    statement = make_statement(russia)
    statement.audience.add(turkey)
    relation = "/relations/russia/turkey/"
    listed = unescape(page(client, f"{relation}?since=2017"))
    carried = "?between=russia&between=turkey&since=2017"
    for record in (event.get_absolute_url(), statement.get_absolute_url()):
        assert f'href="{record}{carried}" rel="nofollow"' in listed
        where, said = way_back(page(client, f"{record}{carried}&quad=nothing&actor=russia"))
        assert where == f"{relation}?since=2017"
        assert said.startswith("Back to Russia and Turkey")
        assert f'href="{record}" dir="auto"' in page(client, relation)
    # What names no relation is dropped.
    for query in (
        "between=russia",
        "between=russia&between=nobody",
        "between=russia&between=russia",
    ):
        assert way_back(page(client, f"/events/talks/?{query}"))[0] == "/events/"


def test_events_in_a_frame_lead_on_with_its_filter(client: Client) -> None:
    make_records()
    assert 'href="/events/attack/?actor=russia" rel="nofollow"' in page(
        client, "/embed/events/?actor=russia"
    )


@pytest.mark.parametrize(
    ("path", "view"), [(path, f"{path}?{query}") for path, query, _words in FILTERED]
)
def test_record_pages_name_themselves_as_canonical(client: Client, path: str, view: str) -> None:
    record = make_records()[path].get_absolute_url()
    for address in (record, f"{record}?colour=red"):
        assert page(client, address).count('<link rel="canonical"') == 1
        assert f'<link rel="canonical" href="{record}">' in page(client, address)
    assert f'<link rel="canonical" href="{view.replace("&", "&amp;")}">' in page(client, view)
