"""The page of the drawn timeline: which lanes and marks, and where its links lead."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import EventLink
from tests.events.drawn_page import drawn
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_location,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db


def test_lanes_by_country_kind_or_none() -> None:
    syria = make_country()
    make_event(make_actor(country=syria), title="A truce")
    make_event(title="A fair")
    assert drawn("?lanes=country").lanes == {
        "Syria": ["A truce, 4 April 2017"],
        "No country given": ["A fair, 4 April 2017"],
    }
    both = ["A truce, 4 April 2017", "A fair, 4 April 2017"]
    assert sorted(drawn("?lanes=none").lanes["Events 2 events"]) == sorted(both)
    assert len(drawn("?lanes=kind").lanes) == 1


def test_the_fullest_twelve_have_lanes_and_the_others_one_together() -> None:
    for number in range(14):
        actor = make_actor(name=f"Actor {number:02}")
        make_event(actor)
        if number < 12:
            make_event(actor)
    lanes = drawn("?order=date").lanes
    assert len(lanes) == 13
    assert len(lanes["2 more actors 2 events"]) == 2
    page = drawn("?until=2018")
    assert page.link("2 more actors") == "/events/facets/actor/?until=2018"


def test_marks_then_numbers_where_there_is_no_room_for_titles() -> None:
    crowd, town = make_actor(name="Crowd"), make_actor(name="Town")
    for day in range(1, 31):
        make_event(crowd, date=f"2017-04-{day:02}", title="A meeting of the whole of the town")
    for _ in range(15):
        make_event(town, date="2017-04-04")
    make_event(town, date="2017-04")
    page = drawn()
    assert len(page.lanes["Crowd 30 events"]) == 30
    assert page.lanes["Town 16 events"] == []
    assert "up to 16 · 4 Apr" in page.words_of("density-number")
    assert "Each lane has its own scale" in page.main.words
    assert "All lanes have one scale." in drawn("?height=same").main.words
    table = drawn("?view=table").main.words
    assert "A meeting of the whole of the town" in table


def test_a_window_shows_what_may_lie_in_it() -> None:
    make_event(date="2017-04-04", title="In it")
    make_event(date="[2017-03-30..2017-04-02]", title="Perhaps in it")
    make_event(date="2017-05-01", title="Later")
    page = drawn("?span=2017-04")
    assert page.lanes == {
        "No actor given 2 events": [
            "Perhaps in it, one day between 30 March and 2 April 2017",
            "In it, 4 April 2017",
        ]
    }
    assert page.words_of("zoom-detail") == ["2 events"]
    assert page.words_of("count") == ["3 events in this chronology"]
    # The chevron says that it may have been before the window.
    assert len(page.with_class("mark-goes-on")) == 1


def test_a_line_runs_along_between_two_rows() -> None:
    early = make_event(make_actor(), date="2017-04-01")
    late = make_event(make_actor(), date="2017-04-28")
    cite(EventLink.objects.create(from_event=late, relation="follows", to_event=early))
    [group] = [e for e in drawn().with_class("lanes-link") if e.tag == "g"]
    _, along, end = [line.attributes for line in group.walk() if line.tag == "line"]
    assert along["y1"] == along["y2"] == end["y1"]
    assert along["x2"] == end["x1"] == end["x2"]
    # The middle of a row is 8 px below the top of its marks, and the next row begins at 22 px.
    assert abs(int(end["y2"]) - int(end["y1"])) == 22 / 2


def test_the_links_change_the_window() -> None:
    make_event(date="1990-05-01")
    make_event(slug="late", date="2017-04-25")
    assert [drawn().steps[name] for name in ("Wider", "Closer")] == ["", "2000/2009"]
    assert drawn("?span=2017-04").steps == {
        "Earlier": "2017-03-17/2017-04-15",
        "Later": "2017-04-16/2017-05-15",
        "Wider": "2017",
        "Closer": "2017-04-10/2017-04-16",
    }
    assert drawn("?span=2017-04").link("All dates") == "/timeline/"
    assert drawn("?span=2017-04").link("2010 to 2019") == "/timeline/?span=2010%2F2019"
    # A chosen event is what one comes closer to.
    page = drawn("?span=2017-04&event=late")
    assert page.steps["Closer"] == "2017-04-24/2017-04-30"
    # A day leads to the list.
    day = drawn("?span=2017-04-03/2017-04-09&kind=assault").link("4")
    assert day == "/events/?kind=assault&since=2017-04-04&until=2017-04-04"


def test_an_empty_window_leads_to_what_is_near() -> None:
    make_event(date="1990-05-01")
    make_event(date="2017-04-04")
    page = drawn("?span=1993-05")
    assert "No event may lie in May 1993." in page.main.words
    assert page.link("To May 1990") == "/timeline/?span=1990-05"
    assert page.link("To April 2017") == "/timeline/?span=2017-04"
    # The lane stays while one zooms.
    assert page.lanes == {"No actor given 0 events": []}


def test_what_has_no_date_is_said_to_be_missing() -> None:
    make_event(date="2017-04-04", title="A truce")
    make_event(date="", title="Some time")
    page = drawn("?kind=assault")
    assert page.lanes == {"No actor given 2 events": ["A truce, 4 April 2017"]}
    assert "1 event has no date at all, and is not drawn." in page.main.words
    assert page.link("All events as a list") == "/events/?kind=assault"


def test_without_a_day_nothing_is_drawn() -> None:
    make_event(date="")
    page = drawn()
    assert "None of these events has a date that could be drawn." in page.main.words
    assert page.words_of("views") == ["View: List Lanes Map"]
    assert page.lanes == {}


def test_the_overview_shows_the_window_only_among_its_dates() -> None:
    make_event(date="2017-04-04")
    make_event(date="2017-06-04")
    [window] = drawn("?span=2017-04").with_class("overview-window")
    assert float(window.attributes["width"].removesuffix("%")) > 0
    assert drawn("?span=1700").with_class("overview-window") == []
    assert drawn("?span=2100").with_class("overview-window") == []
    # Of an open end it is not known where the event does not lie.
    make_event(date="2017-05/..")
    assert len(drawn("?span=2100").with_class("overview-window")) == 1


def test_no_event_at_all() -> None:
    assert "No event has been published yet." in drawn().main.words


def test_the_chosen_event_is_told_below_the_picture() -> None:
    speaker = make_actor(name="The mayor")
    for number, day in enumerate((3, 4, 5), start=1):
        make_event(speaker, slug=f"e{number}", date=f"2017-04-0{day}", title=f"Number {number}")
    event = make_event(
        slug="chosen",
        title="Chosen",
        date="2017-04-04",
        summary="What it was.",
        location=make_location(slug="fair"),
    )
    claim = make_claim(event, text="It rained.")
    take_position(make_statement(speaker), "denies", claim=claim)
    [panel] = drawn("?event=chosen&span=2017-04").with_class("chosen")
    for words in ("Chosen", "4 April 2017", "Reported", "What it was.", "It rained.", "The mayor"):
        assert words in panel.words
    links = {e.words: e.attributes["href"] for e in panel.walk() if e.tag == "a"}
    assert links == {
        "Read the event and its sources": "/events/chosen/",
        "On the map": "/map/?place=fair",
        "Previous": "/timeline/?span=2017-04&event=e2#chosen",
        "Next": "/timeline/?span=2017-04&event=e3#chosen",
        "Close": "/timeline/?span=2017-04",
    }
    page = drawn("?event=chosen")
    assert len(page.with_class("is-chosen")) == 1
    assert len(page.with_class("lanes-band")) == 1
    # Outside the filters it has no neighbours.
    [panel] = drawn("?event=chosen&actor=" + speaker.slug).with_class("chosen")
    assert "Next" not in panel.words


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("span=2017/..", "“2017/..” is open; this takes a day, or a time with both ends."),
        ("span=soon", "“soon” is not written as EDTF writes dates"),
        ("lanes=colour", "“colour” is not one of the values that it takes."),
        ("event=nothing", "There is no “nothing” here."),
        ("event=one&event=other", "This takes one value, and several were given."),
        ("page=2", "There is no filter of this name."),
    ],
)
def test_a_bad_query_is_refused_with_a_message(query: str, problem: str) -> None:
    make_event(slug="one")
    make_event(slug="other")
    page = drawn(f"?{query}")
    [message] = page.words_of("problems")
    assert problem in message
    assert query.partition("=")[0] in message
    assert page.lanes == {}


def test_a_draft_is_neither_drawn_nor_chosen() -> None:
    make_event(slug="public", title="Public")
    make_event(slug="hidden", title="Hidden", state="draft")
    assert drawn().lanes == {"No actor given": ["Public, 4 April 2017"]}
    assert "There is no “hidden” here." in drawn("?event=hidden").main.words


def test_the_number_of_queries_does_not_grow() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            drawn("?event=first")
        return len(captured)

    make_event(make_actor(), slug="first")
    before = queries()
    for _ in range(20):
        make_event(make_actor(), make_actor())
    assert queries() == before


def test_htmx_gets_the_list_and_its_head_alone() -> None:
    make_event()
    response = Client().get("/timeline/?span=2017-04", headers={"HX-Request": "true"})
    text = response.content.decode()
    assert "<html" not in text
    assert text.startswith("<head>")
    assert response["HX-Push-Url"] == "/timeline/?span=2017-04"
