"""Files of other projects under static/vendor are the ones that vendor.json names."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"


def check(folder):
    return subprocess.run(
        [sys.executable, "-B", folder / "vendor.py", "--check"], capture_output=True, text=True
    )


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(VENDOR, tmp_path / "vendor")


def test_committed_files_are_the_listed_ones():
    done = check(VENDOR)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_file_has_its_origin_and_licence():
    entries = json.loads((VENDOR / "vendor.json").read_text())["files"]
    for entry in entries:
        assert set(entry) == {"file", "package", "version", "path", "licence", "sha256"}
    folders = {entry["file"].partition("/")[0] for entry in entries}
    assert all((VENDOR / folder / "LICENSE").is_file() for folder in folders)


def test_no_vendored_script_names_a_source_map():
    scripts = [path for path in VENDOR.glob("*/*") if path.suffix in {".js", ".css"}]
    assert scripts
    assert not [path.name for path in scripts if b"sourceMappingURL" in path.read_bytes()]


def test_a_changed_file_is_found(copy):
    with (copy / "htmx/htmx.min.js").open("a") as script:
        script.write("//# sourceMappingURL=htmx.min.js.map\n")
    assert check(copy).stderr == "htmx/htmx.min.js: differs from the sum in vendor.json\n"


def test_a_missing_file_is_found(copy):
    (copy / "inter/LICENSE").unlink()
    assert check(copy).stderr == "inter/LICENSE: listed, but not here\n"


def test_a_file_of_unknown_origin_is_found(copy):
    (copy / "htmx/other.js").write_text("")
    done = check(copy)
    assert (done.returncode, done.stderr) == (1, "htmx/other.js: here, but not listed\n")
