"""Dates for formats that know years, months and days: never finer than known."""

import pytest

from events.exports.dates import certain_ends, on_axis


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("", None, None),
        ("2017-04-04", "2017-04-04", "2017-04-04"),
        ("2017-04", "2017-04", "2017-04"),
        ("2017", "2017", "2017"),
        ("0987", "0987", "0987"),
        ("2017-04~", None, None),
        ("2011~", None, None),
        ("2017-?04", "2017", "2017"),
        ("2017-04-?04", "2017-04", "2017-04"),
        ("2017-04-XX", "2017-04", "2017-04"),
        ("2017-XX", "2017", "2017"),
        ("201X", None, None),
        ("2017-25", "2017", "2017"),
        ("2017-22", None, None),
        ("2017-04-03/2017-04-09", "2017-04-03", "2017-04-09"),
        ("2017-04/2017-06", "2017-04", "2017-06"),
        ("2017-04~/2017-06", None, "2017-06"),
        ("2017-04-11/..", "2017-04-11", None),
        ("../2017-04", None, "2017-04"),
        ("/2017-04", None, "2017-04"),
        ("../..", None, None),
        ("[2017-04-03..2017-04-09]", "2017-04", "2017-04"),
        ("[2017-04-03, 2017-06-01]", "2017", "2017"),
        ("[2016-12-31..2017-01-01]", None, None),
        ("[2017-04-03, 2017-04-09?]", None, None),
        ("[2017-04-11..]", None, None),
        ("{2017-04-03..2017-04-09}", "2017-04-03", "2017-04-09"),
        ("-0043-03-15", None, None),
        ("Y12345", None, None),
        ("1950S2", None, None),
        ("XXXX", None, None),
    ],
)
def test_certain_ends(text: str, start: str | None, end: str | None) -> None:
    assert certain_ends(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2017-04-04", [2017, 4, 4], None),
        ("2017-04", [2017, 4], None),
        ("2011~", [2011], None),
        ("2017-24", [2016, 12, 1], [2018, 3, 31]),
        ("201X", [2010, 1, 1], [2019, 12, 31]),
        ("[2017-04-03..2017-04-09]", [2017, 4, 3], [2017, 4, 9]),
        ("2017-04/2017-06", [2017, 4, 1], [2017, 6, 30]),
        ("2017-04-04/2017-04-04", [2017, 4, 4], None),
        ("2017-04-11/..", [2017, 4, 11], None),
        ("../2017-04", [2017, 4], None),
        ("-0043-03-15", [-43, 3, 15], None),
        ("Y17000000", [17000000], None),
    ],
)
def test_on_axis(text: str, start: list[int], end: list[int] | None) -> None:
    assert on_axis(text) == (start, end)


@pytest.mark.parametrize("text", ["", "../..", "/", "/.."])
def test_nowhere_on_the_axis(text: str) -> None:
    assert on_axis(text) is None
