from pathlib import Path

import pytest

from tests.bench import options
from tests.bench.options import BadOptionError


@pytest.mark.parametrize(
    ("given", "sizes"),
    [
        ({}, (20_000, 176_579)),
        ({"BENCH_COPIES": "1"}, (20_000, 176_579)),
        ({"BENCH_COPIES": "6"}, (20_000, 176_579, 1_059_474)),
        ({"BENCH_EVENTS": "20000"}, (20_000,)),
        ({"BENCH_EVENTS": "1059474 5000", "BENCH_COPIES": "6"}, (1_059_474, 5000)),
    ],
)
def test_sizes(given: dict[str, str], sizes: tuple[int, ...]) -> None:
    assert options.read(given).sizes == sizes


@pytest.mark.parametrize("text", ["0", "-1", "six", "4000001", "1.5", "9" * 5000])
def test_nonsense_is_named(text: str) -> None:
    for name in ("BENCH_COPIES", "BENCH_EVENTS", "BENCH_LIMIT"):
        with pytest.raises(BadOptionError, match=name):
            options.read({name: text})


def test_both_shapes_are_measured_where_there_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "ged.csv"
    file.touch()
    given = {"GED_CSV": str(file), "BENCH_FRESH": "1", "BENCH_EVENTS": "1000 2000"}
    both = options.read(given)
    assert (both.data, both.is_fresh) == (file.resolve(), True)
    assert both.runs == [("ged", 1000), ("varied", 1000), ("ged", 2000), ("varied", 2000)]
    assert options.read(given | {"BENCH_SHAPE": "ged"}).shapes == ("ged",)
    assert options.read({}).shapes == ("varied",)


def test_a_shape_must_be_one_that_can_be_loaded(tmp_path: Path) -> None:
    with pytest.raises(BadOptionError, match="no such file"):
        options.read({"GED_CSV": str(tmp_path / "missing.csv")})
    with pytest.raises(BadOptionError, match="needs GED_CSV"):
        options.read({"BENCH_SHAPE": "ged"})
    with pytest.raises(BadOptionError, match="ged or varied"):
        options.read({"BENCH_SHAPE": "round"})
