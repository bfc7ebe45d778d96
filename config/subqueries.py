"""Conditions and querysets as they stand within larger statements."""

import re
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Subquery
from django.db.models.lookups import IsNull


def any_of(rows: QuerySet[Any]) -> IsNull:
    """As Exists, where only the first few rows of an ordered list are wanted.

    The planner turns EXISTS into a join, or gathers all that it could find beforehand; a scalar
    subquery it leaves alone, so that the cost is that of the rows which are looked at.
    """
    return IsNull(Subquery(rows.order_by().values("pk")[:1]), False)


def compiled(rows: QuerySet[Any]) -> tuple[str, list[Any]]:
    """A queryset as SQL and its parameters, to stand within a larger statement.

    Conditions that no row can meet are written too, rather than raised as EmptyResultSet.
    """
    sql, values = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return sql, list(values)


def fits_text(column: str, text: str) -> tuple[str, list[Any]]:
    """That the text stands in the column, whatever its accents and case; anything for none."""
    if not text:
        return "TRUE", []
    pattern = re.sub(r"([%_\\])", r"\\\1", text)
    return f"{column} LIKE sort_key(%s)", [f"%{pattern}%"]
