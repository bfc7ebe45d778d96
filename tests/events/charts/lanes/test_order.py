"""The order of lanes."""

from events.charts.lanes.order import in_order


def test_kin_stand_together_the_fullest_first() -> None:
    numbers = {1: 9, 2: 7, 3: 5, 4: 1}
    assert in_order(numbers, {1: "a", 2: "b", 3: "b", 4: "a"}, {}) == [2, 3, 1, 4]


def test_what_is_linked_stands_near() -> None:
    numbers = {1: 9, 2: 7, 3: 5}
    assert in_order(numbers, {}, {}) == [1, 2, 3]
    assert in_order(numbers, {}, {(3, 1): 1}) == [1, 3, 2]
