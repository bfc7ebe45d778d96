"""A relation drawn in two lanes: who did and said what, and where each mark leads."""

import pytest
from django.test import Client

from actors.models import Actor
from tests.events.drawn_page import Drawn
from tests.events.test_relations import make_act, take_part
from tests.factories import make_actor, make_event, make_statement


@pytest.fixture
def sides(db: None) -> tuple[Actor, Actor]:
    return make_actor(slug="alba", name="Alba"), make_actor(slug="ruthenia", name="Ruthenia")


def page(query: str = "") -> Drawn:
    return Drawn(Client().get(f"/relations/alba/ruthenia/{query}").content.decode())


def make_rows(alba: Actor, ruthenia: Actor) -> None:
    make_act(alba, ruthenia, title="Embargo", slug="embargo", date="2017-04-03")
    make_act(ruthenia, alba, title="Raid", date="2017-04-05", standing="alleged")
    fair = make_event(title="Fair", date="2017-04-07")
    for side in (alba, ruthenia):
        take_part(fair, side, "participant")
    said = make_statement(alba, paraphrase="The raid was wrong.", date="2017-04-06")
    said.audience.add(ruthenia)


def test_each_side_has_a_lane(sides: tuple[Actor, Actor]) -> None:
    make_rows(*sides)
    assert page().lanes == {
        "Alba 3 records": [
            "Embargo, 3 April 2017",
            "The raid was wrong., 6 April 2017, statement",
            "Fair, 7 April 2017, together",
        ],
        "Ruthenia 2 records": [
            "Raid, 5 April 2017, Alleged",
            "Fair, 7 April 2017, together",
        ],
    }


def test_a_mark_leads_to_its_row(sides: tuple[Actor, Actor]) -> None:
    make_rows(*sides)
    shown = page()
    links = [e.attributes["href"] for e in shown.with_class("drawn") if e.tag == "a"]
    assert "#event-embargo" in links
    assert all(link.removeprefix("#") in shown.by_id for link in links)


def test_the_picture_is_of_the_rows_that_are_shown(sides: tuple[Actor, Actor]) -> None:
    make_rows(*sides)
    make_act(*sides, title="Blockade", date="2017-04-09")
    assert list(page("?direction=forth").lanes) == ["Alba 3 records", "Ruthenia 0 records"]


def test_fewer_than_three_dates_make_no_picture(sides: tuple[Actor, Actor]) -> None:
    make_act(*sides, date="2017-04-03")
    make_act(*sides, date="2017-04-04")
    make_act(*sides, date="")
    assert page().lanes == {}
    make_act(*sides, date="2017-04-05")
    assert len(page().lanes) == 2


def test_too_many_rows_at_one_time_are_counted(sides: tuple[Actor, Actor]) -> None:
    for _ in range(12):
        make_act(*sides, date="2017-04-03", title="A long march along the river to the sea")
    make_act(*sides, date="2017-04")
    make_act(*sides, date="2017-04-04/..")
    shown = page()
    assert shown.lanes["Alba 14 records"] == []
    assert "up to 13 · 3 Apr" in shown.words_of("density-number")
