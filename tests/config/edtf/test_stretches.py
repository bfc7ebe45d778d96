"""What a drawing shows of a date."""

import pytest

from config.edtf.bounds import day_text
from config.edtf.stretches import stretches


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017-04-04", ["on 2017-04-04 2017-04-04"]),
        ("2017-04-04~", ["on 2017-04-04 2017-04-04"]),
        ("2017-04", ["within 2017-04-01 2017-04-30"]),
        ("[2017-04-03..2017-04-09]", ["within 2017-04-03 2017-04-09"]),
        ("[2017-04-11..]", ["within 2017-04-11 None"]),
        ("{2017-04-03..2017-04-09}", ["through 2017-04-03 2017-04-09"]),
        ("2017-04-03/2017-04-09", ["through 2017-04-03 2017-04-09"]),
        ("2017-04-03/2017-04-03", ["on 2017-04-03 2017-04-03"]),
        # It lasted from some day of January to some day of March.
        (
            "2017-01/2017-03",
            [
                "within 2017-01-01 2017-01-31",
                "through 2017-02-01 2017-02-28",
                "within 2017-03-01 2017-03-31",
            ],
        ),
        (
            "2017-01-05/2017-03",
            ["through 2017-01-05 2017-02-28", "within 2017-03-01 2017-03-31"],
        ),
        # Months that follow each other have no day between them.
        ("2017-01/2017-02", ["within 2017-01-01 2017-01-31", "within 2017-02-01 2017-02-28"]),
        ("2017-04/2017-04-20", ["within 2017-04-01 2017-04-20"]),
        # Until some day of April, and so at least to the end of March.
        ("../2017-04", ["through None 2017-03-31", "within 2017-04-01 2017-04-30"]),
        ("2017-04-11/..", ["through 2017-04-11 None"]),
        ("../..", []),
        ("/", []),
        ("", []),
    ],
)
def test_stretches(text: str, expected: list[str]) -> None:
    found = stretches(text)
    ends = [
        [None if day is None else day_text(day) for day in (s.first_day, s.last_day)] for s in found
    ]
    assert [f"{s.body} {a} {b}" for s, (a, b) in zip(found, ends, strict=True)] == expected
