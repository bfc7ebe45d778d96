"""Calls of functions of the database that no queryset writes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection


def fetch(sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that a statement gives, with these values for its parameters."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
