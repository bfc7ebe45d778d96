"""The two files of a backup: the dump, and beside it a manifest of what is in it."""

import hashlib
import json
import os
import tomllib
from pathlib import Path
from typing import TypedDict

from django.conf import settings
from django.core.management import CommandError

from config.backup.contents import Table


class Manifest(TypedDict):
    program: str  # the version of Chancery
    server: int  # the major version of PostgreSQL
    dumped_by: int  # the major version of pg_dump, which may be newer
    migrations: list[str]
    tables: dict[str, Table]
    sha256: str  # of the dump


def manifest_of(dump: Path) -> Path:
    return dump.with_name(f"{dump.name}.json")


def program() -> str:
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(path: Path, manifest: Manifest) -> None:
    path.touch(mode=0o600)
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Manifest:
    try:
        manifest: Manifest = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(manifest, dict) or not Manifest.__required_keys__ <= manifest.keys():
            raise ValueError("keys are missing")
    except (OSError, ValueError) as error:
        raise CommandError(f"The backup is not whole: {path} cannot be read ({error}).") from error
    return manifest


def keep(temporary: Path, path: Path) -> None:
    """The name appears only when what it names is on the disk."""
    _sync(temporary)
    temporary.rename(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
