"""Dates laid over periods: what is counted where, and how it is drawn."""

from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from config.edtf.bounds import day_number
from config.edtf.dates import first_day_of, last_day_of, parse
from config.edtf.periods import MOST_BY_WEEKS, periods
from config.edtf.units import Period
from events.charts.histogram import EVENTS, HEIGHT, Histogram, Layer, draw, highest
from events.charts.tallies import Tallies, Tally, tally
from tests.config.edtf.calendar import are_whole_months
from tests.events.dates import spans_of_texts


def days(text: str) -> list[Period]:
    date = parse(text)
    assert date.first_day is not None
    assert date.last_day is not None
    return periods(date.first_day, date.last_day)


def counted(dates: list[str], over: str) -> Tallies:
    return tally({"x": spans_of_texts(dates)}, days(over))


def drawn(dates: list[str], over: str, **values: object) -> Histogram:
    return draw(
        "events",
        "Events",
        counted(dates, over),
        [Layer("x", "events")],
        unit=EVENTS,
        number=len(dates),
        link=lambda period: f"?since={period.since}&until={period.until}",
    )


@pytest.mark.parametrize(
    ("text", "number", "first", "last"),
    [
        ("2017-04-04", 1, "4 April 2017", "4 April 2017"),
        ("2017-04-03/2017-04-20", 18, "3 April 2017", "20 April 2017"),
        ("2017-03-15/2017-06-20", 15, "13 to 19 March 2017", "19 to 25 June 2017"),
        ("2015-06/2017", 31, "June 2015", "December 2017"),
        ("2012/2017", 24, "January to March 2012", "October to December 2017"),
        ("1989/2020", 32, "1989", "2020"),
        ("1989/2021", 17, "1988 to 1989", "2020 to 2021"),
        ("1700/2020", 17, "1700 to 1719", "2020 to 2039"),
        ("-9000/2020", 23, "9001 BCE to 8502 BCE", "2000 to 2499"),
    ],
)
def test_periods_follow_the_span_and_the_calendar(
    text: str, number: int, first: str, last: str
) -> None:
    made = days(text)
    assert (len(made), made[0].words, made[-1].words) == (number, first, last)
    assert all(b.first_day == a.last_day + 1 for a, b in pairwise(made))
    for period in (made[0], made[-1]):
        assert first_day_of(period.since) == period.first_day
        assert last_day_of(period.until) == period.last_day


def test_more_days_than_weeks_hold_are_laid_over_whole_months() -> None:
    for first in range(day_number(2015, 12, 1), day_number(2017, 1, 1)):
        assert are_whole_months(periods(first, first + MOST_BY_WEEKS))
    sunday = day_number(2016, 1, 3)
    assert not are_whole_months(periods(sunday + 1, sunday + MOST_BY_WEEKS))


@pytest.mark.parametrize("years", [1, 33, 10_000, 10**6, 10**11])
def test_no_span_gives_more_bars_than_a_phone_shows(years: int) -> None:
    assert 1 <= len(periods(736_000 - years * 365, 736_000)) <= 32


@pytest.mark.django_db
def test_one_day_of_a_week_may_lie_in_each_of_its_seven_days() -> None:
    tallies = counted(["[2017-04-03..2017-04-09]"], "2017-04-01/2017-04-10").of("x")
    assert [t.surely for t in tallies] == [0] * 10
    assert [t.possibly for t in tallies] == [0, 0, *[1] * 7, 0]


@pytest.mark.django_db
def test_none_is_pinned_to_a_day_or_month_that_nobody_gave() -> None:
    dates = ["2017-04-04", "2017-04", "2017", "[2016-12-30..2017-01-03]", "2017-04~", "2017-06-01"]
    tallies = counted(dates, "2016-10/2017-12").of("x")
    months = {p.words: t for p, t in zip(days("2016-10/2017-12"), tallies, strict=True)}
    april = months["April 2017"]
    # The day and the month surely; about April and the year perhaps.
    assert (april.surely, april.possibly, april.number) == (2, 2, 4)
    assert (months["January 2017"].surely, months["January 2017"].possibly) == (0, 2)
    assert (months["December 2016"].surely, months["December 2016"].possibly) == (0, 1)


@pytest.mark.django_db
def test_open_ends_count_on_their_open_side_and_no_date_nowhere() -> None:
    tallies = counted(["../2017-04-04", "2017-04-08/..", "../..", ""], "2017-04-01/2017-04-10")
    assert tallies.undated("x") == 2
    assert [t.number for t in tallies.of("x")] == [1, 1, 1, 1, 0, 0, 0, 1, 1, 1]
    assert not any(t.surely for t in tallies.of("x"))


