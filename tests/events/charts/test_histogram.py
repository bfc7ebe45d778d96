"""Dates laid over periods: what is counted where, how wide it is drawn, and what fades."""

from fractions import Fraction
from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from config.edtf.bounds import day_number
from config.edtf.dates import first_day_of, last_day_of, parse
from config.edtf.periods import MOST_BY_WEEKS, Period, periods
from events.charts.histogram import HEIGHT, Histogram, Layer, draw, scale
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
        unit="event",
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
def test_one_day_of_a_week_is_spread_over_its_seven_days() -> None:
    tallies = counted(["[2017-04-03..2017-04-09]"], "2017-04-01/2017-04-10").of("x")
    assert [t.surely for t in tallies] == [0] * 10
    assert [t.perhaps for t in tallies] == [0, 0, *[1] * 7, 0]
    assert [t.share for t in tallies] == pytest.approx([0, 0, *[1 / 7] * 7, 0])


@pytest.mark.django_db
def test_shares_add_up_to_the_number_of_events() -> None:
    dates = ["2017-04-04", "2017-04", "2017", "[2016-12-30..2017-01-03]", "2017-04~", "2017-06-01"]
    tallies = counted(dates, "2016-10/2017-12").of("x")
    assert sum(t.share for t in tallies) == pytest.approx(len(dates))
    months = {p.words: t for p, t in zip(days("2016-10/2017-12"), tallies, strict=True)}
    april = months["April 2017"]
    # The day and the month surely; about April and the year perhaps.
    assert (april.surely, april.perhaps, april.number) == (2, 2, 4)
    assert april.share == pytest.approx(3 + float(Fraction(30, 365)))
    # None is pinned to a first of the month.
    assert months["January 2017"].surely == 0
    assert months["December 2016"].share == pytest.approx(2 / 5)


@pytest.mark.django_db
def test_open_ends_count_on_their_open_side_and_no_date_nowhere() -> None:
    tallies = counted(["../2017-04-04", "2017-04-08/..", "../..", ""], "2017-04-01/2017-04-10")
    assert tallies.undated("x") == 2
    numbers = [t.number for t in tallies.of("x")]
    assert numbers == [1, 1, 1, 1, 0, 0, 0, 1, 1, 1]
    assert [t.until for t in tallies.of("x")] == [0, 0, 0, 1, *[0] * 6]
    assert [t.since for t in tallies.of("x")] == [*[0] * 7, 1, 0, 0]
    assert sum(t.share for t in tallies.of("x")) == 0


@pytest.mark.django_db
def test_what_lies_outside_the_periods_is_cut_off() -> None:
    dates = ["2016", "2018-01-01", "[2017-03-31..2017-04-01]", "../2016", "2018/..", "../2018"]
    tallies = counted(dates, "2017-04-01/2017-04-10").of("x")
    assert tallies[0].share == pytest.approx(1 / 2)
    assert tallies[0].surely == 0
    assert [t.number for t in tallies] == [2, *[1] * 9]


@pytest.mark.django_db
def test_bars_are_as_wide_as_the_doubt_and_stand_on_the_axis() -> None:
    chart = drawn(["2017-04-04", "[2017-04-03..2017-04-09]"], "2017-04-01/2017-04-10")
    sure = [box for box in chart.boxes if "is-sure" in box.css]
    light = [box for box in chart.boxes if "is-unsure" in box.css]
    assert len(sure) == 1
    assert sure[0].y + sure[0].height == HEIGHT
    assert (light[0].x, sum(box.width for box in light)) == (20, pytest.approx(70))
    # What is perhaps stands on what is sure.
    assert light[1].y + light[1].height == pytest.approx(sure[0].y, abs=0.02)
    assert all(box.y >= 0 for box in chart.boxes)


@pytest.mark.django_db
def test_an_open_end_fades_out_to_its_side() -> None:
    chart = drawn(["../2017-04-06", "2017-04-09/.."], "2017-04-01/2017-04-10")
    past, future = chart.fades
    assert (past.css, past.x + past.width) == ("past", pytest.approx(60))
    assert (future.css, future.x, future.width) == ("future", 80, 20)


@pytest.mark.django_db
def test_one_period_fills_the_drawing() -> None:
    [box] = drawn(["2017-04-04"], "2017-04-04").boxes
    assert (box.x, box.width, box.y) == (0, 100, 0)


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1), (0.3, 1), (1.2, 2), (7, 10), (10, 10), (11, 20)]
)
def test_scale_ends_in_a_round_number(highest: float, top: int) -> None:
    assert scale([Tally(share=highest)]) == top


@pytest.mark.django_db
def test_drawing_has_a_name_a_table_and_no_style_of_its_own() -> None:
    chart = drawn(["2017-04-04", "../2017-04-06", ""], "2017-04-01/2017-04-10")
    text = render_to_string("_histogram.html", {"chart": chart})
    assert 'role="img" aria-labelledby="events-title events-means"' in text
    assert "style" not in text
    assert "<table" in text
    assert "1 event without any date is not drawn." in text
    assert "too few to read a trend from" in text
    link = '<a rel="nofollow" href="?since=2017-04-04&amp;until=2017-04-04">'
    assert f"{link}4 April 2017</a>" in text
    # Ids are unique on a page with several drawings.
    assert 'id="events-past"' in text
    assert 'fill="url(#events-past)"' in text


@pytest.mark.django_db
def test_several_layers_have_columns_of_their_own_and_addresses_are_escaped() -> None:
    over = days("2017-04-01/2017-04-03")
    series = {"plain": ["2017-04-01"] * 2, "hatched": [*["2017-04-01"] * 9, "2017-04-01?"]}
    tallies = tally({name: spans_of_texts(dates) for name, dates in series.items()}, over)
    layers = [Layer("plain", "material"), Layer("hatched", "verbal", "is-hatched")]
    chart = draw(
        "acts", "Acts", tallies, layers, unit="act", number=12, link=lambda period: '?q="><b>'
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
def test_nothing_to_draw_says_so() -> None:
    text = render_to_string("_histogram.html", {"chart": drawn([""], "2017-04-01/2017-04-10")})
    assert "<svg" not in text
    assert "None with a date" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "ticks"), [(1, {0}), (3, {0, 1, 2}), (5, {0, 2}), (7, {0, 3}), (8, {0, 2, 5})]
)
def test_dates_of_the_axis_have_room(columns: int, ticks: set[int]) -> None:
    drawing = drawn(["2017-04-01"], f"2017-04-01/2017-04-{columns:02}")
    assert {i for i, column in enumerate(drawing.columns) if column.is_tick} == ticks
