"""The two lines of labels above a drawn timeline."""

import pytest

from events.charts.axis import Axis
from events.charts.lanes.ticks import short_words, ticks_of
from tests.events.charts.lanes.test_zoom import period, zoom


def labels(window: str, column: int = 960) -> tuple[list[str], list[str]]:
    days = period(window)
    axis = Axis(days.first_day, days.last_day, column=column)
    found = ticks_of(axis, zoom(window, whole="1000/2999"))
    return [tick.label for tick in found.upper], [tick.label for tick in found.lower]


def leads_to(window: str) -> dict[str, str]:
    days = period(window)
    axis = Axis(days.first_day, days.last_day, column=960)
    found = ticks_of(axis, zoom(window, whole="1000/2999"))
    return {tick.label: tick.period.text for tick in (*found.upper, *found.lower)}


def test_days_below_their_month() -> None:
    upper, lower = labels("2017-04-28/2017-05-03")
    assert upper == ["April 2017", "May 2017"]
    assert lower == ["28", "29", "30", "1", "2", "3"]


@pytest.mark.parametrize(
    ("window", "column", "lower"),
    [
        # Each second day, then the first of each week of a month, as there is less room.
        ("2017-04", 420, [str(day) for day in range(1, 30, 2)]),
        ("2017-04", 240, ["1", "8", "15", "22"]),
        ("2017-01/2017-06", 960, ["1", "8", "15", "22"] * 6),
    ],
)
def test_fewer_days_where_there_is_less_room(window: str, column: int, lower: list[str]) -> None:
    assert labels(window, column)[1] == lower


def test_months_below_their_year() -> None:
    assert labels("2016-11/2018-02") == (
        ["2016", "2017", "2018"],
        [*("Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul"), *_REST],
    )


_REST = ("Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb")


def test_a_unit_around_has_no_label_without_room() -> None:
    upper, _lower = labels("2017-03-31/2017-04-30")
    assert upper == ["April 2017"]


def test_years() -> None:
    assert labels("1989/2020")[1] == [str(year) for year in range(1990, 2021, 2)]
    assert labels("1000/2999")[1] == [str(year) for year in range(1000, 3000, 100)]
    assert labels("-0099/0100")[1][:2] == ["91 BCE", "81 BCE"]


def test_a_label_leads_to_what_it_names() -> None:
    assert leads_to("2017-04")["4"] == "2017-04-03/2017-04-09"
    assert leads_to("2017-04-03/2017-04-09")["4"] == "2017-04-04"
    assert leads_to("2017")["Apr"] == "2017-04"
    assert leads_to("2016-11/2018-02")["2017"] == "2017"
    # Of two years the one that is named; of ten all of them.
    assert leads_to("1989/2020")["1990"] == "1990"
    assert leads_to("1800/1999")["1910"] == "1910/1919"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2017-04-04", "4 Apr"),
        ("2017-04-03/2017-04-09", "3\N{EN DASH}9 Apr"),
        ("2017-03-27/2017-04-02", "27 Mar \N{EN DASH} 2 Apr"),
        ("2013-03", "Mar 2013"),
        ("2013-01/2013-03", "Jan\N{EN DASH}Mar 2013"),
        ("2013", "2013"),
        ("2010/2019", "2010\N{EN DASH}2019"),
    ],
)
def test_short_words(text: str, words: str) -> None:
    assert short_words(period(text)) == words
