import gzip
import lzma
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.bench.ged import BadFileError, read, sized

REDUCED = """\
id,year,month,day,country,type_of_violence,conflict_name,side_a,side_b,\
latitude,longitude,low_death,best_death,high_death
7,2017,7,31,Northland,State-based violence,Rule,Government of Northland,League,34.5311,69.1628,6,7,9
8,1989,1,3,DR Southland (Eastland),One-sided violence,League,League,Civilians,-1.5,20.0,0,2,2
"""
FULL = """\
id,year,type_of_violence,conflict_name,side_a,side_b,where_coordinates,adm_1,\
latitude,longitude,country,country_id,date_start,date_end,low,best,high
#event+id,#year,#type,#conflict,#a,#b,#loc,#adm,#lat,#lon,#country,#id,#start,#end,#low,#best,#high
9,2015,2,"A, and
B",Front  A,Front B,Mill Town,North,23.5,98.2,Northland,775,2015-05-11 00:00,2015-05-12 00:00,0,1,30
10,2015,1,A,Front A,Front B,,North,23.5,98.2,Northland,775,2015-05-11,2015-05-11,0,1,30
"""


def written(path: Path, text: str = REDUCED) -> Path:
    opener = {".gz": gzip.open, ".xz": lzma.open}.get(path.suffix, open)
    with opener(path, "wt", encoding="utf-8", newline="") as file:
        file.write(text)
    return path


@pytest.mark.parametrize("name", ["ged.csv", "ged.csv.gz", "ged.csv.xz"])
def test_reads_each_kind_of_file(tmp_path: Path, name: str) -> None:
    first, second = read(written(tmp_path / name))
    assert (first.number, first.first, first.last) == ("7", date(2017, 7, 31), date(2017, 7, 31))
    assert (first.violence, first.side_a) == ("state-based", "Government of Northland")
    assert (first.low, first.best, first.high) == (6, 7, 9)
    assert first.place == "34.5311, 69.1628"
    assert (second.country, second.latitude, second.gw) == ("DR Southland (Eastland)", -1.5, None)


def test_maps_the_full_layout_by_its_header(tmp_path: Path) -> None:
    first, second = read(written(tmp_path / "ged.csv", FULL))
    assert (first.number, first.violence, first.gw) == ("9", "non-state", 775)
    assert (first.first, first.last) == (date(2015, 5, 11), date(2015, 5, 12))
    assert (first.conflict, first.side_a, first.place) == ("A, and B", "Front A", "Mill Town")
    assert (second.place, second.high) == ("North", 30)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("2017,7,31", "2017,7,32", "line 2: day is out of range"),
        ("34.5311", "north", "line 2: could not convert"),
        ("One-sided violence", "Quarrel", "line 3: 'quarrel'"),
        ("country", "land", "line 2: 'country'"),
    ],
)
def test_says_where_a_file_is_no_ged(tmp_path: Path, before: str, after: str, message: str) -> None:
    path = written(tmp_path / "ged.csv", REDUCED.replace(before, after, 1))
    with pytest.raises(BadFileError, match=f"ged.csv, {message}"):
        read(path)


def test_says_that_a_compressed_file_is_broken(tmp_path: Path) -> None:
    path = written(tmp_path / "ged.csv.gz")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(BadFileError, match=r"ged\.csv\.gz cannot be read"):
        read(path)


def test_more_events_than_there_are_lie_before_all_of_the_first(tmp_path: Path) -> None:
    both = list(sized(read(written(tmp_path / "ged.csv")), 5))
    assert [each.number for each in both] == ["7", "8", "7-1", "8-1", "7-2"]
    assert both[2].first == date(1985, 7, 31)
    assert both[2].side_a == both[0].side_a


def test_fewer_are_taken_evenly(tmp_path: Path) -> None:
    two = read(written(tmp_path / "ged.csv"))
    ten = [replace(each, number=f"{each.number}{n}") for n in range(5) for each in two]
    assert [each.number for each in sized(ten, 4)] == ["70", "71", "82", "83"]
    assert list(sized(two, 2)) == two


def test_a_small_file_is_not_copied_without_end(tmp_path: Path) -> None:
    two = read(written(tmp_path / "ged.csv"))
    assert len(list(sized(two, 50))) == 50
    with pytest.raises(BadFileError, match="2 events cannot be made 51"):
        list(sized(two, 51))
