"""Between two actors: which rows, in which direction, each once, and nothing of drafts."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, Tenure
from events.models import Event, EventLink, Participation
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_kind,
    make_statement,
    take_position,
)


def rows(client: Client, address: str = "/relations/alba/ruthenia/") -> list[tuple[str, str]]:
    """Direction and name of each row, in the order of the page."""
    page = client.get(address)
    assert page.status_code == 200
    return [
        (row.direction, row.event.slug if row.event else row.statement.paraphrase)
        for group in page.context["relation"].groups()
        for row in group.rows
    ]


def pairs(client: Client, query: str = "") -> list[tuple[str, str, int]]:
    page = client.get(f"/relations/{query}")
    assert page.status_code == 200
    return [(p.first.slug, p.second.slug, p.number) for p in page.context["page"].rows]


def take_part(event: Event, actor: Actor, role: str) -> None:
    Participation.objects.create(event=event, actor=actor, role_id=role)


def make_act(actor: Actor, target: Actor, **values: Any) -> Event:
    """An event in which one acts on the other."""
    event = make_event(**values)
    take_part(event, actor, "initiator")
    take_part(event, target, "target")
    return event


@pytest.fixture
def alba(db: None) -> Actor:
    return make_actor(slug="alba", kind="state")


@pytest.fixture
def ruthenia(db: None) -> Actor:
    return make_actor(slug="ruthenia", kind="state")


def hold(person: Actor, body: Actor, began: str, ended: str, **values: Any) -> Tenure:
    return Tenure.objects.create(
        person=person, office="Minister", body=body, began=began, ended=ended, **values
    )


def test_page_of_the_article(loaded: None, client: Client) -> None:
    assert rows(client, "/relations/united-states/russia/") == [
        ("bearing", "khan-sheikhoun-chemical-attack"),
        ("bearing", "us-cruise-missile-strike"),
        ("forth", "tillerson-visits-moscow"),
        # Until some day of April, or in or before it.
        ("bearing", "russian-interference-in-ukraine"),
        ("back", "alleged-interference-in-us-elections"),
        (
            "bearing",
            "Relations with the United States have lost trust under the Trump administration.",
        ),
        ("forth", "Russia’s denial serves to conceal what happened."),
        ("back", "Condemns the cruise missile strike."),
        ("together", "intervention-in-syrian-conflict"),
    ]


def test_page_of_the_article_says_who_and_where_it_is_written(loaded: None, client: Client) -> None:
    text = client.get("/relations/united-states/russia/").content.decode()
    assert ", then US Secretary of State" in text
    assert "aggravates “Relations between the United States and Russia" in text
    assert 'class="tag">alleged<' in text
    assert text.count('class="relation-row"') == 9
    # Each row is cited.
    assert all("#r-" in row for row in text.split('class="relation-row"')[1:])


def test_the_other_order_is_the_mirrored_page(loaded: None, client: Client) -> None:
    mirror = {"forth": "back", "back": "forth"}
    here = rows(client, "/relations/united-states/russia/")
    there = rows(client, "/relations/russia/united-states/")
    assert [(mirror.get(way, way), name) for way, name in here] == there


def test_list_of_the_article(loaded: None, client: Client) -> None:
    found = pairs(client)
    assert found[0] == ("russia", "united-states", 3)
    assert ("russia", "ukraine", 1) in found
    # Office holders and bodies stand for their states.
    assert not {"vladimir-putin", "kremlin"} & {slug for pair in found for slug in pair[:2]}
    assert pairs(client, "?q=kremlin") == [p for p in found if "russia" in p[:2]]
    assert pairs(client, "?country=UKR") == [("russia", "ukraine", 1)]
    assert pairs(client, "?q=nobody") == pairs(client, "?colour=red") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/relations/alba/alba/",
        "/relations/alba/nobody/",
        "/relations/nobody/alba/",
        "/relations/alba/draft/",
        "/relations/alba/ruthenia/x/",
    ],
)
def test_who_is_not_there_is_404(client: Client, alba: Actor, address: str) -> None:
    make_actor(slug="draft", state="draft")
    assert client.get(address).status_code == 404


def test_roles_give_the_direction(client: Client, alba: Actor, ruthenia: Actor) -> None:
    make_act(alba, ruthenia, slug="forth", date="2001")
    make_act(ruthenia, alba, slug="back", date="2002")
    make_event(alba, ruthenia, slug="neither", date="2003")
    both = make_act(alba, ruthenia, slug="both", date="2004")
    take_part(both, ruthenia, "perpetrator")
    take_part(both, alba, "victim")
    acting = make_event(slug="acting", date="2005")
    take_part(acting, alba, "intervener")
    take_part(acting, ruthenia, "intervener")
    make_act(alba, make_actor(), slug="elsewhere")
    assert rows(client) == [
        ("forth", "forth"),
        ("back", "back"),
        ("together", "neither"),
        ("together", "both"),
        ("together", "acting"),
    ]
    assert rows(client, "/relations/alba/ruthenia/?direction=back") == [("back", "back")]
    assert rows(client, "/relations/alba/ruthenia/?direction=sideways") == []


def test_bodies_count_for_the_whole_and_a_part_stands_apart(
    client: Client, alba: Actor, ruthenia: Actor
) -> None:
    palace = make_actor(slug="palace", part_of=alba)
    make_act(palace, ruthenia, slug="of-the-palace")
    make_act(alba, palace, slug="inside")
    assert rows(client) == [("forth", "of-the-palace")]
    assert rows(client, "/relations/alba/palace/") == [("forth", "inside")]
    assert rows(client, "/relations/ruthenia/palace/") == [("back", "of-the-palace")]
    assert pairs(client) == [("alba", "ruthenia", 1)]


@pytest.mark.parametrize(
    ("date", "counts"),
    [
        ("2016-12-31", False),
        ("2017-01-01", True),
        ("2017-03-31", True),
        ("2017-04-01", False),
        ("[2017-03-31..2017-04-01]", False),
        ("2017-03", True),
        ("2017", False),
        ("../2017-02", False),
        ("", False),
    ],
)
def test_office_counts_on_the_days_on_which_it_was_surely_held(
    client: Client, alba: Actor, ruthenia: Actor, date: str, counts: bool
) -> None:
    person = make_actor(slug="somebody", kind="person")
    cabinet = make_actor(part_of=alba)
    hold(person, cabinet, "2017-01-01", "2017-03-31", began_is="real", ended_is="real")
    make_act(person, ruthenia, slug="act", date=date)
    make_statement(ruthenia, paraphrase="heard", date=date).audience.add(person)
    said = make_statement(person, paraphrase="said", date=date)
    said.audience.add(ruthenia)
    expected = {("forth", "act"), ("back", "heard"), ("forth", "said")} if counts else set()
    assert set(rows(client)) == expected
    whose = "alba" if counts else "somebody"
    assert [{*pair[:2]} for pair in pairs(client)] == [{whose, "ruthenia"}]


def test_open_end_of_an_office_and_an_uncertain_one(
    client: Client, alba: Actor, ruthenia: Actor
) -> None:
    for slug, ended in (("open", ""), ("uncertain", "2017")):
        person = make_actor(slug=slug, kind="person")
        hold(person, alba, "2010-05-01", ended, began_is="real", ended_is="real")
        make_act(person, ruthenia, slug=f"{slug}-2016", date="2016-12-31")
        make_act(person, ruthenia, slug=f"{slug}-2017", date="2017-06-01")
    # A real end in 2017 may have been its first day.
    assert {name for _, name in rows(client)} == {"open-2016", "open-2017", "uncertain-2016"}


def test_one_person_in_both_offices_is_no_relation(
    client: Client, alba: Actor, ruthenia: Actor
) -> None:
    person = make_actor(kind="person")
    hold(person, alba, "2016", "2018")
    Tenure.objects.create(person=person, office="Envoy", body=ruthenia, began="2016", ended="2018")
    make_event(person, slug="alone", date="2017-04")
    assert rows(client) == pairs(client) == []
    make_event(person, alba, slug="with-alba", date="2017-04")
    assert rows(client) == [("together", "with-alba")]
    assert pairs(client) == [("alba", "ruthenia", 1)]


def test_statements_lead_to_whom_they_are_about(
    client: Client, alba: Actor, ruthenia: Actor
) -> None:
    strike = make_act(ruthenia, make_actor(), slug="strike")
    claim = make_claim(strike)
    theirs = make_statement(ruthenia, paraphrase="theirs")
    on_event = make_statement(alba, paraphrase="1 on the event")
    take_position(on_event, "condemns", event=strike)
    take_position(on_event, "denies", claim=claim)
    take_position(make_statement(alba, paraphrase="2 on the claim"), "denies", claim=claim)
    take_position(make_statement(alba, paraphrase="3 answer"), "rejects", answered=theirs)
    make_statement(alba, paraphrase="4 addressed").audience.add(ruthenia)
    elsewhere = make_act(make_actor(), ruthenia)
    take_position(make_statement(alba, paraphrase="none acts"), "condemns", event=elsewhere)
    take_position(make_statement(make_actor(), paraphrase="third"), "condemns", event=strike)
    assert sorted(rows(client)) == [
        ("forth", "1 on the event"),
        ("forth", "2 on the claim"),
        ("forth", "3 answer"),
        ("forth", "4 addressed"),
    ]


@pytest.mark.parametrize(
    ("text", "bears"),
    [
        ("Relations of Alba and Ruthenia have grown worse.", True),
        ("Альба and Ruthenia quarrel.", True),
        ("A.L.B.A. (Ruthenia)", True),
        ("ARLRBRAR Ruthenia", False),
        ("Albania and Ruthenia quarrel.", False),
        ("Alba quarrels.", False),
    ],
)
def test_what_bears_on_a_claim_that_names_both(
    client: Client, alba: Actor, ruthenia: Actor, text: str, bears: bool
) -> None:
    alba.names.create(language="ru", name="Альба")
    alba.names.create(language="en", name="A.L.B.A.")
    claim = make_claim(text=text)
    cause = make_act(ruthenia, make_actor(), slug="cause")
    between = make_act(alba, ruthenia, slug="between")
    for event in (cause, between):
        EventLink.objects.create(from_event=event, relation="aggravates", to_claim=claim)
    take_position(make_statement(alba, paraphrase="a lament"), "laments", claim=claim)
    bearing = [("bearing", "cause"), ("bearing", "a lament")] if bears else []
    assert sorted(rows(client)) == sorted([("forth", "between"), *bearing])


def test_drafts_never_leak(client: Client, alba: Actor, ruthenia: Actor) -> None:
    hidden = make_actor(name="Hidden", part_of=alba, state="draft")
    make_act(hidden, ruthenia)
    make_act(alba, ruthenia, state="draft")
    holder = make_actor(kind="person")
    hold(holder, hidden, "2016", "2018")
    make_act(holder, ruthenia, slug="holder")
    unseen = make_actor(kind="person", state="draft")
    hold(unseen, alba, "2016", "2018")
    make_act(unseen, ruthenia)
    make_statement(unseen).audience.add(ruthenia)
    make_statement(alba, state="draft").audience.add(ruthenia)
    secret = make_act(ruthenia, make_actor(), state="draft")
    take_position(make_statement(alba), "condemns", event=secret)
    take_position(make_statement(alba), "denies", claim=make_claim(secret))
    public = make_act(ruthenia, make_actor())
    draft_claim = make_claim(public, state="draft")
    take_position(make_statement(alba), "denies", claim=draft_claim)
    unsaid = make_statement(ruthenia, state="draft")
    take_position(make_statement(alba), "rejects", answered=unsaid)
    relations = make_claim(text="Alba and Ruthenia", state="draft")
    EventLink.objects.create(from_event=public, relation="aggravates", to_claim=relations)
    assert rows(client) == []
    assert {*pairs(client)[0][:2]} == {holder.slug, "ruthenia"}
    page = client.get("/relations/alba/ruthenia/")
    assert page.context["charts"] == []
    assert "Hidden" not in page.content.decode()


def test_a_draft_root_is_not_named_by_its_public_part(client: Client, ruthenia: Actor) -> None:
    hidden = make_actor(slug="hidden", state="draft")
    part = make_actor(slug="part", part_of=hidden)
    make_act(part, ruthenia)
    assert pairs(client) == [("part", "ruthenia", 1)]


def test_since_and_until_as_everywhere(client: Client, alba: Actor, ruthenia: Actor) -> None:
    for slug, date in (("day", "2017-04-04"), ("year", "2017"), ("old", "2016"), ("none", "")):
        make_act(alba, ruthenia, slug=slug, date=date)
    address = "/relations/alba/ruthenia/?since=2017-04&until=2017-04"
    assert {name for _, name in rows(client, address)} == {"day", "year", "none"}
    assert {name for _, name in rows(client, f"{address}&certain=1")} == {"day"}
    assert rows(client, "/relations/alba/ruthenia/?since=2017-13") == []


def test_cooperation_and_conflict_are_counted_apart(
    client: Client, alba: Actor, ruthenia: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.charts.histogram.FEWEST", 3)
    aid = make_kind("aid", quad="material-cooperation")
    talk = make_kind("talk", quad="verbal-cooperation")
    report = make_kind("report", quad="neutral")
    for kind, number in ((aid, 2), (talk, 1), (report, 1), (None, 12)):
        for _ in range(number):
            make_act(alba, ruthenia, kind=kind)
    make_act(alba, ruthenia, kind=report, date="2018")
    make_statement(alba, date="2017-04-05").audience.add(ruthenia)
    page = client.get("/relations/alba/ruthenia/")
    drawn = {chart.key: chart for chart in page.context["charts"]}
    # A single statement is no drawing.
    assert {key: chart.number for key, chart in drawn.items()} == {
        "cooperation": 3,
        "conflict": 12,
    }
    [column] = drawn["cooperation"].filled
    assert [cell.number for cell in column.cells] == [2, 1]
    assert drawn["cooperation"].top == drawn["conflict"].top
    assert page.context["neutral"] == 2
    text = page.content.decode()
    assert "PLOVER" in text
    assert "style=" not in text
    # Each bar opens its events.
    linked = rows(client, f"/relations/alba/ruthenia/{column.query}")
    assert len(linked) == 3


def test_what_only_bears_on_the_relations_is_drawn_when_asked_for(
    loaded: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.charts.histogram.FEWEST", 0)

    def numbers(query: str) -> dict[str, int]:
        page = client.get(f"/relations/united-states/russia/{query}")
        return {chart.key: chart.number for chart in page.context["charts"]}

    # The interference in the elections and the intervention; neither attack nor strike.
    assert numbers("") == {"cooperation": 1, "conflict": 2, "statements": 2}
    assert numbers("?direction=bearing") == {"cooperation": 0, "conflict": 3, "statements": 1}


def test_facets_count_under_all_filters_but_their_own(
    client: Client, alba: Actor, ruthenia: Actor
) -> None:
    make_act(alba, ruthenia)
    make_act(ruthenia, alba)
    make_statement(alba).audience.add(ruthenia)
    page = client.get("/relations/alba/ruthenia/?direction=forth")
    counts = {f.name: {v.value: v.count for v in f.values} for f in page.context["facets"]}
    assert counts["direction"] == {"forth": 2, "back": 1}
    assert counts["what"] == {"event": 1, "statement": 1}


def test_pages_of_fifty(client: Client, alba: Actor, ruthenia: Actor) -> None:
    for number in range(52):
        make_act(alba, ruthenia, slug=f"e-{number:02}", date="2017-04-04")
        make_event(make_actor(), make_actor())
    assert len(rows(client)) == 50
    assert rows(client, "/relations/alba/ruthenia/?page=2") == [
        ("forth", "e-50"),
        ("forth", "e-51"),
    ]
    assert pairs(client)[0] == ("alba", "ruthenia", 52)
    assert len(pairs(client, "?page=2")) == 3
    for address in ("/relations/", "/relations/alba/ruthenia/"):
        for number in ("3", "0", "x", "9" * 30):
            page = client.get(f"{address}?page={number}")
            assert page.context["page"].rows == []
            assert "from 1 to 2" in page.content.decode()


def grow(alba: Actor, ruthenia: Actor, number: int) -> None:
    relations = make_claim(text="Alba and Ruthenia")
    for _ in range(number):
        person = make_actor(kind="person", part_of=alba)
        tenure = hold(person, alba, "2016", "2018")
        cite(tenure)
        event = make_act(person, ruthenia)
        link = EventLink.objects.create(
            from_event=make_act(alba, make_actor()), relation="aggravates", to_claim=relations
        )
        cite(link)
        said = make_statement(person, date="2017-04-04")
        said.audience.add(ruthenia)
        take_position(said, "denies", claim=make_claim(event))


def test_number_of_queries_does_not_grow(client: Client, alba: Actor, ruthenia: Actor) -> None:
    needed = []
    for number in (3, 12):
        grow(alba, ruthenia, number)
        with CaptureQueriesContext(connection) as queries_of_rows:
            found = rows(client)
        with CaptureQueriesContext(connection) as queries_of_pairs:
            assert pairs(client)
        needed.append((len(queries_of_rows), len(queries_of_pairs), len(found)))
    assert [found for *_queries, found in needed] == [9, 45]
    assert needed[0][:2] == needed[1][:2]


def test_fragment_and_whole_page(client: Client, alba: Actor, ruthenia: Actor) -> None:
    make_country()
    make_act(alba, ruthenia)
    for address in ("/relations/", "/relations/alba/ruthenia/"):
        fragment = client.get(address, headers={"HX-Request": "true"})
        assert "<html" not in fragment.content.decode()
        assert "HX-Request" in client.get(address)["Vary"]
