import pytest

from tests.bench import measuring
from tests.bench.measuring import percentile, time_each


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

    timing = time_each(ask, checked.append)
    assert timing.number == 30
    assert checked == asked == [*range(31)]
    assert 0 < timing.p50 <= timing.p95


def test_goes_on_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "MOMENT", 0.05)
    assert time_each(lambda: None, lambda answer: None).number > 30


def test_a_wrong_answer_ends_it() -> None:
    def check(answer: str) -> None:
        raise ValueError(answer)

    with pytest.raises(ValueError, match="an error page"):
        time_each(lambda: "an error page", check)


def test_stops_when_time_is_over() -> None:
    assert time_each(lambda: None, lambda answer: None, limit=0).number == 1
