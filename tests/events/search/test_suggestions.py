"""What is offered while one types, in which order, and how it leads on."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.index.facts import describe_what_was_written
from events.search.suggestions import SHOWN, suggest
from tests.factories import make_actor, make_event, make_location

VISIT = "tillerson-visits-moscow"
ATTACK = "khan-sheikhoun-chemical-attack"


def offered(typed: str) -> list[tuple[str, str, str]]:
    describe_what_was_written()
    return [(one.kind, one.slug, one.found) for one in suggest(typed)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("til", [("actor", "rex-tillerson", ""), ("event", VISIT, "")]),
        ("rex til", [("actor", "rex-tillerson", ""), ("event", VISIT, "")]),
        ("ти", [("actor", "rex-tillerson", "Рекс Тиллерсон")]),
        ("بوت", [("actor", "vladimir-putin", "فلاديمير بوتين")]),
        ("ادل", [("location", "idlib", "إدلب")]),
        ("хан-ше", [("location", "khan-sheikhoun", "Хан-Шейхун")]),
        ("tilerson", [("actor", "rex-tillerson", ""), ("event", VISIT, "")]),
        ("sheikon", [("location", "khan-sheikhoun", ""), ("event", ATTACK, "")]),
        ("t", []),
        ("a.*", []),
        (".*", []),
        ("(((", []),
        ("xqzw", []),
        ("", []),
    ],
)
def test_names_and_titles(loaded: None, typed: str, expected: list[tuple[str, str, str]]) -> None:
    assert offered(typed) == expected


def test_names_that_begin_so_come_first_then_names_with_such_a_word(db: None) -> None:
    make_event(slug="event", title="Marches")
    make_actor(slug="inside", name="The March")
    make_actor(slug="begins", name="Marchers of the north")
    make_location(slug="place", name="Marchland")
    make_actor(slug="no-word", name="Demarche")
    slugs = [slug for _, slug, _ in offered("march")]
    assert set(slugs[:2]) == {"begins", "place"}
    assert set(slugs[2:4]) == {"inside", "event"}
    assert "no-word" not in slugs


def test_drafts_are_not_offered(db: None) -> None:
    make_actor(name="Zebedee", state="draft")
    make_location(name="Zebedee", state="withdrawn")
    make_event(title="Zebedee", state="draft")
    assert offered("zeb") == offered("zebedea") == []


def test_at_most_eight(db: None) -> None:
    for number in range(9):
        make_actor(name=f"March {number}")
        make_location(name=f"March {number}")
        make_event(title=f"March {number}")
    assert len(offered("march")) <= SHOWN
    assert {kind for kind, _, _ in offered("march")} == {"actor", "location", "event"}


def test_one_query_or_a_few(
    loaded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        suggest("syr")
    with django_assert_num_queries(6):
        suggest("tilerson")
    with django_assert_num_queries(0):
        suggest("t")


def test_each_leads_to_its_page_and_to_its_events_under_the_other_filters(
    loaded: None, client: Client
) -> None:
    page = client.get("/suggest/?q=til&since=2017&order=relevance&page=2&colour=red")
    html = page.content.decode()
    assert 'href="/actors/rex-tillerson/"' in html
    assert 'href="/events/?since=2017&amp;actor=rex-tillerson"' in html
    assert f'href="/events/{VISIT}/"' in html
    assert "<html" not in html
    assert not page.cookies
    places = client.get("/suggest/?q=idl").content.decode()
    assert 'href="/events/?location=idlib"' in places


def test_names_are_escaped(db: None, client: Client) -> None:
    make_actor(name="<script>March</script>")
    assert "<script>" not in client.get("/suggest/?q=march").content.decode()


@pytest.mark.parametrize("typed", ["", "t", "%20%20%20", "!!!"])
def test_little_is_answered_with_nothing(db: None, client: Client, typed: str) -> None:
    page = client.get(f"/suggest/?q={typed}")
    assert (page.status_code, page.content.strip()) == (200, b"")


def test_too_much_is_refused_politely(db: None, client: Client) -> None:
    page = client.get("/suggest/", {"q": "x" * 101})
    assert page.status_code == 200
    assert "too long" in page.content.decode()
