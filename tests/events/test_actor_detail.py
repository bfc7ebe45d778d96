"""The page of an actor: offices, events by role, what it said, what was said of it, with whom."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, Tenure
from events.models import Event, Participation, Statement
from events.pages.actor import ActorRecord
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
    return Participation.objects.create(event=event, actor=actor, role=role, **values)


def take_office(person: Actor, office: str, **values: object) -> Tenure:
    return Tenure.objects.create(person=person, office=office, **values)


def test_what_others_said_about_russia_counts_for_what_the_kremlin_said(loaded: None) -> None:
    russia = record_of("russia")
    assert [statement.key for statement in russia.said_by_others] == [
        "united-states-on-the-russian-denial"
    ]
    assert russia.said == []
    assert [(part.value, part.count) for part in russia.speaking_parts] == [("kremlin", 2)]
    assert [part.slug for part in russia.parts] == ["kremlin"]
    assert [whole.slug for whole in record_of("kremlin").wholes] == ["russia"]


def test_what_others_said_about_the_government_of_syria(loaded: None, client: Client) -> None:
    said = record_of("government-of-syria").said_by_others
    assert {statement.key for statement in said} == {
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
        ("host", False, 1),
        ("speaker", False, 1),
    ]
    page = page_of(client, putin.actor)
    link = "/events/?actor=vladimir-putin&amp;actor=rex-tillerson&amp;match=all"
    assert link in page
    groups = client.get(link.replace("&amp;", "&")).context["groups"]
    assert [e.slug for group in groups for e in group.entries] == ["tillerson-visits-moscow"]


def test_putin_said_what_by_stance_event_and_claim(loaded: None, client: Client) -> None:
    putin = record_of("vladimir-putin")
    assert {(v.value, v.count) for v in putin.stances} == {
        ("laments", 1),
        ("denies", 1),
        ("calls-for", 1),
    }
    assert {(v.value, v.count) for v in putin.events_spoken_of} == {
        ("khan-sheikhoun-chemical-attack", 1),
        ("un-investigation-called-for", 1),
    }
    assert {v.value for v in putin.claims} == {
        "syrian-government-carried-out-the-attack",
        "us-russian-relations-have-deteriorated",
    }
    for name, values in (("stance", putin.stances), ("event", putin.events_spoken_of)):
        for value in values:
            listed = client.get(f"/statements/?speaker=vladimir-putin&{name}={value.value}")
            assert listed.context["page"].count == value.count


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
    assert [acted.event.slug for acted in record.events] == ["new", "old"]
    newest = record.events[0]
    assert [(role.role, role.is_alleged) for role in newest.roles] == [("initiator", True)]
    assert [role.actor.slug for role in newest.roles_of_parts] == ["part"]
    assert [(r.slug, r.role, r.count) for r in record.did.roles_of_parts] == [
        ("part", "participant", 1)
    ]
    assert [acted.event.slug for acted in record_of("part").events] == ["new"]


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
    expected = [f"e{year}" for year in range(2024, 2004, -1)]
    assert [acted.event.slug for acted in record.events] == expected
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
    assert record_of("a").did.newest == [event.pk for event in expected[:20]]
    few = make_actor(slug="few")
    make_event(few, slug="only", date="../2001")
    assert [acted.event.slug for acted in record_of("few").events] == ["only"]


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
    assert record_of(actor.slug).stances == []


@pytest.mark.django_db
def test_more_than_twenty_statements_end_in_a_link_to_all(client: Client) -> None:
    actor = make_actor()
    event = make_event(actor)
    for number in range(21):
        make_statement(actor, paraphrase=f"Own {number}.", date=str(2000 + number))
        other = make_statement(paraphrase=f"Other {number}.", date=str(2000 + number))
        take_position(other, "denies", event=event)
    page = page_of(client, actor)
    assert "Own 20." in page
    assert "Own 0." not in page
    assert "All of these statements" in page
    assert f"/statements/?about={actor.slug}" in page
    assert page.index("Other 20.") < page.index("Other 1.")
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
    rows = client.get(actor.get_absolute_url()).content.decode().split('<li id="event-')[1:]
    assert [row.startswith(placed.slug) for row in rows] == [True, False, False]
    assert f'<a href="/locations/{town.slug}/" dir="auto">Khan Sheikhoun</a>' in rows[0]
    assert ["Place not given" in row for row in rows] == [False, True, True]
