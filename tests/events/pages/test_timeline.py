"""Rows of a timeline in sections, each with its mark."""

import pytest

from config.edtf.dates import parse
from events.pages.entries import Entry
from events.pages.timeline import draw_timeline


def entries(dates: list[str]) -> list[Entry]:
    plain = {"url": "", "title": "", "standing": "reported", "standing_in_words": "", "kind": ""}
    rows = {"summary": "", "place": None, "country": None}
    return [
        Entry(key=key, slug=str(key), when=parse(date), **plain, **rows)
        for key, date in enumerate(dates)
    ]


def headings(dates: list[str], number: int = 100) -> list[tuple[str, int]]:
    drawn = draw_timeline(entries(dates), is_by_date=True, number=number)
    return [(section.heading, len(section.entries)) for section in drawn.sections]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2017-05-02"] * 4 + ["2017-04-30"] * 3, [("May 2017", 4), ("April 2017", 3)]),
        (["2017-05-02"], [("May 2017", 1)]),
        # One a month is too few: then years, decades, centuries.
        ([f"2017-{m:02}" for m in range(12, 0, -1)], [("2017", 12)]),
        ([f"{y}" for y in range(2009, 1999, -1)], [("2000 to 2009", 10)]),
        (
            ["1990", "1950", "1910", "1890", "1850", "1810"],
            [("1900 to 1999", 3), ("1800 to 1899", 3)],
        ),
        (
            ["2010", "0500", "-0999"],
            [("2000 to 2999", 1), ("1 BCE to 999 CE", 1), ("1001 BCE to 2 BCE", 1)],
        ),
        (["2017-05-02"] * 3 + ["", "../.."], [("May 2017", 3), ("Without a date", 2)]),
        # Until some day of April: perhaps until its last.
        (["../2017-04", "2017-04-30", "2017-04-30"], [("April 2017", 3)]),
        ([], []),
    ],
)
def test_sections(dates: list[str], expected: list[tuple[str, int]]) -> None:
    assert headings(dates) == expected


def test_few_events_have_no_headings_but_for_what_has_no_date() -> None:
    assert headings(["2017", "2016", ""], number=3) == [("", 2), ("Without a date", 1)]
    assert headings([""], number=1) == [("Without a date", 1)]


def test_in_another_order_nothing_stands_apart() -> None:
    drawn = draw_timeline(entries(["2017", "", "2018"]), is_by_date=False, number=100)
    [section] = drawn.sections
    assert [bool(entry.mark) for entry in section.entries] == [True, False, True]
