"""What the timeline marks, and the lines it adds to a row that was found by other words."""

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from config.search.query import parse
from events.pages.entries import LENGTH, Entry, Said, read_entries
from events.search.snippets import Snippets, split
from tests.factories import (
    make_actor,
    make_claim,
    make_event,
    make_location,
    make_statement,
    take_position,
)
from tests.searching import events_with

pytestmark = pytest.mark.django_db


def found_by(words: str) -> list[Entry]:
    entries = read_entries(events_with(words).values_list("pk", flat=True), are_whole=True)
    Snippets(entries, parse(words))
    return entries


def shown(client: Client, words: str, view: str = "full") -> str:
    return client.get("/events/", {"q": words, "view": view}).content.decode()


def test_a_compact_row_shows_where_else_the_words_stand(client: Client) -> None:
    place = make_location(name="Khan Sheikhoun")
    make_event(title="Attack", summary="They attacked the harbour.", location=place)
    html = shown(client, "attacked", view="compact")
    assert "<mark>Attack</mark></a>" in html
    # The title has the word already.
    assert "harbour" not in html
    harbour = shown(client, "harbour", view="compact")
    assert ">They attacked the <mark>harbour</mark>.</p>" in harbour
    named = shown(client, "sheikhoun", view="compact")
    assert "<bdi>Khan <mark>Sheikhoun</mark></bdi>" in named


def test_words_are_marked_in_title_summary_and_names(client: Client) -> None:
    place = make_location(name="Khan Sheikhoun")
    actor = make_actor(name="Chemical Corps")
    make_event(actor, title="Chemical attacks", summary="They attacked.", location=place)
    html = shown(client, '"chemical attack" or sheikhoun -zugzwang')
    assert "<mark>Chemical</mark> <mark>attacks</mark></a>" in html
    assert "They <mark>attacked</mark>." in html
    assert "Khan <mark>Sheikhoun</mark></a>" in html
    assert "<mark>Chemical</mark> Corps</a>" in html


def test_text_is_escaped_around_marks_and_in_them(client: Client) -> None:
    make_event(title="<script>alert(1)</script> & sarin", summary='"sarin" <b>gas</b>')
    html = shown(client, "sarin script")
    assert "<script>alert" not in html
    assert "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; &amp; " in html
    assert "&quot;<mark>sarin</mark>&quot; &lt;b&gt;gas&lt;/b&gt;" in html


def test_without_words_nothing_is_marked(client: Client) -> None:
    make_event(title="<b>Sarin</b>")
    html = client.get("/events/").content.decode()
    assert "&lt;b&gt;Sarin&lt;/b&gt;</a>" in html
    assert "<mark>" not in html
    assert "<mark>" not in client.get("/events/", {"q": "-zugzwang"}).content.decode()


def test_a_name_in_another_script_is_shown(client: Client) -> None:
    putin = make_actor(name="Vladimir Putin")
    putin.names.create(language="ru", name="Владимир Путин")
    make_event(putin, title="Visit")
    assert found_by("путин")[0].names == ["Владимир Путин"]
    assert "<bdi>Владимир <mark>Путин</mark></bdi>" in shown(client, "ПУТИН")
    # What the row shows of a word needs no line of its own.
    putin.names.create(language="en", name="Putin, V. V.")
    assert found_by("putin")[0].names == []


def test_a_statement_that_was_found_is_shown_with_its_speaker(client: Client) -> None:
    event = make_event(title="Attack")
    said = make_statement(make_actor(name="Somebody"), paraphrase="Calls it a provocation.")
    take_position(said, "denies", claim=make_claim(event, text="They did it."))
    assert found_by("provocations")[0].said == [Said("Somebody", "Calls it a provocation.")]
    assert "Somebody: Calls it a <mark>provocation</mark>." in shown(client, "provocation")
    assert "They <mark>did</mark>" not in shown(client, "provocation")


def test_what_is_not_published_is_not_shown() -> None:
    event = make_event(make_actor(name="Zebedee", state="draft"), title="Zebedee")
    said = make_statement(make_actor(), paraphrase="Zebedee did it.", state="draft")
    take_position(said, "denies", event=event)
    make_claim(event, text="Zebedee too.", state="draft")
    (entry,) = found_by("zebedee")
    assert (entry.names, entry.said) == ([], [])


def test_of_a_long_text_the_part_around_the_first_word_is_shown() -> None:
    words = [f"w{number}" for number in range(200)]
    words[120] = "sarin"
    make_event(summary=" ".join(words))
    found = Snippets(read_entries([event.pk for event in events_with("sarin")]), parse("sarin"))
    text = "".join(part for part, _ in found.fragment(" ".join(words)))
    assert text.startswith("… w105 ")
    assert text.endswith(" w149 …")
    assert len(text.split()) == LENGTH + 2
    whole = found.fragment("Only sarin.")
    assert whole == [("Only", False), (" ", False), ("sarin", True), (".", False)]


@pytest.mark.parametrize(
    "text",
    [
        "a-b\u2010c\u2011d–e—f",
        "x, “y” (z) [u]…",
        "«q» a/b\\c:d;e",
        "ب،ت؛ج؟",
        "a\u00a0b\nc\td",
        "Me\u0301l ﬁn",
    ],
)
def test_words_are_split_as_the_database_splits_them(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM words_of(%s) AS word WHERE word <> ''", [text])
        assert split(text) == [word for (word,) in cursor]


def test_one_query_for_all_rows_of_a_page(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(5):
        make_event(make_actor(name="Sarin Bureau"), title="Sarin", location=make_location())
    events = found_by("sarin")
    with django_assert_num_queries(1):
        Snippets(events, parse("sarin"))
    with django_assert_num_queries(0):
        Snippets(events, None)
        Snippets([], parse("sarin"))
