"""Units of the calendar."""

import pytest

from config.edtf.bounds import day_number
from config.edtf.units import CENTURY, DAY, DECADE, MONTH, QUARTER, WEEK, YEAR, Period, Unit


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        (DAY, "2017-04-05"),
        # 5 April 2017 was a Wednesday.
        (WEEK, "2017-04-03/2017-04-09"),
        (MONTH, "2017-04"),
        (QUARTER, "2017-04/2017-06"),
        (YEAR, "2017"),
        (DECADE, "2010/2019"),
        (CENTURY, "2000/2099"),
    ],
)
def test_the_unit_around_a_day(unit: Unit, text: str) -> None:
    found = unit.around(day_number(2017, 4, 5))
    assert found.text == text
    assert found.days <= unit.length


def test_units_hold_the_days_between() -> None:
    found = MONTH.between(day_number(2016, 12, 31), day_number(2017, 2, 1))
    assert [period.text for period in found] == ["2016-12", "2017-01", "2017-02"]


def test_units_before_the_common_era() -> None:
    assert YEAR.around(day_number(-43, 3, 15)).text == "-0043"
    assert DECADE.around(day_number(-43, 3, 15)).text == "-0050/-0041"


def test_a_period_in_words() -> None:
    assert Period(day_number(2017, 4, 3), day_number(2017, 4, 9)).words == "3 to 9 April 2017"


def test_whether_a_period_holds_another() -> None:
    april, week = MONTH.around(day_number(2017, 4, 5)), WEEK.around(day_number(2017, 4, 5))
    assert april.holds(week)
    assert not week.holds(april)
    assert not april.holds(WEEK.around(day_number(2017, 4, 1)))
