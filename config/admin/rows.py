"""The rows of an inline as a browser posts them: `<prefix>-<index>-<field>`."""

import re
from dataclasses import dataclass

from django.http import QueryDict

# Fields that name another row of the page by its prefix, such as `participations-0`; behind a colon
# stands which fact of it.
NAMING = ("on", "of")
GONE = "gone"


@dataclass(frozen=True)
class PostedRows:
    prefix: str
    key_name: str
    # Indexes of the rows that were stored when the form was opened, and of the new ones.
    stored: list[int]
    new: list[int]

    @property
    def next(self) -> int:
        return max([*self.stored, *self.new], default=-1) + 1

    def row_prefix(self, index: int) -> str:
        return f"{self.prefix}-{index}"

    def key(self, data: QueryDict, index: int) -> str:
        return str(data.get(f"{self.row_prefix(index)}-{self.key_name}", ""))

    def is_deleted(self, data: QueryDict, index: int) -> bool:
        return bool(data.get(f"{self.row_prefix(index)}-DELETE"))


def posted_rows(data: QueryDict, prefix: str, key_name: str) -> PostedRows | None:
    """None where the numbers of rows are missing or wrong: the formset says so."""
    try:
        total = int(str(data[f"{prefix}-TOTAL_FORMS"]))
        initial = int(str(data[f"{prefix}-INITIAL_FORMS"]))
    except (KeyError, ValueError):
        return None
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,9}})-")
    found = {int(match[1]) for name in data if (match := pattern.match(name))}
    indexes = sorted(index for index in found if index < total)
    return PostedRows(
        prefix,
        key_name,
        [index for index in indexes if index < initial],
        [index for index in indexes if index >= initial],
    )


def renumber(
    data: QueryDict,
    rows: PostedRows,
    *,
    dropped: set[int],
    renewed: set[int],
    joined: set[int] | None = None,
) -> None:
    """Takes rows out, turns stored ones whose record is gone into new ones, and lets stored ones in
    that were posted behind all others.
    """
    if not (dropped or renewed or joined):
        return
    stored = [index for index in rows.stored if index not in dropped | renewed]
    stored += sorted(joined or ())
    new = sorted(renewed) + [index for index in rows.new if index not in dropped]
    order = {old: place for place, old in enumerate([*stored, *new])}
    pattern = re.compile(rf"{re.escape(rows.prefix)}-(\d{{1,9}})-(.+)", re.DOTALL)
    moved: dict[str, list[str]] = {}
    for name in list(data):
        match = pattern.fullmatch(name)
        if not match:
            continue
        texts = data.getlist(name)
        data.pop(name)
        index, field = int(match[1]), match[2]
        if index not in order or (index in renewed and field in (rows.key_name, "DELETE")):
            continue
        moved[f"{rows.prefix}-{order[index]}-{field}"] = texts
    for name, texts in moved.items():
        data.setlist(name, texts)
    rename_rows(data, rows.prefix, order)
    data[f"{rows.prefix}-INITIAL_FORMS"] = str(len(stored))
    data[f"{rows.prefix}-TOTAL_FORMS"] = str(len(order))


def rename_rows(data: QueryDict, prefix: str, order: dict[int, int]) -> None:
    """Lets the fields that name a row of this inline follow it to its new place."""
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,9}})(:\w+)?")
    for name in list(data):
        is_naming = name.rpartition("-")[2] in NAMING
        match = pattern.fullmatch(str(data[name])) if is_naming else None
        if match:
            place = order.get(int(match[1]))
            data[name] = GONE if place is None else f"{prefix}-{place}{match[2] or ''}"
