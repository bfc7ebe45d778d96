"""Periods by the calendar."""

import pytest

from config.edtf.bounds import day_number
from config.edtf.periods import periods

Day = tuple[int, int, int]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ((-9999, 2, 3), (-9999, 2, 3), ["3 February 10,000 BCE"]),
        ((-12000, 3, 1), (-12000, 3, 1), ["12,001 BCE"]),
        ((12000, 3, 1), (12001, 3, 1), ["12,000", "12,001"]),
        ((9999, 12, 31), (10000, 1, 1), ["9999", "10,000"]),
    ],
)
def test_long_years_are_not_divided(first: Day, last: Day, expected: list[str]) -> None:
    found = [period.words for period in periods(day_number(*first), day_number(*last))]
    assert found == expected
