"""Cursors: an address for the place in a list at which the next page begins (keyset paging).

A cursor holds what the last row shown is sorted by, so that a page deep in a list costs what the
first does, and rows that come or go before it move nothing. Readers take it as it is.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, F, Func, Lookup, Model, QuerySet, TextField, Value
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual

Rows = TypeVar("Rows", bound=QuerySet[Any])


# How often it has changed what a field compares. The cursors of an order by it begin with this
# number, so that older ones are refused instead of leading elsewhere.
_VERSIONS = {"sort_day": 2}


class CursorError(ValueError):
    """The text is no cursor of this order."""


class _Row(Func):
    """Several values compared as one, by the index that has them."""

    function = "ROW"
    # Not asked for: the parts have types of their own.
    output_field = TextField()


@dataclass(frozen=True, slots=True)
class Keyset:
    """An order by fields of the model or annotations, all in one direction; the last is unique."""

    fields: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        return [field.removeprefix("-") for field in self.fields]

    @property
    def reversed(self) -> "Keyset":
        """The same fields in the other direction."""
        sign = "" if self._is_descending else "-"
        return Keyset(tuple(f"{sign}{name}" for name in self.names))

    @property
    def _is_descending(self) -> bool:
        return self.fields[0].startswith("-")

    def cursor_of(self, row: Model) -> str:
        """The cursor that the rows after this one begin at."""
        values = [getattr(row, name) for name in self.names]
        return cursor_of(
            self.names, [v.isoformat() if hasattr(v, "isoformat") else v for v in values]
        )

    def after(self, rows: Rows, cursor: str, *, is_included: bool = False) -> Rows:
        """The rows behind a cursor, or also at it; raises CursorError for what is none of this
        order."""
        values = self._read(rows, cursor)
        kind: type[Lookup[Any]] = LessThan if self._is_descending else GreaterThan
        if is_included:
            kind = LessThanOrEqual if self._is_descending else GreaterThanOrEqual
        here = _Row(*(F(name) for name in self.names))
        return rows.filter(kind(here, _Row(*(Value(value) for value in values))))

    def _read(self, rows: QuerySet[Any], cursor: str) -> list[Any]:
        values = read_cursor(self.names, cursor)
        return [_clean(rows, name, value) for name, value in zip(self.names, values, strict=True)]


def cursor_of(names: Sequence[str], values: Sequence[Any]) -> str:
    """The cursor of an order by fields with these names, of what a row has in them."""
    return encode([*_versions(names), *values])


def read_cursor(names: Sequence[str], cursor: str) -> list[Any]:
    """A value for each of the fields; raises CursorError for what is no cursor of this order."""
    values, versions = decode(cursor), _versions(names)
    if values[: len(versions)] != versions or len(values) != len(versions) + len(names):
        raise CursorError(cursor)
    return values[len(versions) :]


def _versions(names: Sequence[str]) -> list[int]:
    return [_VERSIONS[name] for name in names if name in _VERSIONS]


def encode(values: Sequence[Any]) -> str:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str) -> list[Any]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(urlsafe_b64decode(padded.encode("ascii")))
    except (ValueError, Base64Error, RecursionError) as error:
        raise CursorError(cursor) from error
    if not isinstance(values, list):
        raise CursorError(cursor)
    return values


def _clean(rows: QuerySet[Any], name: str, value: Any) -> Any:
    """The value as the database compares it, or CursorError."""
    model = rows.model
    field: Any = model._meta.pk if name == "pk" else None
    if field is None and name in rows.query.annotations:
        field = rows.query.annotations[name].output_field
    elif field is None:
        field = model._meta.get_field(name)
    # What is kept beside a record has that record's key for its own.
    field = getattr(field, "target_field", getattr(field, "output_field", field))
    if isinstance(field, DateTimeField):
        is_kind = isinstance(value, str)
    elif isinstance(value, bool):
        is_kind = False
    elif field.get_internal_type().endswith(("IntegerField", "AutoField")):
        is_kind = isinstance(value, int) and -(2**63) <= value < 2**63
    elif field.get_internal_type() == "FloatField":
        is_kind = isinstance(value, int | float) and abs(value) < 1e30
    else:
        is_kind = isinstance(value, str) and "\0" not in value and value.isprintable()
    if not is_kind:
        raise CursorError(name)
    try:
        return field.to_python(value)
    except ValidationError as error:
        raise CursorError(name) from error
