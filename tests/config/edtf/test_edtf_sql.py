"""The database reads dates with doubt exactly as Python does."""

from datetime import date
from typing import Any

import pytest
from django.db import DataError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.errors import InvalidDatetimeFormat

from config.edtf.dates import DateError, first_day_of, last_day_of, parse
from tests.config.edtf.edtf_texts import edtf_like_texts
from tests.config.edtf.test_dates import FAR, REFUSED, STATED

pytestmark = pytest.mark.django_db

FUNCTIONS = [
    "edtf_first_day",
    "edtf_last_day",
    "edtf_earliest_on",
    "edtf_latest_on",
    "edtf_is_qualified",
]
TEXTS = [row[0] for row in (*STATED, *FAR, *REFUSED) if "\x00" not in row[0] and row[0].isascii()]

# The rows that a test draws are only read, so one transaction serves all its examples.
reading_only = settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def by_database(text: str) -> tuple[Any, ...] | None:
    """The five values, None where the database refuses the text as a date."""
    columns = ", ".join(f"{name}(%s)" for name in FUNCTIONS)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns}", [text] * len(FUNCTIONS))
            return cursor.fetchone()
    except DataError as error:
        if isinstance(error.__cause__, InvalidDatetimeFormat):
            return None
        raise


def by_python(text: str) -> tuple[Any, ...] | None:
    """The same from config.edtf.dates."""
    try:
        stated = parse(text)
    except DateError:
        return None
    return (
        first_day_of(text),
        last_day_of(text),
        stated.earliest_on,
        stated.latest_on,
        stated.is_qualified,
    )


@pytest.mark.parametrize("text", TEXTS)
def test_reads_the_table_alike(text: str) -> None:
    assert by_database(text) == by_python(text)


@given(edtf_like_texts())
@reading_only
def test_reads_drawn_texts_alike(text: str) -> None:
    assert by_database(text) == by_python(text)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12))
@reading_only
def test_refuses_other_texts_alike(text: str) -> None:
    assert by_database(text) == by_python(text)


@given(st.dates())
@reading_only
def test_reads_days_alike(day: date) -> None:
    number = day.toordinal()
    assert by_database(day.isoformat()) == (number, number, day, day, False)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_names_the_refused_text(function: str) -> None:
    message = '"2017-13" is not a date this chronology can hold'
    with (
        connection.cursor() as cursor,
        pytest.raises(DataError, match=message),
        transaction.atomic(),
    ):
        cursor.execute(f"SELECT {function}('2017-13')")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_null_gives_null(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(NULL)")
        assert cursor.fetchone() == (None,)


def test_generates_columns_whatever_the_search_path() -> None:
    # A restored dump computes generated columns with an empty search_path.
    with connection.cursor() as cursor:
        columns = ", ".join(
            f"c{number} {kind} GENERATED ALWAYS AS ({name}(stated)) STORED"
            for number, (name, kind) in enumerate(
                zip(FUNCTIONS, ["bigint", "bigint", "date", "date", "boolean"], strict=True)
            )
        )
        cursor.execute(f"CREATE TEMPORARY TABLE dated (stated text, {columns})")
        cursor.execute("SET LOCAL search_path = ''")
        cursor.execute(
            "INSERT INTO pg_temp.dated VALUES ('2017-04-04'), ('2017~'), ('[2017-04-11..]')"
        )
        cursor.execute("SELECT c0, c2, c3, c4 FROM pg_temp.dated")
        assert cursor.fetchall() == [
            (736_423, date(2017, 4, 4), date(2017, 4, 4), False),
            (736_330, date(2017, 1, 1), date(2017, 12, 31), True),
            (736_430, date(2017, 4, 11), None, False),
        ]
