"""Which events and statements are found for which words, and in which order."""

import pytest
from django.http import QueryDict
from django.test import Client

from config.search.query import parse
from events.filters.events import EventFilterSet
from events.filters.selected import SelectedEvents
from events.models import Event, EventLink, Statement
from tests import searching
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


def found(words: str) -> set[str]:
    return set(events_with(words).values_list("slug", flat=True))


def ranked(words: str) -> list[str]:
    return [event.slug for event in searching.ranked(words)]


def test_a_name_is_found_as_it_is_and_no_other_word_of_its_stem_is() -> None:
    make_event(make_actor(name="United Nations"), slug="body", title="Meeting")
    make_event(slug="soldiers", title="A unit is moved")
    make_event(make_actor(name="Other rebel groups"), slug="groups", title="Meeting")
    make_event(make_actor(name="Johnny Rings"), slug="rings", title="Meeting")
    assert found("unit") == {"soldiers"}
    assert found("united") == {"body", "soldiers"}
    assert found("nations") == found("nation") == found('"United Nations"') == {"body"}
    assert found("rebel group") == {"groups"}
    assert found("Rings") == found("RINGS") == {"rings"}


def test_a_phrase_of_small_words_finds_the_name_made_of_them() -> None:
    make_event(make_actor(name="The Who"), slug="concert", title="Concert")
    make_event(slug="other", title="A concert of those who play the music")
    assert found('"The Who"') == {"concert"}
    assert found("the concert") == {"concert", "other"}
    assert found("the") == found("the who") == set()


def test_phrase_reaches_across_no_two_names_or_texts() -> None:
    actor = make_actor(name="Alpha Beta")
    actor.names.create(language="ru", name="Гамма Дельта")
    make_event(actor, slug="only", title="First words", summary="Second text.")
    assert found('"Alpha Beta"') == found('"гамма дельта"') == found('"first words"') == {"only"}
    assert found('"Beta Гамма"') == found('"words first"') == found('"words alpha"') == set()
    assert found('"words second"') == found('"Дельта second"') == set()


@pytest.mark.parametrize(
    "words",
    [
        "Khan-Sheikhoun",
        "khan sheikhoun",
        "Sheikhoun Khan",
        "Хан-Шейхун",
        "хан шейхун",
        "ШЕЙХУН",
        "خَان شَيخُون",
        "Khān",
        '"Khan Sheikhoun"',
        "khan -damascus",
        "damascus or khan",
    ],
)
def test_one_place_in_every_writing(words: str) -> None:
    place = make_location(name="Khan Sheikhoun")
    place.names.create(language="ru", name="Хан-Шейхун")
    place.names.create(language="ar", name="خان شيخون")
    make_event(slug="there", title="Meeting", location=place)
    make_event(slug="elsewhere", title="Meeting")
    assert found(words) == {"there"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Bashar al-Assad", "Assad"),
        ("Bashar al-Assad", "al-Assad"),
        ("Bashar Assad", "al-Assad"),
        ("Weißstraße", "weissstrasse"),
        ("Iş\u0131k İnönü", "isik inonu"),
        ("Sana'a", "sanaa"),
        ("O'Brien", "O’Brien"),
        ("U.S. Navy", "US navy"),
        ("US Navy", "U.S."),
        ("فلاديمير بوتين", "بُوتين"),
        ("إدلب", "ادلب"),
    ],
)
def test_writings_that_meet(name: str, words: str) -> None:
    make_event(make_actor(name=name), slug="only", title="Meeting")
    assert found(words) == {"only"}


def test_exclusions_leave_out_what_the_word_alone_would_find() -> None:
    make_event(slug="gas", title="Gas attack")
    make_event(slug="plain", title="Attacks")
    make_event(slug="none", title="Meeting")
    assert found("attack -gas") == {"plain"}
    assert found('attack -"gas attack"') == {"plain"}
    assert found("-gas") == {"plain", "none"}
    assert found("-gas -attack") == {"none"}
    assert found("meeting or -attack") == {"none"}
    assert found("gas or -attack") == {"gas", "none"}


def test_what_says_nothing_finds_nothing() -> None:
    make_event(slug="only")
    assert found("") == found("!!!") == found("the of") == set()


def test_titles_outrank_names_and_names_summaries_and_those_statements() -> None:
    said = make_statement(paraphrase="Zugzwang zugzwang zugzwang.")
    take_position(said, "denies", claim=make_claim(make_event(slug="said", title="A")))
    make_event(slug="summary", title="B", summary="zugzwang " * 9)
    make_event(make_actor(name="Zugzwang"), slug="name", title="C")
    make_event(slug="title", title="On zugzwang")
    assert ranked("zugzwang") == ["title", "name", "summary", "said"]


