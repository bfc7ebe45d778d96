"""iCalendar: which dates are days of a calendar, and which are none."""

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client

from events.exports.calendar_file import fold, text
from events.index.current import current_state
from tests.events.exports.readers import components, fetch
from tests.factories import make_actor, make_country, make_event, make_location

pytestmark = pytest.mark.django_db


def only(client: Client) -> Any:
    (component,) = components(fetch(client, "ics"))
    return component


def test_calendar_says_what_it_is_and_when_to_ask_again(client: Client) -> None:
    event = make_event(date="2017")
    event.refresh_from_db()
    calendar = icalendar.Calendar.from_ical(fetch(client, "ics", "?since=2016"))
    updated = current_state().times_of([event.pk])[event.pk]
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert calendar["X-PUBLISHED-TTL"] == "PT12H"
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Chronology – Events: Since 2016"
    assert calendar["SOURCE"] == "http://testserver/events.ics?since=2016"
    assert calendar["URL"] == "http://testserver/events/?since=2016"
    (component,) = (c for c in calendar.subcomponents if c.name == "VEVENT")
    assert component["URL"] == f"http://testserver/events/{event.slug}/"
    assert component["CREATED"].dt == event.published_at.replace(microsecond=0)
    assert component["LAST-MODIFIED"].dt == updated.replace(microsecond=0)


@pytest.mark.parametrize(
    ("edtf", "start", "end", "summary", "status"),
    [
        ("2017-04-04", date(2017, 4, 4), date(2017, 4, 5), "Strike", "CONFIRMED"),
        ("2017-04-03/2017-04-09", date(2017, 4, 3), date(2017, 4, 10),
         "Strike (3 to 9 April 2017)", "CONFIRMED"),
        ("2017-04", date(2017, 4, 1), date(2017, 5, 1), "Strike (April 2017)", "TENTATIVE"),
        ("[2017-04-03..2017-04-09]", date(2017, 4, 3), date(2017, 4, 10),
         "Strike (one day between 3 and 9 April 2017)", "TENTATIVE"),
        ("2017-04-04~", date(2017, 4, 4), date(2017, 4, 5), "Strike (about 4 April 2017)",
         "TENTATIVE"),
        ("0987", date(987, 1, 1), date(988, 1, 1), "Strike (987 CE)", "TENTATIVE"),
    ],
)  # fmt: skip
def test_date_with_both_ends(
    client: Client, edtf: str, start: date, end: date, summary: str, status: str
) -> None:
    make_event(title="Strike", date=edtf, standing="occurred")
    event = only(client)
    assert event.name == "VEVENT"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (start, end)
    assert event["SUMMARY"] == summary
    assert event["STATUS"] == status
    assert event["X-CHANCERY-EDTF"] == edtf


@pytest.mark.parametrize(
    "edtf", ["", "../2017-04", "2017-04-11/..", "[..2017-04]", "-0043-03-15", "Y12345", "9999"]
)
def test_date_that_no_calendar_holds(client: Client, edtf: str) -> None:
    make_event(title="Strike", date=edtf, standing="occurred")
    journal = only(client)
    assert journal.name == "VJOURNAL"
    assert "DTSTART" not in journal
    assert journal["SUMMARY"].startswith("Strike (")
    assert journal["X-CHANCERY-EDTF"] == edtf


@pytest.mark.parametrize("standing", ["alleged", "disputed", "called-for", "refuted"])
def test_doubtful_event_is_tentative_and_says_so(client: Client, standing: str) -> None:
    make_event(title="Strike", standing=standing)
    event = only(client)
    assert event["STATUS"] == "TENTATIVE"
    assert event["SUMMARY"].endswith(": Strike")
    assert event["X-CHANCERY-STANDING"] == standing


def test_place_only_as_a_point_where_it_is_one(client: Client) -> None:
    site = make_location(name="Site", latitude=35.5, longitude=-36.6, precision="exact")
    country = make_location(
        name="Syria", latitude=35, longitude=38, precision="country", country=make_country()
    )
    make_event(slug="at-site", location=site)
    make_event(slug="in-country", location=country)
    found = {c["URL"].split("/")[-2]: c for c in components(fetch(client, "ics"))}
    assert found["at-site"]["GEO"].to_ical() == "35.5;-36.6"
    assert found["at-site"]["LOCATION"] == "Site"
    assert "GEO" not in found["in-country"]
    assert found["in-country"]["LOCATION"] == "Syria"


@pytest.mark.parametrize(
    "title",
    [
        "A, b; c: d",
        'Said "so"',
        "Back\\slash and C:\\new",
        "Two\nlines",
        "هجوم كيميائي على خان شيخون " * 5,
        "\U0001f54a" * 60,
        "BEGIN:VEVENT",
    ],
)
def test_any_title_comes_back(client: Client, title: str) -> None:
    make_event(make_actor(name="A; B, C"), title=title)
    event = only(client)
    assert event["SUMMARY"] == title
    assert "Actors: A; B, C (participant)." in event["DESCRIPTION"]


def test_empty_calendar_holds_a_component_that_says_nothing(client: Client) -> None:
    calendar = icalendar.Calendar.from_ical(fetch(client, "ics"))
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]


def test_folding_cuts_no_character_and_no_line_is_too_long() -> None:
    for line in ("x" * 75, "x" * 76, "é" * 200, "x" + "\U0001f54a" * 100):
        pieces = fold(line).split("\r\n ")
        assert "".join(pieces) == line
        assert all(len(piece.encode()) <= (74 if n else 75) for n, piece in enumerate(pieces))


def test_line_ends_cannot_be_smuggled_in() -> None:
    assert text("a\r\nDTSTART:1") == "a\\nDTSTART:1"
