from pathlib import Path

import pytest

from tests.bench import options
from tests.bench.options import BadOptionError


@pytest.mark.parametrize(
    ("given", "sizes"),
    [({}, (1, 6)), ({"BENCH_COPIES": "1"}, (1,)), ({"BENCH_COPIES": "3"}, (1, 3))],
)
def test_sizes(given: dict[str, str], sizes: tuple[int, ...]) -> None:
    assert options.read(given).sizes == sizes


@pytest.mark.parametrize("text", ["0", "-1", "six", "21", "1.5", "9" * 5000])
def test_nonsense_is_named(text: str) -> None:
    for name in ("BENCH_COPIES", "BENCH_LIMIT"):
        with pytest.raises(BadOptionError, match=name):
            options.read({name: text if text != "21" else "3601"})


def test_a_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(BadOptionError, match="no such file"):
        options.read({"GED_CSV": str(tmp_path / "missing.csv")})
    file = tmp_path / "ged.csv"
    file.touch()
    assert options.read({"GED_CSV": str(file), "BENCH_FRESH": "1"}).is_fresh
    assert options.read({"GED_CSV": str(file)}).data == file.resolve()
