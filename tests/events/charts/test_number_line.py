"""Rival numbers beside one another, each as exact as it was said."""

import pytest

from events.charts.number_line import bars_of_numbers


def test_numbers_stand_on_one_axis_from_nought_as_exact_as_they_are() -> None:
    exact, about, span = bars_of_numbers([(50, 50, False), (75, 75, True), (80, 100, False)])
    assert exact.is_dot
    assert not about.is_dot
    assert (exact.is_about, about.is_about, span.is_about) == (False, True, False)
    assert about.middle == pytest.approx(1.5 * exact.middle, abs=0.05)
    assert span.start == pytest.approx(1.6 * exact.start, abs=0.05)
    assert span.start + span.width < 100


def test_numbers_below_nought_and_nothing_but_nought_are_drawn() -> None:
    below, nought = bars_of_numbers([(-5, -5, False), (0, 0, False)])
    assert below.start == 0 < nought.start
    assert [bar.start for bar in bars_of_numbers([(0, 0, False), (0, 0, False)])] == [0, 0]
