"""Who says what: order of claims and rows, each statement once, answers under what they answer."""

import re
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Event, Position, Statement
from events.pages.event import read_record
from events.pages.said import Row
from events.pages.says import Says
from tests.factories import (
    make_actor,
    make_claim,
    make_event,
    make_location,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db


def says(event: Event) -> Says:
    record = read_record(event.slug, Event.objects.all())
    assert record is not None
    return record.says


def said(date: str = "2017-04-04", name: str = "", **values: object) -> Statement:
    speaker = make_actor(name=name) if name else make_actor()
    return make_statement(speaker, date=date, paraphrase=f"What {name} said.", **values)


def names(rows: list[Row]) -> list[object]:
    """Who speaks; with answers, a pair with theirs."""
    found: list[object] = []
    for row in rows:
        name = row.statement.speaker.name
        found.append((name, names(row.answers)) if row.answers else name)
    return found


def test_contested_claims_come_first_and_numbers_last() -> None:
    event = make_event()
    number = make_claim(event, kind="number", low=70, high=70, unit="people killed")
    calm, questioned, denied = (make_claim(event, text=text) for text in ("A.", "B.", "C."))
    take_position(said(), "asserts", claim=calm)
    take_position(said(), "questions", claim=questioned)
    take_position(said(), "denies", claim=denied)
    take_position(said(), "rejects", claim=number)
    found = says(event)
    assert [rows.claim.text for rows in found.claims] == ["C.", "A.", "B."]
    assert [rows.claim for rows in found.all_claims][-1] == number
    assert [rows.claim for rows in found.contested] == [denied, number]


def test_rows_stand_by_their_last_possible_day_and_undated_ones_last() -> None:
    event = make_event()
    claim = make_claim(event)
    dates = ["", "2017-04-20/..", "2017-04", "../2017-04-12", "2017-04-11", "2017-04-10/.."]
    for date in dates:
        take_position(said(date), "asserts", claim=claim)
    (rows,) = says(event).claims
    assert [row.statement.date for row in rows.rows] == [
        *("2017-04-11", "../2017-04-12", "2017-04"),
        *("2017-04-10/..", "2017-04-20/..", ""),
    ]


def test_rival_numbers_stand_by_unit_lowest_first() -> None:
    event = make_event()
    for low, high in ((80, 100), (70, 70)):
        make_claim(event, kind="number", low=low, high=high, unit="people killed")
    make_claim(event, kind="number", low=1200, high=1200, unit="homes", is_approximate=True)
    found = says(event)
    assert [(group.unit, [rows.number for rows in group.claims]) for group in found.numbers] == [
        ("homes", ["about 1,200"]),
        ("people killed", ["70", "80 to 100"]),
    ]
    assert found.claims == []
    (homes,), people = (group.with_bars for group in found.numbers)
    assert homes[1] is None
    assert [bar is not None and bar.is_dot for _rows, bar in people] == [True, False]


def test_answers_stand_under_what_they_answer_and_the_last_steps_beside_each_other() -> None:
    event = make_event()
    names_of = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"]
    chain = [said(f"2017-04-{10 + n}", name) for n, name in enumerate(names_of)]
    take_position(chain[0], "denies", claim=make_claim(event))
    for answered, answer in pairwise(chain):
        take_position(answer, "rejects", answered=answered)
    other = said("2017-04-30", "Other")
    take_position(other, "condemns", answered=chain[0])
    (rows,) = says(event).claims
    deepest = ["Fourth", "Fifth", "Sixth"]
    assert names(rows.rows) == [("First", [("Second", [("Third", deepest)]), "Other"])]
    third = rows.rows[0].answers[0].answers[0]
    assert [row.names_answered for row in third.answers] == [False, True, True]


def test_a_very_long_chain_of_answers_is_told_to_its_end(client: Client) -> None:
    event, speaker = make_event(slug="attack"), make_actor()
    chain = [make_statement(speaker, date="2017-04-10") for _ in range(400)]
    take_position(chain[0], "denies", claim=make_claim(event))
    Position.objects.bulk_create(
        Position(statement=answer, stance="rejects", answered=answered)
        for answered, answer in pairwise(chain)
    )
    page = client.get("/events/attack/").content.decode()
    assert len(set(re.findall(r'id="statement-(\d+)"', page))) == 400


def test_statements_that_answer_each_other_stand_once() -> None:
    event = make_event()
    one, other = said("2017-04-10", "One"), said("2017-04-11", "Other")
    take_position(one, "rejects", answered=other)
    take_position(other, "rejects", answered=one)
    take_position(one, "condemns", event=event)
    found = says(event)
    ((heading, rows),) = ((group.heading, group.rows) for group in found.others)
    assert heading == "Of the event itself"
    assert names(rows) == [("One", [("Other", ["One"])])]
    assert [row.is_elsewhere for row in rows[0].answers[0].answers] == [True]


def test_a_statement_on_two_claims_has_its_words_under_the_first_alone(client: Client) -> None:
    event = make_event(slug="attack")
    first, second = make_claim(event, text="First."), make_claim(event, text="Second.")
    both = said(name="Both")
    take_position(both, "asserts", claim=first)
    take_position(both, "asserts", claim=second)
    take_position(both, "condemns", event=event)
    found = says(event)
    assert [[row.is_elsewhere for row in rows.rows] for rows in found.claims] == [[False], [True]]
    assert found.others == []
    page = client.get("/events/attack/").content.decode().partition("<main")[2]
    assert page.count("What Both said.") == 1
    assert page.count(f'id="statement-{both.pk}"') == 1
    assert f'href="#statement-{both.pk}"' in page


def test_an_answer_that_takes_a_position_of_its_own_stands_under_the_claim() -> None:
    event = make_event()
    claim = make_claim(event)
    denial, answer = said("2017-04-10", "Denier"), said("2017-04-11", "Answerer")
    take_position(denial, "denies", claim=claim)
    take_position(answer, "rejects", answered=denial)
    take_position(answer, "asserts", claim=claim)
    (rows,) = says(event).claims
    assert names(rows.rows) == [("Denier", ["Answerer"]), "Answerer"]
    assert [rows.rows[0].answers[0].is_elsewhere, rows.rows[1].is_elsewhere] == [True, False]


def test_what_is_on_no_claim_stands_by_itself_with_what_else_it_is_on(client: Client) -> None:
    event, another = make_event(slug="attack"), make_event(title="Another event")
    make_claim(event)
    about = said("2017-04-10", "Caller")
    take_position(about, "condemns", event=event)
    take_position(about, "calls-for", event=another)
    said("2017-04-11", "Guest", occasion=event)
    found = says(event)
    assert [(str(group.heading), names(group.rows)) for group in found.others] == [
        ("Of the event itself", ["Caller"]),
        ("Said at it", ["Guest"]),
    ]
    (row,) = found.others[0].rows
    assert [(p.stance, p.event and p.event.title) for p in row.others] == [
        ("calls-for", "Another event")
    ]
    page = client.get("/events/attack/").content.decode()
    assert page.count("What Caller said.") == page.count("What Guest said.") == 1
    assert "Another event" in page
    assert "No claim about it is recorded." not in page


def test_without_a_claim_the_page_says_so_and_without_both_it_says_nothing(client: Client) -> None:
    spoken_of, silent = make_event(slug="spoken-of"), make_event(slug="silent")
    take_position(said(), "condemns", event=spoken_of)
    assert "No claim about it is recorded." in client.get("/events/spoken-of/").content.decode()
    page = client.get(silent.get_absolute_url()).content.decode()
    assert "Who says what" not in page


@pytest.mark.parametrize(
    ("stances", "words"),
    [
        ([], "Nobody is recorded with a position on it."),
        (["denies"], "1 denies it; nobody is recorded as asserting it."),
        (["denies", "denies"], "2 deny it; nobody is recorded as asserting it."),
        (["asserts", "asserts"], "2 assert it; nobody is recorded as opposing it."),
        (["calls-for"], "1 calls for it; nobody is recorded as opposing it."),
        (["laments", "laments"], "2 lament it; nobody is recorded as opposing it."),
        (
            ["denies", "asserts", "questions", "rejects", "denies", "supports", "condemns"],
            "1 asserts it, 2 deny it, 1 questions it, 1 rejects it, 1 condemns it, 1 supports it.",
        ),
    ],
)
def test_how_many_are_recorded_with_each_stance(stances: list[str], words: str) -> None:
    event = make_event()
    claim = make_claim(event)
    for stance in stances:
        take_position(said(), stance, claim=claim)
    (rows,) = says(event).claims
    assert rows.in_words == words


def test_one_speaker_counts_once_for_a_stance() -> None:
    event = make_event()
    claim, speaker = make_claim(event), make_actor()
    for date in ("2017-04-10", "2017-04-11"):
        take_position(make_statement(speaker, date=date), "denies", claim=claim)
    (rows,) = says(event).claims
    assert rows.in_words == "1 denies it; nobody is recorded as asserting it."


@pytest.mark.parametrize(("number", "first"), [(8, 8), (9, 6)])
def test_of_many_rows_the_first_six_are_open(client: Client, number: int, first: int) -> None:
    event = make_event(slug="attack")
    claim = make_claim(event)
    for day in range(number):
        take_position(said(f"2017-04-{day + 10}"), "denies", claim=claim)
    (rows,) = says(event).claims
    assert (len(rows.first_rows), len(rows.more_rows)) == (first, number - first)
    page = client.get("/events/attack/").content.decode()
    assert page.count('id="statement-') == number
    assert (f"All {number}" in page) == (number > 8)


def test_what_is_hidden_is_in_no_row(client: Client) -> None:
    event = make_event(slug="attack")
    claim = make_claim(event, text="Seen.")
    hidden_claim = make_claim(event, text="Hidden claim.", state="draft")
    seen = said(name="Seen", location=make_location(name="Hidden place", state="draft"))
    seen.audience.add(make_actor(name="Hidden audience", state="draft"))
    Statement.objects.filter(pk=seen.pk).update(occasion=make_event(title="Hidden", state="draft"))
    take_position(seen, "denies", claim=claim)
    take_position(said(name="Draft", state="draft"), "asserts", claim=claim)
    withdrawn = make_actor(name="Withdrawn speaker", state="withdrawn")
    take_position(make_statement(withdrawn), "rejects", answered=seen)
    take_position(seen, "asserts", claim=hidden_claim)
    found = says(event)
    assert [names(rows.rows) for rows in found.all_claims] == [["Seen"]]
    assert (found.claims[0].rows[0].others, found.others) == ([], [])
    page = client.get("/events/attack/").content.decode()
    assert re.findall("Hidden [a-z]+|hidden audience|What Draft said|Withdrawn speaker", page) == []


def test_the_number_of_queries_does_not_grow_with_rows(client: Client) -> None:
    def queries(number: int) -> int:
        event = make_event(slug=f"attack-{number}")
        place = make_location()
        for day in range(number):
            claim = make_claim(event)
            spoken = said(f"2017-04-{day + 10}", location=place, occasion=make_event())
            spoken.audience.add(make_actor())
            take_position(spoken, "denies", claim=claim)
            take_position(said(), "rejects", answered=spoken)
            take_position(spoken, "calls-for", event=make_event())
        client.get(event.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(event.get_absolute_url(), {"since": "1900"})
        return len(captured)

    assert queries(3) == queries(12)
