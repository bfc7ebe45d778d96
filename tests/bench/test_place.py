from pathlib import Path

import pytest

from tests.bench import place
from tests.bench.place import Folder


def test_what_was_loaded_is_known_by_its_digest(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "1-fold")
    assert not folder.holds("pg", "abc")
    folder.empty()
    folder.is_loaded("pg", "abc")
    assert folder.holds("pg", "abc")
    assert not folder.holds("pg", "abd")
    assert not folder.holds("datasette", "abc")
    (folder.path / "pg").mkdir()
    folder.empty()
    assert list(folder.path.iterdir()) == []


def test_the_digest_follows_data_copies_and_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "ged.csv"
    data.write_text("id\n1\n")
    given = place.digest_of(data, 1)
    assert place.digest_of(data, 1) == given
    assert len({given, place.digest_of(data, 6), place.digest_of(None, 1)}) == 3
    data.write_text("id\n2\n")
    assert place.digest_of(data, 1) != given
    synthetic = place.digest_of(None, 1)
    monkeypatch.setattr(place, "_SHAPING", place._SHAPING[1:])
    assert place.digest_of(None, 1) != synthetic
