"""Conditions and querysets as they stand within larger statements."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet


def is_gathered_among(column: str, rows: QuerySet[Any], key: str = "pk") -> Func:
    """The column is a key of one of these rows; all that have it are gathered through its index.

    An index is walked once for a sorted array of keys, and from its root on for each row of a join.
    """
    keys = ArraySubquery(rows.order_by().values(key))
    return _condition(F(column), keys, template="(%(expressions)s))", arg_joiner=" = ANY (")


def _condition(*expressions: Any, **writing: str) -> Func:
    return Func(*expressions, output_field=BooleanField(), **writing)


def compiled(rows: QuerySet[Any]) -> tuple[str, list[Any]]:
    """A queryset as SQL and its parameters, to stand within a larger statement.

    Conditions that no row can meet are written too, rather than raised as EmptyResultSet.
    """
    sql, values = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return sql, list(values)
