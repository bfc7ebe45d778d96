"""Reads a file of the UCDP Georeferenced Event Dataset, in any of the layouts it has had."""

import csv
import gzip
import lzma
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TextIO

# Days between two copies of the data: 32 years, what the dataset spans. Each copy lies before all
# of the one before it, on the same days of the year.
SHIFT = timedelta(days=11_688)
_MOST_COPIES = 25

VIOLENCE = {
    "1": "state-based",
    "2": "non-state",
    "3": "one-sided",
    "state-based violence": "state-based",
    "non-state violence": "non-state",
    "one-sided violence": "one-sided",
}
# Releases of the dataset name some columns differently.
_NAMES = {
    "low": ("low", "low_death"),
    "best": ("best", "best_death"),
    "high": ("high", "high_death"),
    "place": ("where_coordinates", "adm_2", "adm_1"),
    "number_of_country": ("country_id", "gwno"),
}


class BadFileError(Exception):
    """The file cannot be read as GED; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One row of GED. `gw` is the country's Gleditsch–Ward number."""

    number: str
    first: date
    last: date
    country: str
    gw: int | None
    violence: str
    conflict: str
    side_a: str
    side_b: str
    place: str
    latitude: float
    longitude: float
    low: int
    best: int
    high: int

    def copied(self, copy: int) -> "Incident":
        """Itself for copy 0; in later ones it happened earlier and has another number."""
        if copy == 0:
            return self
        shift = SHIFT * copy
        return replace(
            self,
            number=f"{self.number}-{copy}",
            first=self.first - shift,
            last=self.last - shift,
        )


def sized(incidents: Sequence[Incident], number: int) -> Iterator[Incident]:
    """So many of them, evenly taken; where that is more than there are, all of them once and then
    again in further copies, which lie earlier. Raises BadFileError where there are too few."""
    if number <= len(incidents):
        yield from (incidents[place * len(incidents) // number] for place in range(number))
        return
    if number > len(incidents) * _MOST_COPIES:
        raise BadFileError(f"{len(incidents):,} events cannot be made {number:,}.")
    for place in range(number):
        copy, original = divmod(place, len(incidents))
        yield incidents[original].copied(copy)


def read(path: Path) -> list[Incident]:
    """Every row of a plain, gzip or xz file; raises BadFileError."""
    with _open(path) as file:
        rows = csv.DictReader(file, strict=True)
        incidents = []
        try:
            for row in rows:
                # A humanitarian edition has a line of tags under the header.
                if not (row.get("id") or "").startswith("#"):
                    incidents.append(_incident(row))
        except (csv.Error, KeyError, ValueError) as error:
            raise BadFileError(f"{path.name}, line {rows.line_num}: {error}") from error
    return incidents


@contextmanager
def _open(path: Path) -> Iterator[TextIO]:
    try:
        with _stream(path) as stream:
            yield TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError, zlib.error) as error:
        raise BadFileError(f"{path.name} cannot be read: {error}") from error


def _stream(path: Path) -> gzip.GzipFile | lzma.LZMAFile | IO[bytes]:
    if path.suffix == ".gz":
        return gzip.open(path)
    return lzma.open(path) if path.suffix == ".xz" else path.open("rb")


def _incident(row: Mapping[str, str]) -> Incident:
    first, last = _days(row)
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    gw = _named(row, "number_of_country")
    return Incident(
        number=row["id"].strip(),
        first=first,
        last=last,
        country=row["country"].strip(),
        gw=int(gw) if gw.isdigit() else None,
        violence=VIOLENCE[row["type_of_violence"].strip().lower()],
        conflict=_line(row["conflict_name"]),
        side_a=_line(row["side_a"]),
        side_b=_line(row["side_b"]),
        place=_line(_named(row, "place")) or f"{latitude:.4f}, {longitude:.4f}",
        latitude=latitude,
        longitude=longitude,
        low=int(_named(row, "low")),
        best=int(_named(row, "best")),
        high=int(_named(row, "high")),
    )


def _days(row: Mapping[str, str]) -> tuple[date, date]:
    """The span in which it happened: two columns, or one day in three."""
    if row.get("date_start"):
        return date.fromisoformat(row["date_start"][:10]), date.fromisoformat(row["date_end"][:10])
    day = date(int(row["year"]), int(row["month"]), int(row["day"]))
    return day, day


def _named(row: Mapping[str, str], what: str) -> str:
    """The first of the columns that may hold it and is filled; empty if none is."""
    return next((row[name].strip() for name in _NAMES[what] if row.get(name)), "")


def _line(text: str) -> str:
    return " ".join(text.split())
