"""The article's timeline, drawn."""

import re

import pytest

from events.models import EventLink
from tests.events.drawn_page import drawn

pytestmark = pytest.mark.usefixtures("loaded")


def test_an_event_stands_in_each_lane_with_its_role_there() -> None:
    lanes = drawn().lanes
    strike = "United States cruise missile strike on a Syrian airbase"
    when = "one day between 3 and 9 April 2017"
    assert {name: roles for name, roles in lanes.items() if strike in "".join(roles)} == {
        "United States 3 events": [
            "Alleged interference in the United States elections, "
            "until April 2017, start not given, target, Alleged",
            "Intervention of outside states in the Syrian conflict, "
            "no start or end given, intervener",
            f"{strike}, {when}, initiator, Occurred",
        ],
        "Donald Trump": [f"{strike}, {when}, decided, Occurred"],
        "Government of Syria 2 events": [
            f"{strike}, {when}, target, Occurred",
            "Chemical attack on Khan Sheikhoun, 4 April 2017, alleged perpetrator, Occurred",
        ],
    }
    # Kin together, what is linked near, and what has no actor last.
    assert [re.sub(r" \d+ events$", "", name) for name in lanes] == [
        *("United States", "United States intelligence", "Rex Tillerson", "Donald Trump"),
        *("Government of Syria", "Civilians of Syria", "United Nations"),
        *("Russia", "Vladimir Putin", "Turkey", "Iran", "Ukraine", "No actor given"),
    ]


def test_the_narrow_picture_and_the_table_have_the_same_events() -> None:
    page, table = drawn(), drawn("?view=table")
    lanes = {name.partition(" 3 ")[0]: titles for name, titles in page.lanes.items()}
    assert page.narrow["Rex Tillerson 1 event"] == [
        "Rex Tillerson visits Russia and meets Vladimir Putin"
    ]
    number = sum(map(len, lanes.values()))
    assert sum(map(len, page.narrow.values())) == number == 19
    rows = [e for e in table.main.walk() if e.tag == "tr" and "data-derived" in e.attributes]
    assert len(rows) == number
    last = "No actor given about 2011 Earlier chemical attack in Syria – Reported"
    assert rows[-1].words.split() == last.split()
    assert table.lanes == {}


def test_lines_between_events_that_bear_on_each_other() -> None:
    page = drawn()
    assert len(page.with_class("lanes-behind")) == 1
    lines = [e.attributes["class"] for e in page.with_class("lanes-link") if e.tag == "g"]
    links = EventLink.objects.filter(to_event__isnull=False)
    assert len(lines) == links.count()
    inferred = sum("is-inferred" in css for css in lines)
    assert inferred == links.filter(basis=EventLink.Basis.INFERRED).count()
    assert "bears on, by a source" in page.words_of("legend")[0]
