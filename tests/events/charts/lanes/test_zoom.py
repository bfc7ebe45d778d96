"""Which part of time is shown, and where one can go from there."""

import pytest

from config.edtf.dates import parse
from config.edtf.units import Period
from events.charts.lanes.zoom import Zoom


def period(text: str) -> Period:
    date = parse(text)
    assert date.first_day is not None
    assert date.last_day is not None
    return Period(date.first_day, date.last_day)


def zoom(window: str = "", whole: str = "1989/2020", every: str = "") -> Zoom:
    return Zoom(period(whole), period(every or whole), period(window) if window else None)


def text(found: Period | None) -> str:
    return found.text if found else ""


@pytest.mark.parametrize(
    ("window", "day", "closer"),
    [
        ("", "2014-03-01", "2010/2019"),
        ("2010/2019", "2014-03-01", "2014"),
        ("2014", "2014-03-01", "2014-03"),
        ("2014-03", "2014-03-01", "2014-02-24/2014-03-02"),
        # Nothing is closer than a week.
        ("2014-02-24/2014-03-02", "2014-03-01", ""),
    ],
)
def test_closer_is_the_next_unit_around_a_day(window: str, day: str, closer: str) -> None:
    assert text(zoom(window).closer(parse(day).first_day)) == closer


def test_closer_without_a_day_is_around_the_middle() -> None:
    assert text(zoom("2017-04").closer()) == "2017-04-10/2017-04-16"


@pytest.mark.parametrize(
    ("window", "crumbs"),
    [
        ("", []),
        ("2010/2019", []),
        ("2017", ["2010/2019"]),
        ("2017-04", ["2010/2019", "2017"]),
        ("2017-04-03/2017-04-09", ["2010/2019", "2017", "2017-04"]),
        # What a unit does not hold whole is no part of it.
        ("2017-03-27/2017-04-09", ["2010/2019", "2017"]),
    ],
)
def test_crumbs_are_the_units_around_the_window(window: str, crumbs: list[str]) -> None:
    assert [found.text for found in zoom(window).crumbs] == crumbs
    assert text(zoom(window).wider) == (crumbs[-1] if crumbs else "")


def test_no_crumb_is_wider_than_all_dates() -> None:
    assert zoom("2017-04-03/2017-04-09", whole="2017-03/2017-05").crumbs == [period("2017-04")]


@pytest.mark.parametrize(
    ("window", "earlier", "later"),
    [
        ("2017-04-03/2017-04-09", "2017-03-31/2017-04-06", "2017-04-06/2017-04-12"),
        ("2017-04", "2017-03-17/2017-04-15", "2017-04-16/2017-05-15"),
        ("2017", "2016-07/2017-06", "2017-07/2018-06"),
        ("2010/2019", "2005/2014", "2015/2024"),
    ],
)
def test_a_window_moves_by_half(window: str, earlier: str, later: str) -> None:
    assert text(zoom(window).moved(-1)) == earlier
    assert text(zoom(window).moved(1)) == later


def test_no_window_moves_beyond_all_dates() -> None:
    assert zoom("1989", whole="1989/2020").moved(-1) == period("1988-07/1989-06")
    assert zoom("1988", whole="1989/2020").moved(-1) is None
    # What lies far out belongs to all dates.
    assert zoom("1988", whole="1989/2020", every="1900/2020").moved(-1) is not None


def test_a_window_as_wide_around_a_day() -> None:
    assert zoom("2017-04").around(period("1994-04-07").first_day) == period("1994-04")
    assert zoom("2017-04-03/2017-04-05").around(period("1994-04-07").first_day).days == 1
