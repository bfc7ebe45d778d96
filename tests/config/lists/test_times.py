"""Times in queries: RFC 3339, and nothing that only looks like it."""

from datetime import UTC, datetime

import pytest

from config.lists.times import read_time

GOOD = {
    "2026-11-30T10:00:00Z": datetime(2026, 11, 30, 10, tzinfo=UTC),
    "2026-11-30t10:00:00z": datetime(2026, 11, 30, 10, tzinfo=UTC),
    "2026-11-30T12:30:00+02:30": datetime(2026, 11, 30, 10, tzinfo=UTC),
    # A plus that a query string turned into a blank.
    "2026-11-30T12:30:00 02:30": datetime(2026, 11, 30, 10, tzinfo=UTC),
    "2026-11-30T09:00:00-01:00": datetime(2026, 11, 30, 10, tzinfo=UTC),
    "2026-11-30T10:00:00.5Z": datetime(2026, 11, 30, 10, 0, 0, 500_000, tzinfo=UTC),
    "2026-11-30T10:00:00.1234569Z": datetime(2026, 11, 30, 10, 0, 0, 123_456, tzinfo=UTC),
    "2016-12-31T23:59:60Z": datetime(2017, 1, 1, tzinfo=UTC),
    "0001-01-01T00:00:00Z": datetime(1, 1, 1, tzinfo=UTC),
    "9999-12-31T23:59:59Z": datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
}
BAD = [
    *("", "2026", "2026-11-30", "2026-11-30T10:00Z", "2026-11-30T10:00:00", "20261130T100000Z"),
    *("0000-01-01T00:00:00Z", "99999-01-01T00:00:00Z", "2026-02-30T00:00:00Z"),
    *("2026-11-30T25:00:00Z", "2026-11-30T10:61:00Z", "2026-11-30T10:00:61Z"),
    *("2026-11-30T10:00:00+24:00", "2026-11-30T10:00:00+0200", "2026-11-30T10:00:00.Z"),
    *("0001-01-01T00:00:00+01:00", "9999-12-31T23:59:60Z", "9999-12-31T23:59:59-01:00"),
    *("٢٠٢٦-11-30T10:00:00Z", "2026-11-30T10:00:00Z\x00", "-2026-11-30T10:00:00Z", "now"),
    "2026-11-30T10:00:00Z\n",
]


@pytest.mark.parametrize("text", GOOD)
def test_times_are_read(text: str) -> None:
    assert read_time(text) == GOOD[text]


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the form says why
        read_time(text)
