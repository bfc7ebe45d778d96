from pathlib import Path

import pytest

from tests.bench import place
from tests.bench.place import Folder


def test_what_was_loaded_is_known_by_its_digest(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "ged-1000")
    assert folder.seconds("pg", "abc") is None
    folder.empty()
    folder.is_loaded("pg", "abc", 12.5)
    assert folder.seconds("pg", "abc") == 12.5
    assert folder.seconds("pg", "abd") is None
    assert folder.seconds("datasette", "abc") is None
    (folder.path / "pg").mkdir()
    folder.empty()
    assert list(folder.path.iterdir()) == []


def test_the_digest_follows_data_number_and_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "ged.csv"
    data.write_text("id\n1\n")
    given = place.digest_of(data, 1)
    assert place.digest_of(data, 1) == given
    others = [place.digest_of(data, 6), place.digest_of(None, 1)]
    others.append(place.digest_of(data, 1, ["tests/bench/datasette_data.py"]))
    assert len({given, *others}) == 4
    data.write_text("id\n2\n")
    assert place.digest_of(data, 1) != given
    made_up = place.digest_of(None, 1)
    monkeypatch.setattr(place, "_SHAPING", place._SHAPING[1:])
    assert place.digest_of(None, 1) != made_up
