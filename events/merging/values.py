"""Values of two records, or of two rows, set side by side."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from config.edtf.dates import parse
from config.edtf.fields import EdtfField
from events.merging.rules import Group

KEPT, GONE = "kept", "gone"


@dataclass
class Choice:
    """Where the two differ. `side` is KEPT or GONE, or "" as long as nothing is chosen."""

    name: str
    group: Group
    kept: str
    gone: str
    side: str
    # Both have a value, so that one of them goes.
    is_rival: bool

    @property
    def is_open(self) -> bool:
        return not self.side

    @property
    def loser(self) -> str:
        """The value in words that is not chosen."""
        return self.gone if self.side == KEPT else self.kept

    def sides(self) -> list[tuple[str, str, bool]]:
        """Value, words and whether it is chosen."""
        return [
            (side, words, side == self.side)
            for side, words in ((KEPT, self.kept), (GONE, self.gone))
        ]


def is_empty(row: Model, group: Group) -> bool:
    value = getattr(row, _column(row, group.fields[0]))
    return value is None or value == ""


def are_alike(kept: Model, gone: Model, group: Group) -> bool:
    return all(
        getattr(kept, _column(kept, name)) == getattr(gone, _column(gone, name))
        for name in group.fields
    )


def in_words(row: Model, group: Group) -> str:
    """All fields of the group that have a value."""
    words = (_word(row, name) for name in group.fields)
    return " · ".join(word for word in words if word)


def copied(row: Model, group: Group) -> dict[str, Any]:
    """By column."""
    return {_column(row, name): getattr(row, _column(row, name)) for name in group.fields}


def choose(kept: Any, gone: Any, group: Any, name: str, *, default: str) -> Choice | None:
    """None where nothing is to be chosen. What is filled beats what is empty."""
    if are_alike(kept, gone, group):
        return None
    is_kept_empty, is_gone_empty = is_empty(kept, group), is_empty(gone, group)
    side = default
    if is_kept_empty != is_gone_empty:
        side = GONE if is_kept_empty else KEPT
    is_rival = not (is_kept_empty or is_gone_empty)
    return Choice(name, group, in_words(kept, group), in_words(gone, group), side, is_rival)


def joined(one: str, other: str) -> str:
    """Two notes as one."""
    return " · ".join(dict.fromkeys(note for note in (one, other) if note))


def _column(row: Model, name: str) -> str:
    return str(row._meta.get_field(name).attname)  # type: ignore[union-attr]


def _word(row: Model, name: str) -> str:
    field: Any = row._meta.get_field(name)
    value = getattr(row, name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, EdtfField):
        return parse(value).words
    return str(getattr(row, f"get_{name}_display")() if field.choices else value)
