import time

import pytest

from tests.bench import measuring
from tests.bench.measuring import percentile, time_in_turn


@pytest.mark.parametrize(("part", "value"), [(50, 15), (95, 29), (100, 30), (1, 1)])
def test_percentile_of_thirty(part: int, value: float) -> None:
    assert percentile([*range(30, 0, -1)], part) == value


def test_percentile_of_one() -> None:
    assert percentile([7.5], 50) == percentile([7.5], 95) == 7.5


def test_every_answer_is_checked_and_the_first_is_not_timed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(measuring, "MOMENT", 0)
    asked: list[int] = []
    checked: list[int] = []

    def ask() -> int:
        asked.append(len(asked))
        return asked[-1]

    (timing,) = time_in_turn([(ask, checked.append)])
    assert timing.number == 30
    assert checked == asked == [*range(31)]
    assert 0 < timing.p50 <= timing.p95


@pytest.mark.parametrize("requests", [30, 31])
def test_those_compared_are_asked_in_turn(monkeypatch: pytest.MonkeyPatch, requests: int) -> None:
    monkeypatch.setattr(measuring, "MOMENT", 0)
    monkeypatch.setattr(measuring, "REQUESTS", requests)
    asked: list[str] = []

    def slow() -> None:
        asked.append("slow")
        time.sleep(0.002)

    def quick() -> None:
        asked.append("quick")

    first, second = time_in_turn([(slow, lambda _: None), (quick, lambda _: None)])
    assert (first.number, second.number) == (requests, requests)
    assert second.p50 < 2 <= first.p50
    assert asked[:6] == ["slow", "quick", "slow", "quick", "quick", "slow"]


def test_goes_on_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "MOMENT", 0.05)
    assert time_in_turn([(lambda: None, lambda _: None)])[0].number > 30


def test_a_wrong_answer_ends_it() -> None:
    def check(answer: str) -> None:
        raise ValueError(answer)

    with pytest.raises(ValueError, match="an error page"):
        time_in_turn([(lambda: "an error page", check)])


def test_stops_when_time_is_over() -> None:
    assert time_in_turn([(lambda: None, lambda _: None)], limit=0)[0].number == 1
