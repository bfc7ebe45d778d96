"""Conditions that the database shall ask row by row."""

from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.lookups import IsNull


def any_of(rows: QuerySet[Any]) -> IsNull:
    """As Exists, where only the first few rows of an ordered list are wanted.

    The planner turns EXISTS into a join, or gathers all that it could find beforehand; a scalar
    subquery it leaves alone, so that the cost is that of the rows which are looked at.
    """
    return IsNull(Subquery(rows.order_by().values("pk")[:1]), False)
