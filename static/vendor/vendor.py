#!/usr/bin/env python3
"""Remakes the files of other projects in a folder, as the vendor.json in it lists them.

    python static/vendor/vendor.py                fetch what is listed; stop where a sum differs
    python static/vendor/vendor.py --record       fetch, and write the sums found into vendor.json
    python static/vendor/vendor.py --check        compare what lies here with vendor.json, offline
    python static/vendor/vendor.py tests/vendor   the same of another folder

To take a newer version, change it in vendor.json and run with --record. Fetching needs npm.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIST = "vendor.json"
# A map is not kept beside its script, and the manifest storage refuses a link that leads nowhere.
SOURCE_MAP = re.compile(rb"^[^\n]*sourceMappingURL=[^\n]*\n?", re.MULTILINE)


def fetch(package: str, version: str, paths: list[str]) -> dict[str, bytes]:
    """The named files of one published version, by their path inside the package."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", f"{package}@{version}", "--ignore-scripts", "--silent"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as packed:
            return {path: _read(packed, f"package/{path}") for path in paths}


def _read(packed: tarfile.TarFile, name: str) -> bytes:
    member = packed.extractfile(name)
    if member is None:
        raise FileNotFoundError(name)
    content = member.read()
    return SOURCE_MAP.sub(b"", content) if name.endswith((".js", ".css")) else content


def remake(folder: Path, entries: list[dict[str, str]], *, record: bool) -> list[str]:
    """Writes every listed file whose sum is right; returns what was wrong."""
    problems = []
    for package, version in sorted({(e["package"], e["version"]) for e in entries}):
        wanted = [e for e in entries if (e["package"], e["version"]) == (package, version)]
        contents = fetch(package, version, [e["path"] for e in wanted])
        for entry in wanted:
            content = contents[entry["path"]]
            digest = hashlib.sha256(content).hexdigest()
            if record:
                entry["sha256"] = digest
            if digest != entry.get("sha256"):
                problems.append(f"{entry['file']}: {package} {version} now holds other content")
                continue
            target = folder / entry["file"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    if record:
        (folder / LIST).write_text(json.dumps({"files": entries}, indent=2) + "\n")
    return problems


def check(folder: Path, entries: list[dict[str, str]]) -> list[str]:
    """What differs between the list and the files of the folder."""
    problems = []
    for entry in entries:
        path = folder / entry["file"]
        if not path.is_file():
            problems.append(f"{entry['file']}: listed, but not here")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != entry.get("sha256"):
            problems.append(f"{entry['file']}: differs from the sum in vendor.json")
        elif path.suffix in {".js", ".css"} and SOURCE_MAP.search(path.read_bytes()):
            problems.append(f"{entry['file']}: names a source map")
    listed = {entry["file"] for entry in entries}
    # One level down: the list and this script lie above, compiled Python deeper.
    here = {path.relative_to(folder).as_posix() for path in folder.glob("[!_]*/*")}
    problems += [f"{name}: here, but not listed" for name in sorted(here - listed)]
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=HERE)
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--check", action="store_true", help="compare only, without network")
    action.add_argument("--record", action="store_true", help="accept the sums of what is fetched")
    arguments = parser.parse_args()
    folder = arguments.folder
    entries = json.loads((folder / LIST).read_text())["files"]
    if arguments.check:
        problems = check(folder, entries)
    else:
        problems = remake(folder, entries, record=arguments.record)
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
