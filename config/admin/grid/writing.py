"""Stores the rows of a grid: all of them or none, with an entry in the log for each record."""

import json
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import DataError, IntegrityError, transaction

from config.admin.grid.rows import Grid, Row
from config.admin.refusals import in_words

_REFUSED = (IntegrityError, DataError)
_NAME_LENGTH = 200  # of a record in the log


def try_writing(grid: Grid) -> None:
    """Writes and takes it back: rows that the database refuses say so."""
    try:
        with transaction.atomic():
            _write(grid, grid.changed)
            transaction.set_rollback(True)
    except _REFUSED:
        for row in grid.changed:
            _try_alone(grid, row)


def _try_alone(grid: Grid, row: Row) -> None:
    try:
        with transaction.atomic():
            _write(grid, [row])
            transaction.set_rollback(True)
    except _REFUSED as error:
        row.refusals.append(in_words(error))


def write(grid: Grid) -> int:
    """The number of records that are changed."""
    changed = grid.changed
    _write(grid, changed)
    kind = ContentType.objects.get_for_model(grid.admin.model, for_concrete_model=False)
    LogEntry.objects.bulk_create(_entry(grid, kind, row) for row in changed)
    renamed = [row.record for row in changed if grid.names[0] in row.form.changed_data]
    grid.admin.after_renaming(grid.request, renamed)
    return len(changed)


def _write(grid: Grid, rows: list[Row]) -> None:
    columns = {name for row in rows for name in row.columns}
    if columns:
        names = [grid.admin.model._meta.get_field(name).name for name in sorted(columns)]
        grid.admin.model._default_manager.bulk_update([row.record for row in rows], names)


def _entry(grid: Grid, kind: ContentType, row: Row) -> LogEntry:
    said: Any = grid.admin.construct_change_message(grid.request, row.form, None)
    return LogEntry(
        user_id=grid.request.user.pk or 0,
        content_type=kind,
        object_id=str(row.record.pk),
        object_repr=str(row.record)[:_NAME_LENGTH],
        action_flag=CHANGE,
        change_message=json.dumps(said),
    )
