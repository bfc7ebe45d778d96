"""How many events lie in each unit of time."""

from config.edtf.bounds import day_number
from events.charts.axis import Axis
from events.charts.lanes.density import Count, bins_of, draw_density
from tests.events.charts.lanes.test_zoom import period


def axis_over(text: str, *, column: int = 960, has_earlier: bool = False) -> Axis:
    days = period(text)
    return Axis(days.first_day, days.last_day, has_earlier, column=column)


def test_bins_are_of_the_smallest_unit_with_room() -> None:
    assert bins_of(axis_over("2017")).periods[1].text == "2017-01-02"
    assert len(bins_of(axis_over("2016-07/2018-01")).periods) == 84
    assert bins_of(axis_over("1989/2020")).periods[0].text == "1989-01"
    assert bins_of(axis_over("1989/2020", column=330)).periods[0].text == "1989-01/1989-03"


def test_bins_reach_no_further_than_the_axis() -> None:
    axis = axis_over("2017-01-20/2020-01-10")
    bins = bins_of(axis)
    assert bins.starts[0] == axis.first_day
    assert bins.last_day == axis.last_day


def test_the_path_goes_up_and_down_by_days() -> None:
    axis = Axis(day_number(2017, 4, 1), day_number(2017, 4, 4), column=960)
    counts = [Count(2, 2), Count(0, 0), Count(1, 4), Count(0, 0)]
    density = draw_density(bins_of(axis), counts)
    unsure, sure = density.paths
    # 4 events are 32 pixels high, from the base line at 32.
    assert unsure.d == "M0 32v-16h1v16h1v-32h1v32h1v0z"
    assert sure.d == "M0 32v-16h1v16h1v-8h1v8h1v0z"
    assert (unsure.is_sure, sure.is_sure) == (False, True)


def test_no_path_says_what_is_not_there() -> None:
    axis = Axis(1, 2, column=960)
    sure = draw_density(bins_of(axis), [Count(1, 1), Count(0, 0)])
    assert [path.is_sure for path in sure.paths] == [True]
    unsure = draw_density(bins_of(axis), [Count(0, 1), Count(0, 1)])
    assert [path.is_sure for path in unsure.paths] == [False]
    assert draw_density(bins_of(axis), [Count(0, 0)] * 2).paths == []


def test_a_small_bar_can_be_seen() -> None:
    axis = Axis(1, 2, column=960)
    [path] = draw_density(bins_of(axis), [Count(1, 1), Count(1000, 1000)]).paths
    assert path.d == "M0 32v-0.8h1v-31.2h1v32z"


def test_the_peak_is_written_with_its_doubt() -> None:
    axis = Axis(day_number(2017, 4, 1), day_number(2017, 4, 9), column=960)
    counts = [Count(0, 0)] * 3 + [Count(9, 1234)] + [Count(0, 0)] * 5
    peak = draw_density(bins_of(axis), counts).peak
    assert peak
    assert (peak.words, peak.x, peak.anchor) == ("up to 1,234 · 4 Apr", 38.89, "middle")
    sure = draw_density(bins_of(axis), [Count(3, 3)] + [Count(0, 0)] * 8).peak
    assert sure
    assert (sure.words, sure.anchor) == ("3 · 1 Apr", "middle")


def test_a_gutter_has_a_number_and_no_bar() -> None:
    axis = axis_over("2017-04", has_earlier=True)
    density = draw_density(bins_of(axis), [Count(50, 50), Count(1, 1)] + [Count(0, 0)] * 29)
    assert (density.earlier, density.later) == (50, 0)
    assert density.peak
    assert density.peak.words == "1 · 1 Apr"


def test_lanes_of_one_scale() -> None:
    axis = Axis(1, 1, column=960)
    [path] = draw_density(bins_of(axis), [Count(1, 1)], top=4).paths
    assert path.d == "M0 32v-8h1v8z"
