"""One value for all rows of a column."""

from collections.abc import Iterable

from django.http import QueryDict

from config.admin.picking.posted import PARTS

ALL = "all"
_TICK = "set-"
# What the field of a picker sends beside its key.
_ENDINGS = ("", *(f"_{part}" for part in PARTS))


def tick_of(name: str) -> str:
    """Of the box that says that the value goes into all rows."""
    return f"{_TICK}{name}"


def fill_rows(data: QueryDict, names: Iterable[str], prefixes: list[str]) -> QueryDict:
    """A copy, with the values of the ticked columns in each row, and without what asked for it."""
    filled = data.copy()
    for name in names:
        if not data.get(tick_of(name)):
            continue
        for ending in _ENDINGS:
            texts = data.getlist(f"{ALL}-{name}{ending}")
            for prefix in prefixes:
                filled.pop(f"{prefix}-{name}{ending}", None)
                if texts:
                    filled.setlist(f"{prefix}-{name}{ending}", texts)
    for key in list(filled):
        if key.startswith((_TICK, f"{ALL}-")):
            filled.pop(key)
    return filled
