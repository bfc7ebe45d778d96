"""What the table of a grid and its preview show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.admin.authors import Authors
from config.admin.conflicts import Posted, Shown, cells
from config.admin.grid.filling import ALL, tick_of
from config.admin.grid.rows import Change, Grid, Row, prefix_of
from config.admin.merging import CHOICE
from config.http.keeping import FIELD as KEPT


@dataclass(frozen=True)
class Column:
    label: str
    # A field of no row: its value goes into all of them where the box is ticked.
    field: Any
    tick: str


@dataclass(frozen=True)
class Problem:
    anchor: str
    place: str
    message: str


def columns(grid: Grid) -> list[Column]:
    form = grid.form_class(prefix=ALL)
    return [
        Column(capfirst(str(form[name].label)), form[name], tick_of(name)) for name in form.fields
    ]


def problems(grid: Grid) -> Iterator[Problem]:
    """In the order of the page, by row and column."""
    for row in grid.wrong:
        place = _("Row %(number)d (%(name)s)") % {"number": row.number, "name": row.name[:60]}
        for name, messages in row.form.errors.items():
            is_field = name in row.form.fields
            label = capfirst(str(row.form[name].label)) if is_field else ""
            where = ", ".join(part for part in (place, label) if part)
            anchor = row.form[name].auto_id if is_field else prefix_of(row.record.pk)
            for message in messages:
                yield Problem(anchor, where, str(message))
        for message in row.refusals:
            yield Problem(prefix_of(row.record.pk), place, message)


@dataclass(frozen=True)
class Previewed:
    """What a record would become."""

    row: Row
    changes: list[Change]
    # What both changed, to be chosen from.
    asked: list[Shown]
    # What others alone changed, and stays: the field and who did it.
    kept: list[str]


def preview(grid: Grid) -> list[Previewed]:
    shown = [_previewed(row) for row in grid.rows if row.form.is_bound]
    return [one for one in shown if one.changes or one.asked or one.kept]


def _previewed(row: Row) -> Previewed:
    merge = row.merge
    differences = merge.differences if merge else []
    kept = merge.kept_of_theirs if merge else []
    both = [difference for difference in differences if difference.is_both]
    if merge is None or not (both or kept):
        return Previewed(row, row.changes, [], [])
    authors = Authors(merge.record, merge.opened.at)
    asked = [Shown(d.key, d.label, cells(d, authors.of(d)), d.chosen is None) for d in both]
    chosen_below = {difference.label for difference in both}
    changes = [change for change in row.changes if change.label not in chosen_below]
    return Previewed(row, changes, asked, [f"{d.label} ({authors.of(d).name})" for d in kept])


def carried(grid: Grid) -> list[Posted]:
    """What was typed into the rows of the preview, to be sent again."""
    prefixes = tuple(f"{prefix_of(one.row.record.pk)}-" for one in preview(grid))
    return [
        Posted(name, text)
        for name, texts in grid.sent.lists()
        if (name == KEPT or name.startswith(prefixes)) and not name.startswith(CHOICE)
        for text in texts
    ]


def signed(grid: Grid, *, as_sent: bool = False) -> str:
    """What each row was opened with, by key."""
    return " ".join(
        f"{row.record.pk}={row.sign_as_sent() if as_sent else row.sign()}" for row in grid.rows
    )
