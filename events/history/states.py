"""What rows were at some time, by the columns that they have today."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from config.db.rows import fetch
from events.history.kinds import columns_of, renamed_columns

Data = dict[str, Any]


class Key(NamedTuple):
    kind: str
    row: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.row}"


# None: the row was not there.
State = Mapping[Key, Data | None]


def state_at(
    keys: Iterable[Key], boundary: int | None = None, lost: set[str] | None = None
) -> dict[Key, Data | None]:
    """The rows after the change of this number, or as they are now; one query.

    `lost` is told the columns that rows had and that are no more.
    """
    rows = fetch("SELECT * FROM rows_at(%s, %s)", [[str(key) for key in keys], boundary])
    found: dict[Key, Data | None] = {}
    for kind, row, text in rows:
        data, gone = (None, []) if text is None else fitted(kind, json.loads(text))
        found[Key(kind, row)] = data
        if lost is not None:
            lost.update(gone)
    return found


def fitted(kind: str, data: Data) -> tuple[Data, list[str]]:
    """The row in the columns of today, and the names of columns that are no more.

    A renamed column has its new name. One that came later has its default, or is left to that of
    the database.
    """
    columns, names = columns_of(kind), renamed_columns().get(kind, {})
    found, lost = {}, []
    for column, value in data.items():
        name = column if column in columns else names.get(column, column)
        if name in columns:
            found[name] = value
        elif value not in (None, "", False):
            lost.append(column)
    for column, field in columns.items():
        if column not in found and field.has_default():
            found[column] = field.get_default()
        elif column not in found and field.null:
            found[column] = None
    return found, lost
