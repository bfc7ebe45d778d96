"""The rows of a timeline as a drawing: one axis for a page, and sections where they are many."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from config.edtf.dates import UncertainDate
from config.edtf.units import CENTURY, DECADE, MONTH, YEAR, Unit, of_years
from events.charts.axis import LABELS, Axis, axis_of
from events.pages.entries import Entry

# From so many events on, a page of them has headings.
MANY = 50
# Rows below a heading, at least on an average.
_FEWEST = 3
_UNITS = (MONTH, YEAR, DECADE, CENTURY, of_years(1000))


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading, which may be empty; `is_undated` are those that have no date."""

    heading: str
    entries: list[Entry]
    is_undated: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """`axis` is None where no row has a day."""

    axis: Axis | None
    sections: list[Section]


def draw_timeline(
    entries: Sequence[Entry], *, is_by_date: bool, number: int, labels: int = LABELS
) -> Timeline:
    """The rows of one page, of `number` in all, in their order. Gives each its mark.

    In the order of time what has no date stands apart, at the end.
    """
    axis = axis_of((entry.when for entry in entries), labels)
    if axis:
        for entry in entries:
            entry.mark = axis.mark(entry.when)
    if not is_by_date:
        return Timeline(axis, [Section("", list(entries))] if entries else [])
    dated = [entry for entry in entries if _day(entry.when) is not None]
    undated = [entry for entry in entries if _day(entry.when) is None]
    sections = _sections(dated) if number > MANY else [Section("", dated)] if dated else []
    if undated:
        sections.append(Section(_("Without a date"), undated, is_undated=True))
    return Timeline(axis, sections)


def draw_newest(entries: Sequence[Entry]) -> Timeline:
    """The newest events on the page of a place or a country, where an axis has room for fewer
    labels; without headings."""
    return draw_timeline(entries, is_by_date=False, number=len(entries), labels=2)


def _day(when: UncertainDate) -> int | None:
    """The day by which it is sorted, which lies in its section: see `config.edtf.dated`."""
    return when.first_day if when.last_day is None else when.last_day


def _sections(entries: Sequence[Entry]) -> list[Section]:
    """By the smallest unit of time that has some rows a section."""
    days = [_day(entry.when) or 0 for entry in entries]
    for unit in _UNITS:
        if len({unit.start(day, 0) for day in days}) * _FEWEST <= max(len(days), _FEWEST):
            break
    return list(_grouped(entries, unit))


def _grouped(entries: Iterable[Entry], unit: Unit) -> Iterator[Section]:
    for period, group in groupby(entries, key=lambda entry: unit.around(_day(entry.when) or 0)):
        yield Section(period.words, list(group))
