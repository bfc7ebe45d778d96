"""Lanes below each other: which of them tell titles, marks or numbers, and what stands where."""

import random
from collections.abc import Sequence
from itertools import combinations

import pytest

from config.edtf.dates import parse
from events.charts.axis import Axis
from events.charts.lanes.density import Bins, Count
from events.charts.lanes.lane import Lane, LaneEvent
from events.charts.lanes.legend import legend_of
from events.charts.lanes.narrow import draw_narrow
from events.charts.lanes.picture import Drawn, Picture, draw_lanes, mark_of
from events.charts.lanes.table import tabulate
from tests.events.charts.lanes.test_zoom import period
from tests.events.chronologies import DATES, LONG_AGO

COLUMN = 960
STANDINGS = ("reported", "occurred", "alleged", "disputed", "called-for", "refuted")
TITLES = (
    "Truce",
    "Council meets on the price of bread",
    "A fire in the granary of the abbey, of which the cause was never found",
    "Совет обсуждает цену хлеба",
)


def event(date: str, key: int = 1, title: str = "Truce", standing: str = "reported") -> LaneEvent:
    words = standing.capitalize()
    return LaneEvent(key, f"e{key}", f"/events/e{key}/", title, parse(date), standing, words)


def lane(events: Sequence[LaneEvent], key: int = 1, *, is_read: bool = True) -> Lane:
    undated = sum(e.when.first_day is e.when.last_day is None for e in events)

    def count(bins: Bins) -> list[Count]:
        """Worked out event by event."""
        starts = bins.starts
        ends = [start - 1 for start in starts[1:]] + [bins.last_day]
        return [
            Count(*map(sum, zip(*((_lies(e, *ends), _may(e, *ends)) for e in events), strict=True)))
            for ends in zip(starts, ends, strict=True)
        ]

    return Lane(key, f"Lane {key}", "", len(events), undated, events if is_read else None, count)


def _ends(one: LaneEvent) -> tuple[int, int]:
    first, last = one.when.first_day, one.when.last_day
    return -(2**61) if first is None else first, 2**61 if last is None else last


def _is_dated(one: LaneEvent) -> bool:
    return (one.when.first_day, one.when.last_day) != (None, None)


def _may(one: LaneEvent, start: int, end: int) -> bool:
    first, last = _ends(one)
    return _is_dated(one) and first <= end and last >= start


def _lies(one: LaneEvent, start: int, end: int) -> bool:
    first, last = _ends(one)
    return _is_dated(one) and start <= first and last <= end and not one.when.is_qualified


def axis_over(text: str, *, has_gutters: bool = False) -> Axis:
    days = period(text)
    return Axis(days.first_day, days.last_day, has_gutters, has_gutters, column=COLUMN, gutter=8.75)


APRIL = axis_over("2017-04")


def shapes(date: str, axis: Axis = APRIL) -> list[tuple[str, float, float, str]]:
    mark = mark_of(axis, event(date))
    assert mark
    return [(s.css, s.x, s.end, s.mask) for s in (*mark.bars, *mark.dots)]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2017-04-04", [("on", 10.0, 13.33, "")]),
        ("[2017-04-03..2017-04-09]", [("within", 6.67, 30.0, "")]),
        ("2017-04-03/2017-04-09", [("through", 6.67, 30.0, "")]),
        ("2017-04-10/..", [("through", 30.0, 100.0, "after")]),
        ("2017-04-16~", [("within", 50.0, 53.33, "both")]),
        # What has neither end lasts through all of the window.
        ("../..", [("through", 0.0, 100.0, "both")]),
        # It ends within a month: no day is named.
        ("../2017-04", [("within", 0.0, 100.0, "")]),
    ],
)
def test_a_mark_is_as_wide_as_the_doubt(
    date: str, expected: list[tuple[str, float, float, str]]
) -> None:
    assert shapes(date) == expected


def test_a_mark_goes_on_beyond_a_window() -> None:
    mark = mark_of(APRIL, event("[2017-03-20..2017-05-02]"))
    assert mark
    [bar] = mark.bars
    assert (bar.x, bar.end, bar.goes_before, bar.goes_after) == (0.0, 100.0, True, True)


def test_nothing_is_drawn_of_what_has_no_date_or_lies_elsewhere() -> None:
    assert mark_of(APRIL, event("")) is None
    assert mark_of(APRIL, event("2017-05-01")) is None


def test_a_day_of_many_years_is_a_dot() -> None:
    mark = mark_of(axis_over("-0999/2017"), event("2017-04-04"))
    assert mark
    assert [dot.css for dot in mark.dots] == ["on"]


def drawn(*lanes: Lane, axis: Axis = APRIL) -> Picture:
    return draw_lanes(lanes, axis)


def test_titles_then_marks_then_numbers_by_room_alone() -> None:
    dates = [f"2017-04-{day:02}" for day in range(1, 31)]
    few = lane([event(dates[i], i) for i in range(6)])
    more = lane([event(date, i, TITLES[2]) for i, date in enumerate(dates * 3)], 2)
    many = lane([event(dates[0], i) for i in range(22)], 3)
    states = [
        (bool(one.titles), bool(one.marks), one.density is not None)
        for one in drawn(few, more, many, lane([], 4)).lanes
    ]
    assert states == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
        (False, False, False),
    ]


