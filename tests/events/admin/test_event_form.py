"""The form of an event: all that belongs to it, and each fact cited where it is typed."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import (
    Citation,
    Claim,
    Event,
    EventLink,
    Participation,
    Position,
    Statement,
)
from tests.curating import OF_ALL_RECORDS, address, inline_row, opened, problems
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_event,
    make_kind,
    make_location,
    make_source,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db
SAVED = 302


class Typing:
    """What a curator types into the form, row by row, with the place where each fact is written."""

    def __init__(self, client: Client, record: Any = None) -> None:
        self.client = client
        self.page = address(record, "change") if record else address(Event, "add")
        self.data = opened(client, self.page)

    def row(self, prefix: str, at: str = "", **values: Any) -> str:
        """The name of a new row; `at` is the place in the source."""
        name = f"{prefix}-{self.data[f'{prefix}-TOTAL_FORMS']}"
        self.data = inline_row(self.data, prefix, **values)
        if at:
            self.cite(name, at)
        return name

    def cite(self, on: str, at: str, **values: Any) -> None:
        self.data = inline_row(self.data, "citations", on=on, locator=at, **values)

    def save(self, **values: Any) -> Any:
        return self.client.post(self.page, self.data | values)


@pytest.fixture
def typing(admin_client: Client) -> Typing:
    """A new event, of which nothing but its own fields is typed, citing from a source."""
    made = Typing(admin_client)
    made.data |= {
        "title": "An attack",
        "date": "2017-04-04",
        "kind": make_kind().pk,
        "standing": "reported",
        "state": "draft",
        "cited_from": make_source(title="The Herald").pk,
    }
    return made


def cited(**target: Any) -> list[tuple[str, str, str]]:
    """Source, place and aspect of the citations of a record."""
    rows = Citation.objects.filter(**target).order_by("sort_locator", "pk")
    return [(row.source.title, row.locator, row.aspect) for row in rows]


def test_each_fact_is_cited_in_its_row(typing: Typing) -> None:
    anna, herald = make_actor(name="Anna"), "The Herald"
    typing.cite("event", "¶1")
    typing.cite("event:date", "¶2")
    typing.row("participations", "¶3", actor=anna.pk, role="victim")
    claim = typing.row("claims", "¶4", text="Seven died", number="7", unit="people")
    said = typing.row("statements", "¶5", speaker=anna.pk, paraphrase="Seven died.", date="2017")
    typing.row("positions", of=said, stance="asserts", on=claim)
    typing.row("links", "¶6", relation="follows", to_event=make_event().pk, basis="stated")
    assert typing.save().status_code == SAVED
    event = Event.objects.get(slug="an-attack")
    assert cited(event=event) == [(herald, "¶1", ""), (herald, "¶2", "date")]
    assert cited(participation__event=event) == [(herald, "¶3", "")]
    assert cited(claim__event=event) == [(herald, "¶4", "")]
    position = Position.objects.get()
    assert position.claim == event.claims.get()
    assert cited(statement=position.statement) == [(herald, "¶5", "")]
    assert cited(position=position) == [(herald, "¶5", "")]  # as the words
    assert cited(link__from_event=event) == [(herald, "¶6", "")]
    assert typing.client.session["cited_from"] == [int(typing.data["cited_from"])]


def test_a_position_may_be_cited_elsewhere_than_the_words(typing: Typing) -> None:
    said = typing.row("statements", "¶5", speaker=make_actor().pk, paraphrase="It was so.")
    typing.row("positions", "¶9", of=said, stance="asserts", on="event")
    assert typing.save().status_code == SAVED
    position = Position.objects.get()
    assert position.event == Event.objects.get()
    assert cited(position=position) == [("The Herald", "¶9", "")]
    assert cited(statement=position.statement) == [("The Herald", "¶5", "")]


def test_a_statement_answers_another_of_the_page(typing: Typing) -> None:
    first = typing.row("statements", speaker=make_actor().pk, paraphrase="It was so.")
    typing.row("positions", of=first, stance="asserts", on="event")
    second = typing.row("statements", speaker=make_actor().pk, paraphrase="It was not.")
    typing.row("positions", of=second, stance="denies", on=first)
    assert typing.save().status_code == SAVED
    answer = Position.objects.get(stance="denies")
    assert answer.answered == Statement.objects.get(paraphrase="It was so.")
    data = opened(typing.client, address(Event.objects.get(), "change"))
    assert data["statements-INITIAL_FORMS"] == data["positions-INITIAL_FORMS"] == 2


def test_nothing_is_cited_without_a_place(typing: Typing) -> None:
    typing.row("participations", actor=make_actor().pk, role="victim")
    assert typing.save().status_code == SAVED
    assert not Citation.objects.filter(participation__isnull=False).exists()
    again = Typing(typing.client, Event.objects.get())
    again.cite("event", "", whole="on")
    assert again.save().status_code == SAVED
    assert cited(event=Event.objects.get()) == [("The Herald", "", "")]


def test_a_place_without_a_source_is_refused(typing: Typing) -> None:
    del typing.data["cited_from"]
    typing.cite("event", "¶1")
    assert problems(typing.save()) == ["Choose above which source this is written in."]


def test_a_place_in_an_empty_row_is_refused(typing: Typing) -> None:
    typing.cite("participations-0", "¶1")
    (problem,) = problems(typing.save())
    assert problem == "This row is empty: fill it in, or take the place out."


def test_what_a_position_lacks_is_said(typing: Typing) -> None:
    said = typing.row("statements", speaker=make_actor().pk, paraphrase="It was so.")
    assert problems(typing.save()) == ["Which position does it take, and on what?"]
    typing.row("positions", of=said, stance="asserts")
    assert problems(typing.save()) == ["On what? Choose the event, a claim or a statement."]
    typing.data["positions-3-on"] = "claims-1"
    (problem,) = problems(typing.save())
    assert problem == "What this position is on is not there: choose again."


def test_rows_go_with_all_that_cites_them(admin_client: Client) -> None:
    event = make_event(make_actor(), make_actor())
    first, second = event.participations.order_by("pk")
    statement = make_statement()
    position = take_position(statement, "denies", event=event)
    for record in (first, second, position):
        cite(record)
    typing = Typing(admin_client, event)
    typing.data |= {"participations-0-DELETE": "on", "positions-0-DELETE": "on"}
    typing.cite("participations-0", "¶9")
    assert typing.save().status_code == SAVED
    assert list(event.participations.all()) == [second]
    assert not Position.objects.exists()
    assert Statement.objects.get() == statement
    assert set(Citation.objects.exclude(event=event).exclude(statement=statement)) == {
        second.citations.get()
    }


def test_a_statement_about_something_else_is_not_deleted_here(admin_client: Client) -> None:
    event, statement = make_event(), make_statement()
    here = take_position(statement, "denies", event=event)
    elsewhere = take_position(statement, "denies", event=make_event())
    typing = Typing(admin_client, event)
    (problem,) = problems(typing.save(**{"statements-0-DELETE": "on"}))
    assert "takes positions elsewhere, too" in problem
    elsewhere.delete()
    assert typing.save(**{"statements-0-DELETE": "on"}).status_code == SAVED
    assert not Statement.objects.exists()
    assert not Position.objects.filter(pk=here.pk).exists()


# Two curators


def test_citations_of_two_curators_stay_at_their_rows(admin_client: Client) -> None:
    anna, boris = make_actor(name="Anna"), make_actor(name="Boris")
    event = make_event(anna, boris)
    source = make_source(title="The Herald")
    mine, hers = Typing(admin_client, event), Typing(admin_client, event)
    hers.data["cited_from"] = mine.data["cited_from"] = source.pk
    hers.data["participations-0-DELETE"] = "on"
    hers.cite("participations-1", "hers")
    assert hers.save().status_code == SAVED
    mine.cite("participations-1", "mine")
    mine.row("participations", "new", actor=make_actor(name="Carl").pk, role="host")
    assert mine.save().status_code == SAVED
    found = {
        row.actor.name: sorted(row.citations.values_list("locator", flat=True))
        for row in event.participations.select_related("actor")
    }
    assert found == {"Boris": ["hers", "mine"], "Carl": ["new"]}


def test_an_event_that_was_deleted_comes_back_with_its_citations(admin_client: Client) -> None:
    event = make_event(make_actor())
    cite(event.participations.get(), locator="¶3")
    make_claim(event)
    said = take_position(make_statement(), "denies", event=event).statement
    typing = Typing(admin_client, event)
    Event.objects.all().delete()
    Statement.objects.all().delete()
    response = typing.save()
    assert problems(response)[0].startswith("This event was deleted while you changed it")
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    again = {bound.html_name: bound.value() for form in forms for bound in form}
    again = {name: value for name, value in again.items() if value not in (None, False)}
    positions = {name: "event" for name in again if name.endswith("-on") and "positions" in name}
    saved = admin_client.post(
        address(Event, "add"), again | positions | {"positions-0-on": "event"}
    )
    assert saved.status_code == SAVED
    made = Event.objects.get()
    assert [row.locator for row in made.participations.get().citations.all()] == ["¶3"]
    assert made.claims.get().citations.count() == 1
    assert Statement.objects.get().paraphrase == said.paraphrase


# All at once


def test_one_place_for_all_that_is_not_cited(typing: Typing) -> None:
    typing.cite("event", "¶1")
    typing.row("participations", actor=make_actor().pk, role="victim")
    typing.row("claims", text="Seven died")
    response = typing.save(place_for_all="¶2", _cite_all="1")
    assert response["Location"].endswith("/change/")
    event = Event.objects.get()
    assert cited(event=event) == [("The Herald", "¶1", "")]
    assert cited(participation__event=event) == [("The Herald", "¶2", "")]
    assert cited(claim__event=event) == [("The Herald", "¶2", "")]


def test_all_means_what_other_parts_of_the_rows_hold_too(admin_client: Client) -> None:
    event = make_event(state="draft")
    Participation.objects.bulk_create(
        Participation(event=event, actor=make_actor(), role_id="host") for _ in range(120)
    )
    page = admin_client.get(address(event, "change")).content.decode()
    assert "One place for all 120 uncited facts:" in page
    assert "1 of 121 facts cited" in " ".join(page.split())
    typing = Typing(admin_client, event)
    typing.data["cited_from"] = make_source().pk
    response = typing.save(place_for_all="¶2", _cite_all="1")
    assert response.status_code == SAVED
    assert Citation.objects.filter(participation__event=event, locator="¶2").count() == 120


# Publishing


def test_claims_and_statements_are_published_with_the_event(typing: Typing) -> None:
    typing.cite("event", "¶1")
    typing.row("claims", "¶2", text="Seven died")
    typing.row("claims", "¶2", text="Eight died", keep="on")
    said = typing.row("statements", "¶3", speaker=make_actor().pk, paraphrase="It was so.")
    typing.row("positions", of=said, stance="asserts", on="event")
    assert typing.save(state="published").status_code == SAVED
    assert Event.objects.get().is_published
    states = dict(Claim.objects.values_list("text", "state"))
    assert states == {"Seven died": "published", "Eight died": "draft"}
    assert Statement.objects.get().is_published
    # What was kept is kept when the event is saved again.
    again = Typing(typing.client, Event.objects.get())
    assert again.save().status_code == SAVED
    assert Claim.objects.get(text="Eight died").state == "draft"


def test_uncited_facts_stop_publishing_only(typing: Typing) -> None:
    typing.cite("event", "¶1")
    row = "participations-0"
    typing.data |= {f"{row}-actor": make_actor(name="Anna").pk, f"{row}-role": "victim"}
    response = typing.save(state="published")
    assert problems(response) == ["Not cited. A published event has no uncited fact."]
    (problem,) = response.context["problems"]
    assert problem.place == "Who took part, row 1 (Anna)"
    (blank,) = (form for form in response.context["page"].citing.forms if form.errors)
    assert (blank.fact, blank["locator"].auto_id) == (row, problem.anchor)
    assert typing.save(state="draft").status_code == SAVED


def test_drafts_that_the_event_uses_are_published_with_it(typing: Typing) -> None:
    anna = make_actor(name="Anna", state="draft")
    herald = make_source(title="The Gazette", state="draft")
    typing.cite("event", "¶1", source=herald.pk)
    typing.row("participations", "¶2", actor=anna.pk, role="victim")
    response = typing.save(state="published")
    (problem,) = problems(response)
    assert problem.startswith("This event uses 2 drafts")
    drafts = [(str(draft), ticked) for draft, ticked in response.context["drafts"]]
    assert drafts == [("The Gazette", True), ("Anna", True)]
    keys = [f"source:{herald.pk}", f"actor:{anna.pk}"]
    asked = {"drafts_asked": keys, "publish_with": keys[:1], "state": "published"}
    assert typing.save(**asked).status_code == SAVED
    herald.refresh_from_db()
    anna.refresh_from_db()
    assert (herald.state, anna.state) == ("published", "draft")
    assert Event.objects.get().is_published


def test_a_source_that_stays_a_draft_does_not_carry_a_published_event(typing: Typing) -> None:
    herald = make_source(title="The Gazette", state="draft")
    typing.cite("event", "¶1", source=herald.pk)
    asked = {"drafts_asked": [f"source:{herald.pk}"], "state": "published"}
    (problem,) = problems(typing.save(**asked))
    assert problem.startswith("A published event needs at least one citation of a published source")
    assert problem.endswith("Not published: “The Gazette”.")


def test_enter_keeps_a_draft(typing: Typing) -> None:
    typing.cite("event", "¶1")
    response = typing.save(state="published", _enter="Save and stay")
    assert response["Location"].endswith("/change/")
    assert Event.objects.get().state == "draft"


# What the page shows


@pytest.mark.parametrize("names", [[], ["participation"], ["position", "citation"]])
def test_who_may_change_less_sees_less(client: Client, names: list[str]) -> None:
    user = User.objects.create_user("dan", is_staff=True)
    codes = [*OF_ALL_RECORDS, *(f"change_{name}" for name in ("event", *names))]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    event = make_event(make_actor())
    take_position(make_statement(), "denies", event=event)
    typing = Typing(client, event)
    shown = {name.partition("-")[0] for name in typing.data if name.endswith("TOTAL_FORMS")}
    assert shown == {f"{name}s" for name in names} - {"positions"}
    assert typing.save(title="Changed").status_code == SAVED
    event.refresh_from_db()
    assert (event.title, event.participations.count()) == ("Changed", 1)


def test_what_an_account_may_only_see_is_text(client: Client) -> None:
    user = User.objects.create_user("dan", is_staff=True)
    names = ["view_participation", "view_statement", "view_position", "change_event"]
    user.user_permissions.set(Permission.objects.filter(codename__in=[*names, *OF_ALL_RECORDS]))
    client.force_login(user)
    event = make_event(make_actor(name="Anna"))
    take_position(make_statement(paraphrase="It was not so."), "denies", event=event)
    page = client.get(address(event, "change")).content.decode()
    for words in ("<dd>Anna</dd>", "<dd>It was not so.</dd>", "<dt>denies</dt>"):
        assert words in page
    for name in ("participations-0-role", "statements-0-paraphrase", "positions-0-stance"):
        assert f'name="{name}"' not in page
    assert "Add another who took part" not in page
    data = opened(client, address(event, "change"))
    sent = {name: value for name, value in data.items() if f'name="{name}"' in page}
    assert client.post(address(event, "change"), sent | {"title": "New"}).status_code == SAVED
    event.refresh_from_db()
    assert (event.title, event.participations.get().actor.name) == ("New", "Anna")


def test_errors_stand_on_top_in_the_order_of_the_page(typing: Typing) -> None:
    typing.data["date"] = "2017-13"
    typing.row("participations", role="victim")
    typing.row("claims", text="Dead at Inata", number="~57")
    response = typing.save(title="")
    shown = [(problem.place, problem.anchor) for problem in response.context["problems"]]
    assert shown == [
        ("What happened", "id_title"),
        ("When", "id_date"),
        ("Who took part, row 4: Actor", "id_participations-3-actor"),
        ("Claims and numbers, row 4 (Dead at Inata): Of what", "id_claims-3-unit"),
    ]
    page = response.content.decode()
    assert page.index('role="alert"') < page.index('id="id_title"')
    for _place, anchor in shown:
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page


def test_the_page_asks_as_often_for_many_rows_as_for_few(admin_client: Client) -> None:
    def asked(number: int) -> int:
        event = make_event()
        for _ in range(number):
            cite(take_position(make_statement(), "denies", event=event))
            cite(Participation.objects.create(event=event, actor=make_actor(), role_id="host"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert admin_client.get(address(event, "change")).status_code == 200
        return len(queries)

    asked(1)
    assert asked(2) == asked(9)


def test_a_form_with_rows_of_every_kind_asks_little(typing: Typing) -> None:
    """The session, the account and the source that is cited from among it."""
    country = make_location(kind="country", state="draft")
    town = make_location(kind="town", parent=make_location(kind="province", parent=country))
    event = make_event(make_actor(), make_actor(state="draft"), location=town, state="draft")
    claim = make_claim(event)
    for target in ({"to_event": make_event()}, {"to_claim": make_claim(make_event())}):
        link = EventLink(from_event=event, relation="follows", basis="stated", **target)
        link.save()
        cite(link)
    for target in ({"event": event}, {"claim": claim}):
        cite(take_position(make_statement(), "denies", **target))
    page = address(event, "change")
    data = opened(typing.client, page) | {"cited_from": typing.data["cited_from"]}
    assert typing.client.post(page, data | {"title": "Cited from now on"}).status_code == SAVED
    typing.client.get(page)  # takes the message that it was saved out of the session
    with CaptureQueriesContext(connection) as queries:
        response = typing.client.get(page)
    assert [str(draft) for draft, _ticked in response.context["drafts"]] == [
        str(country),
        str(event.participations.order_by("pk")[1].actor),
    ]
    assert len(queries) <= 25
    again = opened(typing.client, page) | {"title": "Saved again"}
    with CaptureQueriesContext(connection) as queries:
        assert typing.client.post(page, again).status_code == SAVED
    assert len(queries) <= 60


def test_the_list_says_how_many_facts_are_not_cited(admin_client: Client) -> None:
    bare = make_event(make_actor(), title="Bare")
    make_claim(bare)
    answered = take_position(make_statement(), "denies", event=bare).statement
    cite(take_position(make_statement(), "rejects", answered=answered))
    whole = make_event(make_actor(), title="Whole")
    cite(whole.participations.get())

    def shown() -> dict[str, str]:
        rows = admin_client.get(address(Event, "changelist")).context["cl"].result_list
        return {event.title: event.uncited for event in rows}

    # The role, and the position of the statement that is answered.
    assert shown() == {"Bare": 2, "Whole": 0}
    with CaptureQueriesContext(connection) as queries:
        shown()
    assert len(queries) <= 25
