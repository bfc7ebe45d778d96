"""Puts together what two people made of one record: as found, as stored now, as typed.

What only one of them changed is taken from that one. What both changed, to different values, stays
open until the curator has chosen. The posted data are rewritten in place, so that the form that
reads them afterwards sees the result.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Model
from django.http import QueryDict
from django.utils.text import capfirst

from config.admin.snapshots import Opened, Snapshot
from config.admin.values import (
    Plain,
    Values,
    editable_names,
    is_omitted,
    is_same,
    post_value,
    stored_values,
    typed_value,
)

CHOICE = "choice-"


class Side(StrEnum):
    FOUND = "found"
    THEIRS = "theirs"
    MINE = "mine"


@dataclass
class Difference:
    """One field, or one row as a whole, that is not alike on all three sides."""

    key: str
    label: str
    # Values of the field, or of all fields of the row; None for "without the row".
    sides: dict[Side, Any]
    # The unbound form of the stored row, and the name of the field; empty for a row as a whole.
    form: Any
    name: str = ""
    # The inline that a row belongs to.
    inline: Any = None
    chosen: Side | None = None

    @property
    def is_both(self) -> bool:
        return Side.THEIRS in self.sides and Side.MINE in self.sides

    @property
    def options(self) -> list[Side]:
        """The change, or where one alone made it, the change and the value before it."""
        offered = [side for side in Side if side in self.sides]
        return [side for side in offered if side != Side.FOUND or not self.is_both]

    def choose(self, wanted: str | None) -> Side | None:
        """What the curator wants; else, where one alone made a change, that."""
        if wanted in self.options:
            self.chosen = Side(wanted)
        elif not self.is_both:
            self.chosen = self.options[-1]
        return self.chosen


@dataclass
class Merge:
    record: Model
    opened: Opened
    stored: Snapshot
    data: QueryDict
    differences: list[Difference] = field(default_factory=list)
    # How many fields and rows are alike for both.
    same: int = 0

    @property
    def is_to_ask(self) -> bool:
        """Something is open, or others have saved again since the choices were made."""
        if any(difference.chosen is None for difference in self.differences):
            return True
        is_both = any(difference.is_both for difference in self.differences)
        return is_both and self.opened.shown is not None and self.opened.shown != self.stored

    @property
    def kept_of_theirs(self) -> list[Difference]:
        """What others alone changed, and what of it stays."""
        return [
            difference
            for difference in self.differences
            if not difference.is_both and difference.chosen == Side.THEIRS
        ]

    def settle(self, difference: Difference) -> Side | None:
        self.differences.append(difference)
        return difference.choose(self.data.get(f"{CHOICE}{difference.key}"))


@dataclass(frozen=True)
class Place:
    """Where fields stand: among those of the record, or in a row of an inline."""

    key: str = ""
    inline: Any = None
    row: Model | None = None

    def label(self, form: Any, name: str) -> str:
        field = capfirst(str(form.fields[name].label or name))
        return f"{row_label(self.inline, self.row)}: {field}" if self.row else field


def row_label(inline: Any, row: Model) -> str:
    return f"{capfirst(str(inline.verbose_name_plural))}, {row}"


def merge_fields(merge: Merge, form: Any, found: Values | None, place: Place) -> None:
    """`form` is unbound, and made with the row as it is stored now."""
    theirs = stored_values(form)
    for name in editable_names(form):
        if is_omitted(form, name, merge.data):
            post_value(form, name, theirs[name], merge.data)
        sides = _sides(form, name, merge.data, theirs[name], found)
        if not sides:
            merge.same += 1
            continue
        label = place.label(form, name)
        difference = Difference(f"{place.key}{name}", label, sides, form, name, place.inline)
        chosen = merge.settle(difference)
        if chosen in (Side.FOUND, Side.THEIRS):
            post_value(form, name, sides[chosen], merge.data)


def _sides(
    form: Any, name: str, data: QueryDict, theirs: Plain, found: Values | None
) -> dict[Side, Plain]:
    """Nothing where what was typed is what is stored."""
    mine = typed_value(form, name, data)
    if is_same(form, name, mine, theirs):
        return {}
    if found is None or name not in found:
        return {Side.THEIRS: theirs, Side.MINE: mine}
    sides = {Side.FOUND: found[name]}
    if theirs != found[name]:
        sides[Side.THEIRS] = theirs
    if not is_same(form, name, mine, found[name]):
        sides[Side.MINE] = mine
    return sides if len(sides) > 1 else {}
