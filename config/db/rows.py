"""Records made from the rows of a statement written by hand.

Where a page wants a few records of a known shape, the ORM takes several times as long to write the
statement as the database to answer it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


class Columns(Generic[Row]):
    """Columns of a model as a statement names them, and the records that their values make."""

    def __init__(self, model: type[Row], table: str, names: Collection[str] = ()) -> None:
        """`table` is what the statement calls the model's table; without `names`, all columns."""
        fields = [f for f in model._meta.concrete_fields if not names or f.attname in names]
        self._model = model
        self._names = [field.attname for field in fields]
        self._written = ", ".join(f"{table}.{field.column}" for field in fields)

    def __str__(self) -> str:
        return self._written

    def record(self, values: Iterator[Any]) -> Row:
        """A record as it is in the database, of the next values: one for each column."""
        taken = list(islice(values, len(self._names)))
        return self._model.from_db(DEFAULT_DB_ALIAS, self._names, taken)


def fetch(sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that a statement gives, with these values for its parameters."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