def test_equal_matches_stand_newest_first_and_then_by_key() -> None:
    for slug, date in (("old", "2016"), ("first", "2017"), ("second", "2017")):
        make_event(slug=slug, title="Zugzwang", date=date)
    assert ranked("zugzwang") == ["second", "first", "old"]
    assert ranked("-gas") == ["second", "first", "old"]


def test_a_cursor_leads_through_the_best_matches() -> None:
    make_event(slug="best", title="Zugzwang zugzwang")
    for _ in range(3):
        make_event(title="Zugzwang")
    make_event(slug="worst", title="A", summary="zugzwang")
    expected = searching.ranked("zugzwang")
    asked = QueryDict("q=zugzwang&order=relevance")
    listed = SelectedEvents(EventFilterSet(asked, queryset=Event.objects.none()).selection)
    walked = listed.between(0, 1)
    while page := listed.behind(listed.cursor_of(walked[-1]), 2):
        walked += page
    assert [event.pk for event in walked] == [event.pk for event in expected]
    assert (expected[0].slug, expected[-1].slug) == ("best", "worst")


def test_statements_are_found_by_text_and_by_their_speaker_in_any_script() -> None:
    putin = make_actor(name="Vladimir Putin")
    putin.names.create(language="ru", name="Владимир Путин")
    ours = make_statement(putin, paraphrase="Calls it a provocation.", quote="nonsense")
    make_statement(make_actor(name="Somebody"), paraphrase="Calls it true.")

    def of(words: str) -> list[Statement]:
        return list(Statement.objects.published().answering(parse(words)))

    assert of("putin provocations") == of("Путин") == of("nonsense") == of('"it a provocation"')
    assert of("putin") == [ours]
    assert of("putin -provocation") == of('"Putin calls"') == []
    putin.names.all().delete()
    assert of("Путин") == []
    type(putin).objects.filter(pk=putin.pk).update(name="Vladimir Vladimirovich")
    assert of("putin") == []
    assert of("vladimirovich") == [ours]
    Statement.objects.filter(pk=ours.pk).update(paraphrase="Calls it an accident.")
    assert of("provocation") == []
    assert of("accidents") == [ours]


def test_capitals_are_a_name_before_they_are_a_stop_word(client: Client) -> None:
    make_event(slug="summary", title="Report", summary="The WHO counted those who fell.")
    make_event(make_actor(name="World Health Organization (WHO)"), slug="body", title="Visit")
    make_event(slug="small", title="Report", summary="Those who fell.")
    assert found("WHO") == {"summary", "body"}
    assert found("WHO report") == {"summary"}
    assert found("who report") == {"summary", "small"}
    assert found("report OR visit") == {"summary", "body", "small"}
    page = client.get("/events/", {"q": "who report"})
    assert "Left out, because too common to search for: “<bdi>who</bdi>”." in page.content.decode()


@pytest.mark.parametrize("words", ["AT&T", "ATT", "at&t", '"AT&T"'])
def test_what_an_ampersand_joins_is_one_word_or_two(words: str) -> None:
    make_event(make_actor(name="AT&T"), slug="name", title="Visit")
    make_event(slug="text", title="Strike", summary="Cables of AT&T were cut.")
    make_event(slug="other", title="At the table", summary="At tea.")
    assert found(words) == {"name", "text"}


def test_notes_that_readers_see_are_searched_at_the_lowest_weight(client: Client) -> None:
    make_event(slug="title", title="Ghouta")
    make_event(slug="summary", title="A", summary="Like Ghouta.")
    make_event(slug="note", title="B", note="As in Ghouta, nothing was found.")
    make_event(slug="reason", title="C", standing_reason="No witness of Ghouta.")
    claim = make_claim(make_event(slug="claim", title="D"), note="Ghouta was another.")
    said = make_statement(note="He meant Ghouta.")
    take_position(said, "denies", claim=claim)
    hidden = make_event(slug="hidden", title="E")
    make_claim(hidden, note="Ghouta", state="draft")
    note = {"relation": "follows", "note": "As Ghouta did."}
    EventLink.objects.create(from_event=hidden, to_event=make_event(state="draft"), **note)
    EventLink.objects.create(from_event=make_event(slug="link", title="F"), to_event=hidden, **note)
    assert found("ghouta") == {"title", "summary", "note", "reason", "claim", "link"}
    assert ranked("ghouta")[:2] == ["title", "summary"]
    assert list(Statement.objects.published().answering(parse("ghouta"))) == [said]
    html = client.get("/events/", {"q": "ghouta"}).content.decode()
    assert "Curators’ note: As in <mark>Ghouta</mark>, nothing was found." in html


def test_a_speaker_is_found_by_any_name() -> None:
    speaker = make_actor(name="Vladimir Putin")
    speaker.names.create(language="ru", name="Владимир Путин")
    take_position(make_statement(speaker), "denies", event=make_event(slug="said", title="A"))
    assert found("Путин") == found("Putin") == {"said"}