def test_a_high_picture_has_fewer_rows_of_titles() -> None:
    crowded = [lane([event("2017-04-01", i) for i in range(10)], key) for key in range(1, 13)]
    assert all(one.titles for one in drawn(*crowded[:4]).lanes)
    picture = drawn(*crowded)
    assert not any(one.titles for one in picture.lanes)
    assert all(one.marks for one in picture.lanes)
    assert picture.height <= 1200


def test_marks_stand_on_the_base_line() -> None:
    dates = ["2017-04-01"] * 3 + [f"2017-04-{day:02}" for day in range(2, 31)] * 9
    [found] = drawn(lane([event(date, i) for i, date in enumerate(dates)])).lanes
    assert {mark.y for mark in found.marks if mark.mark.bars[0].x == 0} == {
        found.base - 7 * row for row in (1, 2, 3)
    }


def test_a_title_in_a_gutter_says_its_date() -> None:
    [found] = drawn(lane([event("1911~")]), axis=axis_over("2017-04", has_gutters=True)).lanes
    assert [one.label and one.label.words.role for one in found.titles] == ["about 1911"]


def test_no_title_stands_on_a_struck_mark() -> None:
    refuted = event("[2017-04-03..2017-04-29]", standing="refuted")
    plain = event("[2017-04-03..2017-04-29]", 2)
    [found] = drawn(lane([refuted, plain])).lanes
    inside = [one.label is not None and one.label.offset > 7 for one in found.titles]
    assert inside == [False, True]


def test_the_legend_has_what_is_drawn_and_nothing_else() -> None:
    events = [event("2017-04-03"), event("2017-04-20/..", 2, standing="alleged")]
    assert [key.words for key in legend_of(drawn(lane(events)))] == [
        "on that day",
        "through all of this span",
        "start or end not given",
        "alleged",
    ]
    numbers = lane([event("2017-04-03")], is_read=False)
    assert [key.words for key in legend_of(drawn(numbers))] == [
        "number of events, surely in that time"
    ]


def test_lanes_share_a_scale_where_it_is_asked_for() -> None:
    one, other = (
        lane([event("2017-04-03", i) for i in range(number)], key, is_read=False)
        for key, number in ((1, 1), (2, 4))
    )
    own, same = (
        [d.paths[0].d for d in draw_lanes([one, other], APRIL, has_same_height=is_same).densities]
        for is_same in (False, True)
    )
    assert own == ["M0 32h2v-32h1v32h27v0z"] * 2
    assert same == ["M0 32h2v-8h1v8h27v0z", "M0 32h2v-32h1v32h27v0z"]


def test_narrow_lanes_list_a_few_and_count_the_others() -> None:
    few, more = ([event("2017-04-03", i) for i in range(number)] for number in (12, 13))
    axis = Axis(APRIL.first_day, APRIL.last_day)
    listed, counted, empty = draw_narrow([lane(few), lane(more, 2), lane([], 3)], axis)
    assert [e.key for e, _mark in listed.rows] == [e.key for e in few]
    assert listed.density is None
    assert counted.rows == []
    assert counted.density
    assert (empty.rows, empty.density) == ([], None)


def test_the_table_says_the_same() -> None:
    events = [event("2017-04-03"), event("[2017-04-03..2017-04-04]", 2), event("", 3)]
    read, counted = tabulate([lane(events), lane(events, 2, is_read=False)], APRIL)
    assert [e.key for e in read.events] == [1, 2, 3]
    assert read.rows == 3
    assert [(c.period and c.period.text, c.count) for c in counted.cells] == [
        ("2017-04-03", Count(1, 2)),
        ("2017-04-04", Count(0, 1)),
    ]
    # The event without a day has a row of its own.
    assert counted.rows == 3


# ---- Random chronologies


def _random_lanes(chance: random.Random) -> list[Lane]:
    dates = [*DATES, *LONG_AGO, *(f"2014-03-{day:02}" for day in range(1, 32))]
    return [
        lane(
            [
                event(chance.choice(dates), i, chance.choice(TITLES), chance.choice(STANDINGS))
                for i in range(chance.choice((0, 1, 3, 9, 40)))
            ],
            key,
        )
        for key in range(1, chance.randint(2, 7))
    ]


def _random_axis(chance: random.Random) -> Axis:
    has_gutters = chance.random() < 0.5
    return axis_over(chance.choice(("2014-03", "2014", "2010/2019")), has_gutters=has_gutters)


def _box(one: Drawn) -> tuple[float, float, float]:
    assert one.label
    return one.y, one.label.start, one.label.end


@pytest.mark.parametrize("seed", range(200))
def test_random_chronologies(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    lanes, axis = _random_lanes(chance), _random_axis(chance)
    picture = draw_lanes(lanes, axis)
    for one in picture.lanes:
        boxes = [_box(d) for d in one.titles if d.label]
        assert all(start >= 0 and end <= COLUMN for _y, start, end in boxes)
        for (y, start, end), (other_y, other_start, other_end) in combinations(boxes, 2):
            assert y != other_y or end <= other_start or other_end <= start
        _assert_that_each_event_is_told(one.lane, one.titles or one.marks, one.density, axis)
    assert picture.height == sum(one.height + 1 for one in picture.lanes)


def _assert_that_each_event_is_told(
    given: Lane, marks: Sequence[Drawn], density: object, axis: Axis
) -> None:
    events = given.events or []
    visible = {e.key for e in events if mark_of(axis, e) is not None}
    if marks or not density:
        assert {one.event.key for one in marks} == visible
        return
    numbers = draw_lanes([lane(events, is_read=False)], axis).densities[0]
    assert numbers == density
