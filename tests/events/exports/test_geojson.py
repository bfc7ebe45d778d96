"""GeoJSON as GDAL reads it, by way of pyogrio: QGIS and geopandas see the same."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy
import pytest
from django.test import Client
from pyogrio import read_info
from pyogrio.raw import read

from tests.events.exports.readers import fetch
from tests.factories import make_event, make_location

pytestmark = pytest.mark.django_db

# Beyond the years that a reader can hold, at either end.
BEYOND = {
    "-0043-03-15": (None, None),
    "-0043": (None, None),
    "0000-05-05": (None, None),
    "Y12345": (None, None),
    "Y-17000000": (None, None),
    "-0043/0017-04": (None, "0017-04-30"),
    "9000/Y12345": ("9000-01-01", None),
}
WITHIN = {
    "2017-04-04": ("2017-04-04", "2017-04-04"),
    "0001-01-01": ("0001-01-01", "0001-01-01"),
    "9999-12-31": ("9999-12-31", "9999-12-31"),
    "0987": ("0987-01-01", "0987-12-31"),
    "[2017-04-03..2017-04-09]": ("2017-04-03", "2017-04-09"),
    "../2017-04": (None, "2017-04-30"),
    "2017-04-11/..": ("2017-04-11", None),
    "": (None, None),
}


class Table:
    """The fields of a file, their types and values, as the reader understands them."""

    def __init__(self, text: str, folder: Path) -> None:
        file = folder / "events.geojson"
        file.write_text(text, encoding="utf-8")
        info = read_info(file)
        self.types: dict[str, str] = dict(zip(info["fields"], info["dtypes"], strict=True))
        _meta, _keys, self.geometries, values = read(file)
        self._values = dict(zip(info["fields"], values, strict=True))

    def __getitem__(self, field: str) -> list[Any]:
        """None for what is not there."""
        return [None if _is_missing(value) else value for value in self._values[field].tolist()]


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, numpy.datetime64) and bool(numpy.isnat(value)))


def table(client: Client, folder: Path, query: str = "") -> Table:
    return Table(fetch(client, "geojson", query), folder)


def test_dates_of_any_year_are_read(client: Client, tmp_path: Path) -> None:
    dates = BEYOND | WITHIN
    for edtf in dates:
        make_event(date=edtf)
    found = table(client, tmp_path, "?order=updated")
    assert found.types["not_before"] == found.types["not_after"] == "datetime64[D]"
    assert found.types["date"] == "object"
    assert found.types["updated"].startswith("datetime64")
    days = zip(found["not_before"], found["not_after"], strict=True)
    bounds = [tuple(day and date.isoformat(day) for day in both) for both in days]
    # The EDTF stays as it is.
    assert dict(zip(found["date"], bounds, strict=True)) == dates


@pytest.mark.parametrize("edtf", BEYOND)
def test_only_event_is_read_whatever_its_year(client: Client, tmp_path: Path, edtf: str) -> None:
    make_event(date=edtf)
    found = table(client, tmp_path)
    assert len(found["slug"]) == 1
    assert found["date"][0] in (edtf, f"{edtf}/{edtf}")


def test_days_before_the_year_1_among_other_days_are_read(client: Client, tmp_path: Path) -> None:
    make_event(date="-0043-03-15")
    make_event(date="2017-04-04")
    found = table(client, tmp_path, "?order=date")
    assert found.types["date"] == "object"
    # As a span of one day, which no reader takes for a day.
    assert found["date"] == ["-0043-03-15/-0043-03-15", "2017-04-04"]
    assert found["not_before"] == [None, date(2017, 4, 4)]


def test_days_of_years_that_readers_hold_are_days(client: Client, tmp_path: Path) -> None:
    make_event(date="2017-04-04")
    make_event(date="0001-01-01")
    found = table(client, tmp_path, "?order=date")
    assert found["date"] == [date(1, 1, 1), date(2017, 4, 4)]


def test_points_and_fields_without_a_value_are_read(client: Client, tmp_path: Path) -> None:
    make_event(location=make_location(latitude=35.4, longitude=36.6, precision="town"))
    make_event()
    found = table(client, tmp_path, "?order=updated")
    assert found["latitude"][0] == 35.4
    assert [geometry is None for geometry in found.geometries] == [False, True]