@pytest.mark.django_db
def test_what_lies_outside_the_periods_is_cut_off() -> None:
    dates = ["2016", "2018-01-01", "[2017-03-31..2017-04-01]", "../2016", "2018/..", "../2018"]
    tallies = counted(dates, "2017-04-01/2017-04-10").of("x")
    assert tallies[0].surely == 0
    assert [t.number for t in tallies] == [2, *[1] * 9]


@pytest.mark.django_db
def test_bars_are_as_high_as_the_number_and_solid_as_far_as_it_is_sure() -> None:
    chart = drawn(["2017-04-04", "[2017-04-03..2017-04-09]"], "2017-04-01/2017-04-10")
    [sure] = [box for box in chart.boxes if "is-sure" in box.css]
    light = [box for box in chart.boxes if "is-unsure" in box.css]
    assert (chart.top, sure.height, sure.y) == (2, HEIGHT / 2, HEIGHT / 2)
    assert [box.height for box in light] == [HEIGHT / 2] * 7
    assert [box.y for box in light] == [HEIGHT / 2, 0, *[HEIGHT / 2] * 5]
    assert (sure.x, light[0].x) == (31, 21)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dates", "label", "anchor"),
    [
        (["2017-04-01", "2017-04-01"], "2 · 1 April 2017", "start"),
        (["2017-04-05", "[2017-04-04..2017-04-05]"], "up to 2 · 5 April 2017", "middle"),
        (["2017-04-10", "2017-04-10", "2017-04-09"], "2 · 10 April 2017", "end"),
    ],
)
def test_the_peak_says_its_number_and_its_time(dates: list[str], label: str, anchor: str) -> None:
    chart = drawn(dates, "2017-04-01/2017-04-10")
    text = render_to_string("_histogram.html", {"chart": chart})
    assert f'text-anchor="{anchor}">{label}</text>' in text


def test_a_shared_scale_is_that_of_the_highest_bar() -> None:
    assert highest([Tally(1, 2), Tally(2)], [Tally(0, 4)]) == 4
    assert highest([Tally()]) == 1


@pytest.mark.django_db
def test_drawing_has_a_name_a_table_and_no_style_of_its_own() -> None:
    chart = drawn(["2017-04-04", "../2017-04-06", ""], "2017-04-01/2017-04-10")
    text = render_to_string("_histogram.html", {"chart": chart})
    assert 'role="img" aria-labelledby="events-title events-means"' in text
    assert "style" not in text
    assert "<table" in text
    assert "1 event without any date is not drawn." in text
    link = '<a rel="nofollow" href="?since=2017-04-04&amp;until=2017-04-04">'
    assert f"{link}4 April 2017</a>" in text
    # The legend names what is in the picture.
    assert "Solid: surely in that time. Light: perhaps in it." in text
    sure = drawn(["2017-04-04"], "2017-04-01/2017-04-10")
    assert "Light" not in render_to_string("_histogram.html", {"chart": sure})


@pytest.mark.django_db
def test_several_layers_have_columns_of_their_own_and_addresses_are_escaped() -> None:
    over = days("2017-04-01/2017-04-03")
    series = {"plain": ["2017-04-01"] * 2, "hatched": [*["2017-04-01"] * 9, "2017-04-01?"]}
    tallies = tally({name: spans_of_texts(dates) for name, dates in series.items()}, over)
    layers = [Layer("plain", "material"), Layer("hatched", "verbal", "is-hatched")]
    chart = draw(
        "acts", "Acts", tallies, layers, unit=EVENTS, number=12, link=lambda period: '?q="><b>'
    )
    text = render_to_string("_histogram.html", {"chart": chart})
    cells = "".join(f'<td role="cell">{number}</td>' for number in (2, 10, 11, 1, 12))
    link = '<a rel="nofollow" href="?q=&quot;&gt;&lt;b&gt;">1 April 2017</a>'
    assert f'<th scope="row" role="rowheader">{link}</th>{cells}</tr>' in text
    bar = '" tabindex="-1" title="1 April 2017: 12"></a>'
    assert f'<a rel="nofollow" href="?q=&quot;&gt;&lt;b&gt;{bar}' in text
    assert text.count("<li data-since=") == 3
    assert text.count('fill="url(#acts-hatch)"') == 2
    assert "<b>" not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "ticks"), [(1, {0}), (3, {0, 1, 2}), (5, {0, 2}), (7, {0, 3}), (8, {0, 2, 5})]
)
def test_dates_of_the_axis_have_room(columns: int, ticks: set[int]) -> None:
    drawing = drawn(["2017-04-01"], f"2017-04-01/2017-04-{columns:02}")
    assert {i for i, column in enumerate(drawing.columns) if column.is_tick} == ticks
