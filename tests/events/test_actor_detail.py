"""The page of an actor: offices, what it did and said, what was said of it, with whom."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, Tenure
from events.models import Event, Participation, Statement
from events.pages.actor import ActorRecord
from events.pages.actor_said import About
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_event,
    make_location,
    make_source,
    make_statement,
    take_position,
)


def record_of(slug: str) -> ActorRecord:
    return ActorRecord(Actor.objects.get(slug=slug))


def page_of(client: Client, actor: Actor) -> str:
    return client.get(actor.get_absolute_url()).content.decode()


def acts(event: Event, actor: Actor, role: str, **values: object) -> Participation:
    return Participation.objects.create(event=event, actor=actor, role_id=role, **values)


def take_office(person: Actor, office: str, **values: object) -> Tenure:
    return Tenure.objects.create(person=person, office=office, **values)


def key_of(statement: Statement) -> str:
    """Its page does not read it."""
    return str(Statement.objects.get(pk=statement.pk).key)


def keys_under(abouts: list[About]) -> dict[str, list[str]]:
    """The keys of the statements under what each is on, and of the answers below them."""
    return {
        str(about.target): [
            key_of(said)
            for row in about.rows
            for said in (row.statement, *(answer.statement for answer in row.answers))
        ]
        for about in abouts
    }


def test_what_russia_said_is_what_the_kremlin_and_its_president_said(loaded: None) -> None:
    russia = record_of("russia")
    assert keys_under(russia.own_words) == {
        "Syria’s government carried out the attack on Khan Sheikhoun.": [
            "putin-on-the-accusations",
            "kremlin-denial-of-responsibility",
            "united-states-on-the-russian-denial",
        ],
        "United States cruise missile strike on a Syrian airbase": [
            "kremlin-on-the-missile-strike"
        ],
        "Relations between the United States and Russia have grown worse, and trust between the"
        " two has eroded under the Trump administration.": ["putin-on-lost-trust"],
        "United Nations investigation of the attack, called for": ["putin-on-a-un-investigation"],
    }
    assert [about.is_contested for about in russia.own_words] == [True, False, False, False]
    # What answers it stands there.
    assert russia.words_of_others == []


def test_what_others_said_about_russia_counts_for_what_the_kremlin_said(loaded: None) -> None:
    russia = record_of("russia")
    assert [key_of(statement) for statement in russia.said_by_others] == [
        "united-states-on-the-russian-denial"
    ]
    assert [(spoken.slug, spoken.number) for spoken in russia.speakers] == [
        ("vladimir-putin", 3),
        ("kremlin", 2),
    ]
    assert [part.slug for part in russia.parts] == ["kremlin"]
    assert [whole.slug for whole in record_of("kremlin").wholes] == ["russia"]


def test_what_others_said_about_the_government_of_syria(loaded: None, client: Client) -> None:
    said = record_of("government-of-syria").said_by_others
    assert {key_of(statement) for statement in said} == {
        "kremlin-denial-of-responsibility",
        "kremlin-on-the-missile-strike",
        "putin-on-the-accusations",
        "us-intelligence-on-access-to-sarin",
        "international-community-on-accountability",
    }
    listed = client.get("/statements/?about=government-of-syria").context["page"].rows
    assert [row.pk for row in listed] == [row.pk for row in said]


def test_putin_appears_with_tillerson_alone(loaded: None, client: Client) -> None:
    putin = record_of("vladimir-putin")
    assert [(c.slug, c.count) for c in putin.did.companions] == [("rex-tillerson", 1)]
    assert [(r.role, r.is_alleged, r.count) for r in putin.did.roles] == [
        ("speaker", False, 1),
        ("host", False, 1),
    ]
    link = "/relations/vladimir-putin/rex-tillerson/"
    assert f'href="{link}">1 event<' in page_of(client, putin.actor)
    assert client.get(link).status_code == 200


def text_of(page: str, css: str) -> str:
    """The words of a paragraph, without its marks."""
    [found] = re.findall(rf'<p class="{css}"[^>]*>(.*?)</p>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", found).split())


def test_a_sentence_tells_how_often_it_acted_and_spoke(loaded: None, client: Client) -> None:
    words = {
        slug: text_of(page_of(client, Actor.objects.get(slug=slug)), "in-numbers")
        for slug in ("russia", "vladimir-putin", "government-of-syria")
    }
    assert words == {
        "russia": "Took part in 3 of the 10 events, in 1 of them only by allegation. 5 statements"
        " are recorded, through Vladimir Putin and The Kremlin; 2 deny the claim Syria’s government"
        " carried out the attack on Khan Sheikhoun.",
        "vladimir-putin": "Took part in 2 of the 10 events. 3 statements are recorded.",
        "government-of-syria": "Took part in 2 of the 10 events, in 1 of them only by allegation.",
    }


def test_what_an_office_holder_did_in_office_stands_apart(loaded: None, client: Client) -> None:
    russia = record_of("russia")
    [held] = russia.deeds.of_holders
    assert (held.tenure.person.slug, held.number) == ("vladimir-putin", 2)
    assert {acted.event.slug for acted in held.events} == {
        "tillerson-visits-moscow",
        "putin-press-remarks",
    }
    assert not {acted.event.slug for acted in russia.deeds.own} & {
        acted.event.slug for acted in held.events
    }
    assert "Vladimir Putin</a>, President of Russia, while surely in office" in page_of(
        client, russia.actor
    )
    assert record_of("vladimir-putin").deeds.of_holders == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("date", "is_told"),
    [
        ("2001-01-19", False),
        ("2001-01-20", True),
        ("2009-01-20", True),
        ("2009-01", False),
        ("../2005", False),
        ("", False),
    ],
)
def test_what_a_holder_does_and_says_counts_only_while_surely_in_office(
    date: str, is_told: bool
) -> None:
    state, person = make_actor(slug="state"), make_actor(kind="person")
    term = {"began": "2001-01-20", "ended": "2009-01-20", "began_is": "real", "ended_is": "real"}
    take_office(person, "President", body=state, **term)
    make_event(person, slug="deed", date=date)
    make_statement(person, date=date)
    record = record_of("state")
    told = [acted.event.slug for held in record.deeds.of_holders for acted in held.events]
    assert told == ["deed"] * is_told
    assert record.number_said == len(record.said) == is_told


@pytest.mark.django_db
def test_what_a_holder_does_together_with_the_state_stands_once() -> None:
    state, person = make_actor(slug="state"), make_actor(kind="person")
    take_office(person, "President", body=state)
    make_event(person, state, slug="both")
    record = record_of("state")
    assert [acted.event.slug for acted in record.deeds.own] == ["both"]
    assert record.deeds.of_holders == []


@pytest.mark.django_db
def test_a_statement_stands_once_with_what_else_it_is_on() -> None:
    actor = make_actor(slug="a")
    event = make_event()
    first, second = make_claim(event, text="First."), make_claim(event, text="Second.")
    both, one = make_statement(actor, date="2001"), make_statement(actor, date="2002")
    for said in (both, one):
        take_position(said, "asserts", claim=first)
    take_position(both, "asserts", claim=second)
    silent = make_statement(actor)
    take_position(make_statement(), "denies", claim=second)
    abouts = record_of("a").own_words
    # The contested claim comes first, and what is on nothing last.
    assert [(about.target, about.is_contested) for about in abouts] == [
        (second, True),
        (first, False),
        (None, False),
    ]
    assert [[row.statement for row in about.rows] for about in abouts] == [[both], [one], [silent]]
    assert [position.claim for position in abouts[0].rows[0].others] == [first]


@pytest.mark.django_db
def test_statements_that_answer_each_other_end() -> None:
    actor, other = make_actor(slug="a"), make_actor()
    said, answer = make_statement(actor), make_statement(other)
    take_position(answer, "rejects", answered=said)
    take_position(said, "rejects", answered=answer)
    [about] = record_of("a").own_words
    assert [row.statement for row in about.rows] == [said]
    assert [row.statement for row in about.rows[0].answers] == [answer]
    assert [row.is_elsewhere for row in about.rows[0].answers[0].answers] == [True]


@pytest.mark.django_db
def test_many_names_stand_at_the_end(client: Client) -> None:
    actor = make_actor()
    for number in range(9):
        actor.names.create(language="en", name=f"Name {number}")
    record = record_of(actor.slug)
    assert [name.name for name in record.first_names] == [f"Name {number}" for number in range(6)]
    page = page_of(client, actor)
    assert 'href="#more-names">3 more names</a>' in page
    assert page.index("Name 5") < page.index("For machines") < page.index("Name 6")


@pytest.mark.django_db
def test_what_is_empty_is_left_out(client: Client) -> None:
    page = page_of(client, make_actor(name="Alone"))
    headings = re.findall(r"<h[23][^>]*>(.*?)</h", page)
    assert headings == []
    assert "in-numbers" not in page


def test_each_companion_of_the_united_states_shares_as_many_events_as_the_timeline_lists(
    loaded: None, client: Client
) -> None:
    found = record_of("united-states").did.companions
    assert {c.slug for c in found} >= {"russia", "government-of-syria", "donald-trump"}
    assert not {c.slug for c in found} & {"united-states", "united-states-intelligence"}
    for companion in found:
        query = f"?actor=united-states&actor={companion.slug}&match=all"
        assert client.get(f"/events/{query}").context["page"].count == companion.count


def test_office_is_shown_for_the_events_inside_what_is_attested(
    loaded: None, client: Client
) -> None:
    page = page_of(client, Actor.objects.get(slug="rex-tillerson"))
    assert ", then US Secretary of State" in page
    assert "in office in April 2017, as far as the sources say" in page


def test_every_mark_on_the_page_leads_to_a_reference(loaded: None, client: Client) -> None:
    for slug in ("russia", "vladimir-putin", "united-states", "kremlin"):
        page = page_of(client, Actor.objects.get(slug=slug))
        marks = set(re.findall(r'href="#(r-[a-z0-9.-]+)"', page))
        assert marks
        assert marks == set(re.findall(r'id="(r-[a-z0-9.-]+)"', page))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("date", "is_shown"),
    [
        ("2001-01-19", False),
        ("2001-01-20", True),
        ("2009-01-20", True),
        ("2009-01-21", False),
        ("2009-01", False),
        ("2005", True),
        ("2001-01-20~", True),
        ("[..2005]", False),
        ("", False),
    ],
)
def test_office_at_edge_dates(client: Client, date: str, is_shown: bool) -> None:
    person = make_actor(kind="person")
    take_office(
        person,
        "President",
        began="2001-01-20",
        ended="2009-01-20",
        began_is="real",
        ended_is="real",
    )
    make_event(person, date=date)
    assert (", then President" in page_of(client, person)) is is_shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ended", "ended_is", "date", "is_shown"),
    [
        ("", "real", "2999-01-01", True),
        ("2009-01", "real", "2009-01-01", True),
        ("2009-01", "real", "2009-01-02", False),
        ("2009-01", "attested", "2009-01-31", True),
        ("2009-01", "attested", "2009-02-01", False),
    ],
)
def test_office_with_an_open_or_uncertain_end(
    client: Client, ended: str, ended_is: str, date: str, is_shown: bool
) -> None:
    person = make_actor(kind="person")
    take_office(person, "President", began="2001", ended=ended, ended_is=ended_is)
    make_event(person, date=date)
    assert (", then President" in page_of(client, person)) is is_shown


@pytest.mark.django_db
def test_events_stand_newest_first_with_the_roles_of_the_actor_and_of_its_parts() -> None:
    whole = make_actor(slug="whole")
    part = make_actor(slug="part", part_of=whole)
    acts(make_event(slug="old", date="2001"), whole, "target")
    new = make_event(part, slug="new", date="2002")
    acts(new, whole, "initiator", is_alleged=True)
    record = record_of("whole")
    assert [acted.event.slug for acted in record.deeds.own] == ["new", "old"]
    newest = record.deeds.own[0]
    assert [(role.role_id, role.is_alleged) for role in newest.roles] == [("initiator", True)]
    assert [role.actor.slug for role in newest.roles_of_parts] == ["part"]
    assert [(r.slug, r.role, r.count) for r in record.did.roles_of_parts] == [
        ("part", "participant", 1)
    ]
    assert [acted.event.slug for acted in record_of("part").deeds.own] == ["new"]


@pytest.mark.django_db
def test_the_newest_events_their_number_and_what_others_said_of_them() -> None:
    actor, other = make_actor(slug="a"), make_actor(slug="b")
    for year in range(2000, 2025):
        make_event(actor, slug=f"e{year}", date=str(year))
    make_event(other, slug="other", date="2030")
    make_event(actor, slug="draft", date="2031", state="draft")
    take_position(make_statement(other), "denies", event=Event.objects.get(slug="e2000"))
    make_statement(other)
    record = record_of("a")
    expected = [f"e{year}" for year in range(2024, 2014, -1)]
    assert [acted.event.slug for acted in record.deeds.own] == expected
    assert [role.count for role in record.did.roles] == [25]
    assert len(record.said_by_others) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["published", "draft"])
def test_alleged_roles_are_counted_apart_and_drafts_not_at_all(state: str) -> None:
    whole = make_actor(slug="whole", state=state)
    part = make_actor(slug="part", part_of=whole)
    for number in range(4):
        acts(make_event(), whole, "perpetrator", is_alleged=number == 0)
    acts(make_event(), part, "perpetrator", is_alleged=True)
    acts(make_event(state="draft"), whole, "perpetrator")
    acts(make_event(state="draft"), whole, "perpetrator", is_alleged=True)
    did = record_of("whole").did
    assert [(r.role, r.is_alleged, r.count) for r in did.roles] == [
        ("perpetrator", False, 3),
        ("perpetrator", True, 1),
    ]
    assert [(r.slug, r.role, r.is_alleged, r.count) for r in did.roles_of_parts] == [
        ("part", "perpetrator", True, 1)
    ]
    assert len(did.newest) == 5
    assert (did.number, did.number_alleged) == (5, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["published", "draft"])
def test_a_companion_counts_each_event_once_for_itself_and_its_parts(state: str) -> None:
    actor = make_actor(slug="a", state=state)
    whole = make_actor(slug="whole")
    part, hidden = make_actor(part_of=whole), make_actor(part_of=whole, state="draft")
    make_event(actor, whole, part)
    make_event(actor, part, make_actor(slug="other"))
    make_event(actor, hidden)
    make_event(actor, whole, state="draft")
    make_event(part)
    companions = record_of("a").did.companions
    assert [(c.slug, c.count) for c in companions] == [
        (part.slug, 2),
        ("whole", 2),
        ("other", 1),
    ]


@pytest.mark.django_db
def test_the_newest_of_many_events_whatever_their_dates() -> None:
    actor = make_actor(slug="a")
    dates = ["", "../2001", "1999/..", "2000/2003", "2002-05", "2002-05-07~", "2003~", "1815"]
    for number, date in enumerate(dates * 3):
        make_event(actor, slug=f"e{number}", date=date)
    make_event(make_actor(), date="2002-06")
    expected = Event.objects.filter(participations__actor=actor).in_order("-date")
    assert record_of("a").did.newest == [event.pk for event in expected[:10]]
    few = make_actor(slug="few")
    make_event(few, slug="only", date="../2001")
    assert [acted.event.slug for acted in record_of("few").deeds.own] == ["only"]


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["published", "draft"])
@pytest.mark.parametrize("target", ["event", "claim"])
def test_what_others_said_is_found_by_event_and_by_claim(state: str, target: str) -> None:
    actor = make_actor(slug="a", state=state)
    event = make_event(make_actor(part_of=actor))
    said = make_statement()
    take_position(said, "denies", **{target: event if target == "event" else make_claim(event)})
    assert record_of("a").said_by_others == [said]


@pytest.mark.django_db
def test_what_others_said_of_an_actor_without_events_answers_its_statements() -> None:
    actor = make_actor(slug="a")
    own, answer = make_statement(actor), make_statement()
    take_position(answer, "rejects", answered=own)
    make_event(make_actor(slug="silent"))
    record = record_of("a")
    assert (record.said, record.said_by_others) == ([own], [answer])
    assert record_of("silent").said_by_others == []


@pytest.mark.django_db
def test_drafts_never_leak(client: Client) -> None:
    actor = make_actor()
    hidden = make_actor(name="A secret actor", state="draft", part_of=actor)
    shown = make_event(actor, hidden, title="Shown event")
    acts(shown, hidden, "speaker")
    draft = make_event(actor, title="A secret event", state="draft")
    claim = make_claim(shown, text="A secret claim", state="draft")
    on_draft = make_statement(paraphrase="Said of a secret claim")
    take_position(on_draft, "denies", claim=claim)
    of_draft = make_statement(paraphrase="Said of a secret event")
    take_position(of_draft, "denies", claim=make_claim(draft, text="Claim on it"))
    by_hidden = make_statement(hidden, paraphrase="A secret speaker said")
    take_position(by_hidden, "denies", event=shown)
    answer = make_statement(paraphrase="Answered a secret speaker")
    take_position(answer, "rejects", answered=by_hidden)
    own = make_statement(actor, paraphrase="Own words")
    take_position(own, "supports", claim=claim)
    take_office(hidden, "A secret office", body=actor)
    cite(own, make_source(title="A secret source", state="draft"))
    page = page_of(client, actor)
    assert "Shown event" in page
    assert "Own words" in page
    for words in ("secret", "Claim on it", "supports"):
        assert words not in page, words
    assert [about.target for about in record_of(actor.slug).own_words] == [None]


@pytest.mark.django_db
def test_more_than_ten_statements_end_in_a_link_to_all(client: Client) -> None:
    actor = make_actor()
    event = make_event(actor)
    for number in range(11):
        make_statement(actor, paraphrase=f"Own {number}.", date=str(2000 + number))
        other = make_statement(paraphrase=f"Other {number}.", date=str(2000 + number))
        take_position(other, "denies", event=event)
    page = page_of(client, actor)
    assert "Own 10." in page
    assert "Own 0." not in page
    assert "All of these statements" in page
    assert f"/statements/?about={actor.slug}" in page
    assert page.index("Other 1.") < page.index("Other 10.")
    assert "Other 0." not in page


@pytest.mark.django_db
def test_queries_do_not_grow_with_rows(client: Client) -> None:
    def queries(number: int) -> int:
        actor = make_actor(kind="person")
        for _ in range(number):
            other = make_actor(kind="person", part_of=actor)
            event = make_event(actor, other)
            take_office(other, "Minister", began="2017", body=actor)
            own, answer = make_statement(actor), make_statement(date="2017")
            take_position(own, "denies", claim=make_claim(event))
            take_position(answer, "rejects", answered=own)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(actor.get_absolute_url()).status_code == 200
        return len(captured)

    assert queries(3) == queries(30)
    assert Statement.objects.count() == 66


@pytest.mark.django_db
def test_each_event_says_where_it_was_as_far_as_that_is_public(client: Client) -> None:
    actor = make_actor()
    town, hidden = make_location(name="Khan Sheikhoun"), make_location(state="draft")
    placed = make_event(actor, location=town, date="2017-04-04")
    make_event(actor, location=hidden, date="2016")
    make_event(actor, date="2015")
    rows = client.get(actor.get_absolute_url()).content.decode().split(' id="event-')[1:]
    assert [row.startswith(placed.slug) for row in rows] == [True, False, False]
    assert f'<a href="/locations/{town.slug}/" dir="auto">Khan Sheikhoun</a>' in rows[0]
    assert ["Place not given" in row for row in rows] == [False, True, True]
