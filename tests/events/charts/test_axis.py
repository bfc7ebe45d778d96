"""The axis that the rows of a list share, and the mark of each date on it."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from config.edtf.bounds import day_text
from config.edtf.dates import parse
from events.charts.axis import Axis, Mark, axis_of

# Those of the chronology that the project comes with.
ARTICLE = ["[2017-04-10..2017-04-14]", "[2017-04-11..]", "2017-04-11", "[2017-04-03..2017-04-09]"]
ARTICLE += ["2017-04-04", "2017-04-04", "2011~", "../..", "../2017-04", "../2017-04"]


def axis(dates: Sequence[str]) -> Axis:
    found = axis_of(map(parse, dates))
    assert found
    return found


def ends(dates: Sequence[str]) -> tuple[str, str, bool, bool]:
    found = axis(dates)
    days = day_text(found.first_day), day_text(found.last_day)
    return *days, found.has_earlier, found.has_later


def mark(date: str, dates: Sequence[str]) -> Mark:
    found = axis(dates).mark(parse(date))
    assert found
    return found


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        # The days of the bounded dates, and no more; 2011 lies far out, three are open.
        (ARTICLE, ("2017-04-03", "2017-04-14", True, True)),
        # A year among days is not far out, but too wide: it goes on beyond both ends.
        (
            ["2017-05-01", "2017-05-03", "2017-05-09", "2017"],
            ("2017-05-01", "2017-05-09", True, True),
        ),
        # Of three none is, and a span of weeks shows its days.
        (["2017-05-01", "2017-05-03", "1917"], ("1917-01-01", "2017-05-03", False, False)),
        (["2017-05-01"] * 5 + ["2017-06-09"], ("2017-05-01", "2017-06-09", False, False)),
        # One day has days around it.
        (["2017-05-04"] * 3, ("2017-05-01", "2017-05-07", False, False)),
        (["../2004", "2001/.."], ("2001-01-01", "2004-12-31", True, True)),
        (["-0999", "0500", "1000", "2017"], ("-0999-01-01", "2017-12-31", False, False)),
    ],
)
def test_the_axis_is_linear_where_the_dates_crowd(
    dates: list[str], expected: tuple[str, str, bool, bool]
) -> None:
    assert ends(dates) == expected


def test_no_axis_without_a_day() -> None:
    assert axis_of(map(parse, ["", "../.."])) is None
    assert axis(ARTICLE).mark(parse("../..")) is None


@pytest.mark.parametrize(
    ("dates", "labels"),
    [
        (ARTICLE, ["3 Apr", "6 Apr", "9 Apr", "12 Apr"]),
        (["2017-01-10", "2017-05-20"], ["Feb 2017", "Mar", "Apr", "May"]),
        (["2017-01-10", "2017-03-20"], ["10 Jan", "Feb 2017", "Mar"]),
        (["1893-01", "1894-02"], ["Jan 1893", "Apr", "Jul", "Oct"]),
        (["2011", "2013"], ["2011", "2012", "2013"]),
        (["-0999", "2017"], ["1000 BCE", "1 BCE", "1000", "2000"]),
    ],
)
def test_labels_of_the_axis(dates: list[str], labels: list[str]) -> None:
    ticks = axis(dates).ticks
    assert [tick.label for tick in ticks] == labels
    places = [tick.x for tick in ticks]
    assert places == sorted(places)
    assert all(later - earlier > 12 for earlier, later in pairwise(places))


@pytest.mark.parametrize("labels", [2, 3, 4])
def test_an_axis_of_days_has_two_labels_at_least_and_no_more_than_fit(labels: int) -> None:
    for days in range(7, 14 * labels + 1):
        assert 2 <= len(Axis(1, days, labels=labels).ticks) <= labels


def test_a_day_is_as_wide_as_a_day_or_a_dot() -> None:
    [bar] = mark("2017-04-04", ARTICLE).bars
    scale = axis(ARTICLE)
    assert (bar.css, bar.x, bar.mask) == (
        "on",
        round(scale.x(parse("2017-04-04").first_day), 2),
        "",
    )
    assert bar.width == pytest.approx((scale.end - scale.start) / 12, abs=0.01)
    drawn = mark("2017-04-04", ["2001", "2017-04-04"])
    assert (drawn.bars, [dot.css for dot in drawn.dots]) == ([], ["on"])


def test_ends_that_are_not_known_fade_and_estimates_are_soft() -> None:
    [after] = mark("[2017-04-11..]", ARTICLE).bars
    assert (after.css, after.mask, after.end) == ("within", "after", 100)
    [estimate] = mark("2011~", ARTICLE).bars
    # All of it lies in the gutter.
    assert (estimate.css, estimate.mask) == ("within", "both")
    assert 0 < estimate.x < estimate.end < axis(ARTICLE).start
    [about] = mark("2017-04-05~", [*ARTICLE, "2017-04-05~"]).bars
    assert (about.css, about.mask) == ("within", "both")


def test_a_time_until_some_day_of_a_month_points_at_no_day() -> None:
    through, edge = mark("../2017-04", ARTICLE).bars
    assert (through.css, through.mask, through.x) == ("through", "before", 0)
    assert (edge.css, edge.is_edge, edge.x) == ("within", True, through.end)
    # It may have ended after the axis does.
    assert axis(ARTICLE).end < edge.end < 100


def test_what_lies_far_out_stays_on_its_side() -> None:
    dates = [*ARTICLE[2:6] * 2, "1999", "2030"]
    before, behind = (mark(date, dates).bars[0] for date in ("1999", "2030"))
    assert 0 < before.x < before.end < axis(dates).start
    assert axis(dates).end < behind.x < behind.end < 100


def test_no_mark_leaves_its_column() -> None:
    dates = [
        *ARTICLE,
        "2016-12/2017-04-04",
        "2017-04-13/2019",
        "1917/2021",
        "2017",
        "{2017-04-03..}",
    ]
    for date in dates:
        drawn = axis(dates).mark(parse(date))
        for shape in [*drawn.bars, *drawn.dots] if drawn else []:
            assert 0 <= shape.x < shape.end <= 100, date
