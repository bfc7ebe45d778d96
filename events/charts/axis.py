"""The axis of time that the rows of a list share, and the mark of each date on it.

The axis is linear over the days in which the dates crowd. What lies far out, or is open, goes to a
gutter at its end, which is not to scale. A mark is as wide as the doubt about its date: solid on a
day, tinted through all of a time, hollow within one. Its ends fade where they are not known, and
are soft where the date is an estimate.

Lengths are percentages of the width, which is that of a column of a page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from config.edtf.bounds import day_text, year_of
from config.edtf.dates import UncertainDate
from config.edtf.periods import periods
from config.edtf.stretches import Body, Stretch, stretches
from events.charts.crowd import COLUMN, DAY, crowd, widened

# As many labels as stand beside each other in that column.
LABELS = 4
_STEPS = (1, 2, 3, 4, 7, 14)


@dataclass(frozen=True, slots=True)
class Tick:
    """A day with a label. `anchor` says which end of the label stands there, as SVG names it."""

    x: float
    label: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Shape:
    """A part of a mark: `css` is the body of its stretch, `mask` what happens at its ends.

    Within an edge a longer time begins or ends: it has no end of its own, as that would be a day.
    """

    css: str
    x: float
    width: float
    mask: str = ""
    is_edge: bool = False
    # Whether it goes on beyond that end of an axis, which has no gutter there.
    goes_before: bool = False
    goes_after: bool = False

    @property
    def end(self) -> float:
        return round(self.x + self.width, 2)

    @property
    def css_class(self) -> str:
        return f"mark-{self.css}"

    @property
    def left(self) -> str:
        """`x` as SVG takes it."""
        return f"{self.x}%"

    @property
    def across(self) -> str:
        """`width` as SVG takes it."""
        return f"{self.width}%"

    @property
    def right(self) -> str:
        """`end` as SVG takes it."""
        return f"{self.end}%"

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def center(self) -> str:
        """`middle` as SVG takes it."""
        return f"{self.middle}%"


@dataclass(frozen=True, slots=True)
class Mark:
    """Bars, and dots for what is too short to be drawn as wide as it is."""

    bars: list[Shape] = field(default_factory=list)
    dots: list[Shape] = field(default_factory=list)


@dataclass(frozen=True)
class Axis:
    """From the first to the last of its days; with a gutter before it, behind it, or neither.

    `labels` is how many fit beside each other; `column` is the least width in pixels that it is
    drawn in, and `gutter` the width of a gutter in percent, in which its word has room.
    """

    first_day: int
    last_day: int
    has_earlier: bool = False
    has_later: bool = False
    labels: int = LABELS
    column: int = COLUMN
    gutter: float = 16.0

    @property
    def days(self) -> int:
        return self.last_day - self.first_day + 1

    @property
    def start(self) -> float:
        """Where the first day begins, in percent."""
        return self.gutter if self.has_earlier else 0.0

    @property
    def end(self) -> float:
        return 100.0 - (self.gutter if self.has_later else 0.0)

    @property
    def room(self) -> float:
        """The width of its linear part."""
        return self.end - self.start

    def x(self, day: int) -> float:
        """Where a day begins."""
        return self.start + (day - self.first_day) * (self.end - self.start) / self.days

    @property
    def ticks(self) -> list[Tick]:
        days = (
            self._days_in_steps()
            if self.days <= _STEPS[-1] * self.labels
            else self._starts_of_periods()
        )
        # So near to the end there is no room for a long label.
        room = self.end - 60 / self.labels
        ticks = [
            self._tick(day, label) for day, label in days if len(label) <= 6 or self.x(day) < room
        ]
        # A label that ends at its day must not begin within the one before.
        if ticks[-1].anchor == "end" and ticks[-1].x - ticks[-2:][0].x < 96 / self.labels:
            return ticks[:-1] or ticks
        return ticks

    def _tick(self, day: int, label: str) -> Tick:
        x = round(self.x(day), 2)
        return Tick(x, label, "end" if x > self.end - 48 / self.labels else "start")

    def _days_in_steps(self) -> Iterable[tuple[int, str]]:
        step = next(step for step in _STEPS if self.days <= step * self.labels)
        return [(day, _day(day)) for day in range(self.first_day, self.last_day + 1, step)]

    def _starts_of_periods(self) -> Iterable[tuple[int, str]]:
        found = periods(self.first_day, self.last_day, most=self.labels + 1)
        is_of_years = found[0].last_day - found[0].first_day >= 364
        starts = [p.first_day for p in found if p.first_day >= self.first_day]
        if is_of_years:
            labels = [(day, _year(day)) for day in starts]
        else:
            labels = [(day, _month(day, has_year=day == starts[0])) for day in starts]
        if not labels or self.x(labels[0][0]) - self.start > 25:
            first = _year(self.first_day) if is_of_years else _day(self.first_day)
            labels.insert(0, (self.first_day, first))
        return labels

    def mark(self, when: UncertainDate) -> Mark | None:
        """None for what has no date at all."""
        found = stretches(when.text)
        if not found:
            return None
        shapes = self.shapes(found, when)
        smallest = 100 * DAY / self.column
        return Mark(
            bars=[shape for shape in shapes if shape.width > smallest],
            dots=[shape for shape in shapes if shape.width <= smallest],
        )

    def shapes(self, found: Sequence[Stretch], when: UncertainDate) -> list[Shape]:
        """One for each stretch of the date, apart from those that lie beyond an end of the axis
        which has no gutter."""
        return [self._shape(stretch, when, len(found)) for stretch in found if self._shows(stretch)]

    def _shows(self, stretch: Stretch) -> bool:
        first, last = stretch.first_day, stretch.last_day
        is_before = last is not None and last < self.first_day and not self.has_earlier
        is_after = first is not None and first > self.last_day and not self.has_later
        return not (is_before or is_after)

    def _shape(self, stretch: Stretch, when: UncertainDate, number: int) -> Shape:
        first, last = stretch.first_day, stretch.last_day
        start = 0.0 if first is None else self._within(self.x(first))
        end = 100.0 if last is None else self._within(self.x(last + 1))
        if start == end and start not in (self.start, self.end):
            # All of it lies in a gutter: somewhere there.
            start, end = start - self.gutter / 3, end + self.gutter / 3
        is_soft = when.is_qualified and number == 1
        mask = "before" if first is None else "after" if last is None else "both" if is_soft else ""
        body = Body.WITHIN if when.is_qualified and stretch.body is Body.ON else stretch.body
        is_edge = number > 1 and body is Body.WITHIN
        return Shape(
            str(body),
            round(start, 2),
            round(end - start, 2),
            mask,
            is_edge,
            goes_before=first is not None and not self.has_earlier and first < self.first_day,
            goes_after=last is not None and not self.has_later and last > self.last_day,
        )

    def _within(self, x: float) -> float:
        """What lies beyond the linear part lies in the middle of the gutter, or at the end where
        there is none."""
        if x < self.start - 1e-9:
            return self.start / 2
        return (100.0 + self.end) / 2 if x > self.end + 1e-9 else x


def axis_of(dates: Iterable[UncertainDate], labels: int = LABELS) -> Axis | None:
    """The axis that these dates are drawn on; None where none has a day."""
    dated = [date for date in dates if date.first_day is not None or date.last_day is not None]
    closed = [
        (date.first_day, date.last_day)
        for date in dated
        if date.first_day is not None and date.last_day is not None
    ]
    # Without dates of two ends, the ends that are known.
    ends = closed or [
        (day, day) for d in dated for day in (d.first_day, d.last_day) if day is not None
    ]
    if not ends:
        return None
    first, last = widened(*crowd(ends))
    return Axis(
        first,
        last,
        has_earlier=any(d.first_day is None or d.first_day < first for d in dated),
        has_later=any(d.last_day is None or d.last_day > last for d in dated),
        labels=labels,
    )


def _day(day: int) -> str:
    month, number = _parts(day)
    return f"{number} {_month_name(month)}"


def _month(day: int, *, has_year: bool) -> str:
    """With the year where that begins, and where it is asked for."""
    month = _parts(day)[0]
    return f"{_month_name(month)} {_year(day)}" if has_year or month == 1 else _month_name(month)


def _year(day: int) -> str:
    year = year_of(day)
    return str(year) if year > 0 else _("%(year)s BCE") % {"year": 1 - year}


def _month_name(number: int) -> str:
    return str(MONTHS_3[number]).capitalize()


def _parts(day: int) -> tuple[int, int]:
    _year_of_day, month, number = day_text(day).rsplit("-", 2)
    return int(month), int(number)
