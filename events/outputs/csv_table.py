"""A table, RFC 4180: UTF-8 without a byte order mark, one row an event."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from events.outputs.fields import FIELDS, Value, flat
from events.outputs.selection import Selection

# The number of this row and of all rows: the last row tells a whole file from a cut one.
COLUMNS = (*FIELDS, "row", "rows")
# What a spreadsheet takes for a formula.
_FORMULA_SIGNS = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


def parts(selection: Selection) -> Iterator[str]:
    rows = str(selection.totals.events)
    written = StringIO(newline="")
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for row, event in enumerate(selection.events(), start=1):
        cells = [cell(value) for value in flat(event, selection.addresses).values()]
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
    if text and text[0] in _FORMULA_SIGNS and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _text(value: float | list[str]) -> str:
    """A name with a semicolon would look like two: it gets a comma. JSON keeps it as it is."""
    if not isinstance(value, list):
        return str(value)
    text = "; ".join(value)
    if text.count(";") >= max(1, len(value)):
        return "; ".join(item.replace(";", ",") for item in value)
    return text
