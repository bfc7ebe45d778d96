"""Calendar years and months that a range takes only in part."""

import pytest

from config.edtf.bounds import day_number
from config.edtf.periods import cut_months, cut_years

Day = tuple[int, int, int]
Y2016 = (day_number(2016, 1, 1), day_number(2016, 12, 31))
Y2017 = (day_number(2017, 1, 1), day_number(2017, 12, 31))


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, []),
        ((2017, 1, 1), None, []),
        (None, (2017, 12, 31), []),
        ((2016, 1, 1), (2017, 12, 31), []),
        ((2017, 1, 2), None, [Y2017]),
        ((2017, 12, 31), None, [Y2017]),
        (None, (2017, 1, 1), [Y2017]),
        ((2016, 6, 1), (2017, 6, 1), [Y2016, Y2017]),
        ((2016, 1, 1), (2017, 6, 1), [Y2017]),
        ((2017, 3, 1), (2017, 3, 31), [Y2017]),
        ((2017, 1, 1), (2017, 3, 31), [Y2017]),
    ],
)
def test_cut_years(since: Day | None, until: Day | None, expected: list[tuple[int, int]]) -> None:
    days = [None if day is None else day_number(*day) for day in (since, until)]
    assert cut_years(*days) == expected


MARCH, APRIL = (
    (day_number(2017, 3, 1), day_number(2017, 3, 31)),
    (day_number(2017, 4, 1), day_number(2017, 4, 30)),
)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, []),
        ((2017, 3, 1), (2017, 4, 30), []),
        ((2017, 3, 2), (2017, 4, 30), [MARCH]),
        ((2017, 3, 1), (2017, 4, 29), [APRIL]),
        ((2017, 3, 31), (2017, 4, 1), [MARCH, APRIL]),
        ((2017, 4, 4), (2017, 4, 4), [APRIL]),
    ],
)
def test_cut_months(since: Day | None, until: Day | None, expected: list[tuple[int, int]]) -> None:
    days = [None if day is None else day_number(*day) for day in (since, until)]
    assert cut_months(*days) == expected
