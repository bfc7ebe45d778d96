from pathlib import Path

import pytest

from tests.bench import place
from tests.bench.place import Folder


def test_what_was_loaded_is_known_by_its_digest(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "ged-1000")
    assert folder.seconds("abc") is None
    folder.empty()
    folder.is_loaded("abc", 12.5)
    assert folder.seconds("abc") == 12.5
    assert folder.seconds("abd") is None
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
    assert len({given, place.digest_of(data, 6), place.digest_of(None, 1)}) == 3
    data.write_text("id\n2\n")
    assert place.digest_of(data, 1) != given
    made_up = place.digest_of(None, 1)
    monkeypatch.setattr(place, "_SHAPING", place._SHAPING[1:])
    assert place.digest_of(None, 1) != made_up
