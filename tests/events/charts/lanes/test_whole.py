"""The days of a picture of all dates."""

from collections.abc import Sequence

from config.edtf.dates import first_day_of, last_day_of
from events.charts.lanes.whole import days_of_all
from events.charts.tallies import Spans


def days(dates: Sequence[str], number: int = 1) -> tuple[str, str] | None:
    rows = [(first_day_of(date), last_day_of(date), False, number) for date in dates]
    found = days_of_all(Spans.of(rows))
    return (found[0].text, found[1].text) if found else None


def test_all_dates_where_none_lies_far_out() -> None:
    dates = [f"2017-04-{day:02}" for day in range(1, 17)]
    assert days(dates) == ("2017-04-01/2017-04-16",) * 2


def test_what_lies_far_out_is_left_to_the_gutters() -> None:
    dates = [f"2017-04-{day:02}" for day in range(1, 17)]
    assert days(["1911-01-01", *dates]) == ("2017-04-01/2017-04-16", "1911-01-01/2017-04-16")


def test_of_many_only_few_may_lie_far_out() -> None:
    late = [f"2017-04-{day:02}" for day in range(1, 17)]
    early = ["1911-01-01"] * 2
    assert days([*early, *late], 1000) == ("1911-01-01/2017-04-16",) * 2
    assert days([*late, *late, "1911-01-01"], 1000) == (
        "2017-04-01/2017-04-16",
        "1911-01-01/2017-04-16",
    )


def test_open_dates_have_one_day_each() -> None:
    assert days(["../2004", "2001/.."]) == ("2001/2004", "2001/2004")


def test_nothing_without_a_day() -> None:
    assert days(["", "../.."]) is None
    assert days([]) is None
