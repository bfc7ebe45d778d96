"""Dates on one axis: as wide as their doubt, open ends to the edge, nothing without an end."""

import pytest

from config.edtf.dates import parse
from events.charts.axis import Axis, Bar, bars_of_numbers


def bars(*texts: str) -> list[Bar | None]:
    dates = [parse(text) for text in texts]
    axis = Axis(dates)
    return [axis.bar(when) for when in dates]


def test_a_day_is_as_wide_as_a_day_and_a_dot_where_that_is_too_little() -> None:
    day, same_week = bars("2017-04-04", "[2017-04-04..2017-04-08]")
    assert day
    assert same_week
    assert (day.shape, day.is_dot, same_week.shape) == ("day", False, "one")
    assert same_week.start == day.start
    assert same_week.width == pytest.approx(5 * day.width, abs=0.05)
    far, near = bars("1990-01-01", "2017-04-04")
    assert far
    assert near
    assert far.is_dot
    assert near.is_dot
    assert 0 < far.middle < near.middle < 100


@pytest.mark.parametrize(
    ("text", "shape", "fading"),
    [
        ("2017-04-04", "day", ""),
        ("2017-04", "one", ""),
        ("2017-04-01/2017-04-09", "all", ""),
        ("{2017-04-01,2017-04-09}", "all", ""),
        ("../2017-04", "all", "before"),
        ("2017-04-11/..", "all", "after"),
        ("2017~", "one", "both"),
    ],
)
def test_shape_and_ends_say_how_the_date_is_known(text: str, shape: str, fading: str) -> None:
    bar, _other = bars(text, "2017-04-04")
    assert bar
    assert (bar.shape, bar.fading) == (shape, fading)


def test_open_ends_reach_the_edge_and_all_else_stays_inside() -> None:
    before, after, day, none = bars("../2017-04-02", "2017-04-11/..", "2017-04-04", "")
    assert before
    assert after
    assert day
    assert before.start == 0
    assert after.start + after.width == pytest.approx(100)
    assert before.start + before.width < day.start < day.start + day.width < after.start
    assert none is None


def test_one_date_stands_in_the_middle() -> None:
    (bar,) = bars("2017-04-04")
    assert bar
    assert bar.middle == 50
    assert bars("") == [None]


def test_numbers_stand_on_one_axis_from_nought_as_exact_as_they_are() -> None:
    exact, about, span = bars_of_numbers([(50, 50, False), (75, 75, True), (80, 100, False)])
    assert exact.is_dot
    assert not about.is_dot
    assert (exact.fading, about.fading, span.fading) == ("", "both", "")
    assert about.middle == pytest.approx(1.5 * exact.middle, abs=0.05)
    assert span.start == pytest.approx(1.6 * exact.start, abs=0.05)
    assert span.start + span.width < 100


def test_numbers_below_nought_and_nothing_but_nought_are_drawn() -> None:
    below, nought = bars_of_numbers([(-5, -5, False), (0, 0, False)])
    assert below.start == 0 < nought.start
    assert [bar.start for bar in bars_of_numbers([(0, 0, False), (0, 0, False)])] == [0, 0]
