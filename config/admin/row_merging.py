"""The rows of a record's inlines, put together row by row, by key.

A row that the posted form does not hold is left alone: others may have added it, or it stands in
another part of a long inline.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from config.admin.merging import Difference, Merge, Place, Side, merge_fields, row_label
from config.admin.rows import PostedRows, posted_rows, renumber
from config.admin.values import (
    Values,
    editable_names,
    is_same,
    model_field,
    post_value,
    stored_values,
    typed_value,
)


@dataclass
class Rows:
    """Of one inline: as posted, and those of them that are stored, by key."""

    inline: Any
    formset: Any
    posted: PostedRows
    # By index, the key that was posted.
    keys: dict[int, str]
    stored: dict[str, Model]
    record: Model
    # All rows of the record that the curator may change.
    all: QuerySet[Any]

    @cached_property
    def forms(self) -> dict[int, Any]:
        """By index, of the rows that are stored."""
        stored = [
            (index, self.stored[key]) for index, key in self.keys.items() if key in self.stored
        ]
        return {index: self.form(index, row) for index, row in stored}

    @property
    def values(self) -> dict[str, Values]:
        return {self.keys[index]: stored_values(form) for index, form in self.forms.items()}

    def form(self, index: int, row: Model) -> Any:
        form = self.formset.form(instance=row, prefix=self.posted.row_prefix(index))
        form.fields.pop(self.formset.parent_name(), None)
        return form

    def place(self, key: str, row: Model) -> Place:
        return Place(f"{self.posted.prefix}:{key}:", self.inline, row)

    def difference(self, key: str, form: Any, sides: dict[Side, Values | None]) -> Difference:
        label = row_label(self.inline, form.instance)
        return Difference(f"{self.posted.prefix}:{key}", label, sides, form, inline=self.inline)


def read_rows(
    merge: Merge, request: HttpRequest, inline: Any, formset: Any, prefix: str
) -> Rows | None:
    """With the stored rows locked, so that they stay as they are until the form is saved."""
    posted = posted_rows(merge.data, prefix, formset.model._meta.pk.name)
    if posted is None:
        return None
    keys = {index: posted.key(merge.data, index) for index in posted.stored}
    own = formset.rows_of(merge.record, inline.get_queryset(request))
    wanted = [key for key in keys.values() if _is_key(key)]
    if not wanted:
        return Rows(inline, formset, posted, keys, {}, merge.record, own)
    rows = own.filter(pk__in=wanted)
    # Locked without the records that they name. A row whose actor or role another curator changes
    # meanwhile no longer joins what it joined before, and would seem to be gone.
    alone = rows.select_related(None).order_by("pk").select_for_update(no_key=True)
    locked = list(alone.values_list("pk", flat=True))
    stored = {str(row.pk): row for row in rows.filter(pk__in=locked)} if locked else {}
    return Rows(inline, formset, posted, keys, stored, merge.record, own)


def _is_key(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,18}", text))


def merge_rows(merge: Merge, rows: Rows, *, keeps_open: bool) -> None:
    """`keeps_open`: what is not decided stays in the form as it was typed."""
    found = merge.opened.found.rows.get(rows.posted.prefix, {}) if merge.opened.found else {}
    dropped: set[int] = set()
    renewed: set[int] = set()
    for index, key in rows.keys.items():
        form = rows.forms.get(index)
        if form is None:
            decision = _merge_missing(merge, rows, index, found.get(key))
            if decision == Side.THEIRS:
                dropped.add(index)
            elif decision or keeps_open:
                renewed.add(index)
        elif rows.posted.is_deleted(merge.data, index):
            _merge_deleted(merge, rows, index, found.get(key))
        else:
            merge_fields(merge, form, found.get(key), rows.place(key, form.instance))
    joined = _merge_added(merge, rows)
    renumber(merge.data, rows.posted, dropped=dropped, renewed=renewed, joined=joined)


def _merge_missing(merge: Merge, rows: Rows, index: int, found: Values | None) -> Side | None:
    """A row that others deleted: THEIRS is to go without it."""
    key = rows.keys[index]
    form = rows.form(index, _as_found(rows, key, found or {}))
    if rows.posted.is_deleted(merge.data, index):
        merge.same += 1
        return Side.THEIRS
    mine = {name: typed_value(form, name, merge.data) for name in editable_names(form)}
    sides: dict[Side, Values | None] = {Side.THEIRS: None}
    if found is not None:
        sides[Side.FOUND] = found
    if found is None or not all(
        name in found and is_same(form, name, value, found[name]) for name, value in mine.items()
    ):
        sides[Side.MINE] = mine
    return merge.settle(rows.difference(key, form, sides))


def _as_found(rows: Rows, key: str, found: Values) -> Model:
    """The row that is gone, for its name alone."""
    pk = int(key) if _is_key(key) else None
    parent = rows.formset.parent_name()
    row: Model = rows.formset.model(pk=pk, **({parent: rows.record} if parent else {}))
    for name, value in found.items():
        column = model_field(rows.formset.form, name)
        if column is not None and not column.many_to_many:
            setattr(row, column.attname, column.to_python(value))
    return row


def _merge_deleted(merge: Merge, rows: Rows, index: int, found: Values | None) -> None:
    """A row that the curator deletes: MINE is to go without it."""
    form = rows.forms[index]
    theirs = stored_values(form)
    sides: dict[Side, Values | None] = {Side.MINE: None}
    if found is not None:
        sides[Side.FOUND] = found
    if found != theirs:
        sides[Side.THEIRS] = theirs
    chosen = merge.settle(rows.difference(rows.keys[index], form, sides))
    if chosen in (Side.FOUND, Side.THEIRS):
        merge.data.pop(f"{rows.posted.row_prefix(index)}-DELETE")
        for name, value in theirs.items():
            post_value(form, name, value, merge.data)


def _merge_added(merge: Merge, rows: Rows) -> set[int]:
    """Rows that others added stay, unless the curator wants to go without them: FOUND."""
    prefix = rows.posted.prefix
    if merge.opened.found is None:
        return set()
    last = merge.opened.found.last.get(prefix, 0)
    if merge.stored.last[prefix] <= last:
        return set()
    added = rows.all.filter(pk__gt=last)
    joined = set()
    for index, row in enumerate(
        added.exclude(pk__in=rows.stored).order_by("pk"), start=rows.posted.next
    ):
        form = rows.form(index, row)
        theirs = stored_values(form)
        sides: dict[Side, Values | None] = {Side.FOUND: None, Side.THEIRS: theirs}
        if merge.settle(rows.difference(str(row.pk), form, sides)) == Side.FOUND:
            _post_deleted(merge, rows, index, form)
            joined.add(index)
    return joined


def _post_deleted(merge: Merge, rows: Rows, index: int, form: Any) -> None:
    """As the form would have sent the row if it had held it, and the curator had deleted it."""
    for name, value in stored_values(form).items():
        post_value(form, name, value, merge.data)
    prefix = rows.posted.row_prefix(index)
    merge.data[f"{prefix}-{rows.posted.key_name}"] = str(form.instance.pk)
    if parent := rows.formset.parent_name():
        merge.data[f"{prefix}-{parent}"] = str(rows.record.pk)
    merge.data[f"{prefix}-DELETE"] = "on"
