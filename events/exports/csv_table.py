"""A table, RFC 4180: UTF-8 without a byte order mark, one row a record."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from io import StringIO
from typing import Any

from config.edtf.reading import DateError, read
from events.exports.collection import Value
from events.exports.selection import Selection

# The number of this row and of all rows: the last row tells a whole file from a cut one.
_ROW, _ROWS = "row", "rows"
# What a spreadsheet takes for the beginning of a formula, in the widths of East Asian text too.
_FORMULA_SIGNS = frozenset("=+-@＝＋－＠﹦﹢﹣﹫")  # noqa: RUF001
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


def parts(selection: Selection[Any]) -> Iterator[str]:
    rows = str(selection.count)
    written = StringIO(newline="")
    table = csv.writer(written)
    table.writerow([*selection.found.fields, _ROW, _ROWS])
    for row, record in enumerate(selection.records(), start=1):
        values = selection.found.flat(record, selection.addresses).values()
        cells = [cell(value) for value in values]
        table.writerow([*cells, str(row), rows])
        yield written.getvalue()
        written.seek(0)
        written.truncate()
    yield written.getvalue()


def cell(value: Value) -> str:
    """As text that no spreadsheet runs."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else _text(value)
    return f"'{text}" if _is_formula(text) else text


def _is_formula(text: str) -> bool:
    """Whether a spreadsheet may run it; it skips blanks and what cannot be seen. A number or a
    date is none: years before year 1 begin with a minus."""
    if not text or text[0].isalnum():
        return False
    if text[0] in "\t\r\n":
        return True
    first = next((sign for sign in text if not _is_unseen(sign)), "")
    return first in _FORMULA_SIGNS and not _NUMBER.fullmatch(text) and not _is_date(text)


def _is_unseen(sign: str) -> bool:
    """Separators and controls, marks of direction and width among them."""
    return unicodedata.category(sign)[0] in "ZC"


def _is_date(text: str) -> bool:
    try:
        read(text)
    except DateError:
        return False
    return True


def _text(value: float | list[str]) -> str:
    """A name with a semicolon would look like two: it gets a comma. JSON keeps it as it is."""
    if not isinstance(value, list):
        return str(value)
    text = "; ".join(value)
    if text.count(";") >= max(1, len(value)):
        return "; ".join(item.replace(";", ",") for item in value)
    return text
