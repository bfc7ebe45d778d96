"""The two lines of labels above a drawn timeline: units, and above them those around these."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.dates import MONTHS_3

from config.edtf.bounds import day_text, year_of
from config.edtf.units import DAY, MONTH, QUARTER, WEEK, YEAR, Period, Unit, of_years
from events.charts.axis import Axis
from events.charts.lanes.zoom import Zoom
from events.charts.widths import text_width

# Pixels between two labels, at least.
_DAYS, _MONTHS, _YEARS = 26, 30, 40
# Of a week each day leads to the list.
_CLOSEST = WEEK.length
_LABEL = 12  # pixels: the size of a label
# Labels of days where there is no room for each: their steps, and the last that has room.
_STEPS = ((1, 31), (2, 29), (7, 22))


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a unit begins, in percent, and what its label leads to."""

    x: float
    label: str
    period: Period


@dataclass(frozen=True, slots=True)
class Ticks:
    upper: list[Tick]
    lower: list[Tick]


def ticks_of(axis: Axis, zoom: Zoom) -> Ticks:
    """For the days of the axis, which are those that the zoom shows."""
    day = (axis.end - axis.start) / 100 * axis.column / axis.days
    for step, last in _STEPS:
        if step * day >= _DAYS:
            lower = list(_days(axis, zoom, step, last))
            return Ticks(list(_upper(axis, MONTH, lower)), lower)
    for unit in (MONTH, QUARTER):
        if unit.length * day >= _MONTHS:
            lower = list(_units(axis, unit, _month_name))
            return Ticks(list(_upper(axis, YEAR, lower)), lower)
    size = 1
    while size * YEAR.length * day < _YEARS:
        size = size * 5 // 2 if str(size)[0] == "2" else size * 2
    return Ticks([], list(_units(axis, of_years(size), _year_name, size)))


def _days(axis: Axis, zoom: Zoom, step: int, last: int) -> Iterator[Tick]:
    is_closer = zoom.shown.days > _CLOSEST
    for day in range(axis.first_day, axis.last_day + 1):
        number = int(day_text(day).rpartition("-")[2])
        if (number - 1) % step == 0 and number <= last:
            unit = WEEK if is_closer else DAY
            yield Tick(_x(axis, day), str(number), unit.around(day))


def _units(axis: Axis, unit: Unit, name: Callable[[int], str], years: int = 0) -> Iterator[Tick]:
    """A unit that began before the axis has no label: it would stand at a day that it does not
    begin with."""
    for period in unit.between(axis.first_day, axis.last_day):
        if period.first_day >= axis.first_day:
            leads_to = period if not years or years >= 10 else YEAR.around(period.first_day)
            yield Tick(_x(axis, period.first_day), name(period.first_day), leads_to)


def _upper(axis: Axis, unit: Unit, lower: list[Tick]) -> Iterator[Tick]:
    """Named where it begins, or at the first day that is shown; left out where it has no room."""
    periods = unit.between(axis.first_day, axis.last_day)
    starts = [max(period.first_day, axis.first_day) for period in periods]
    name = _year_name if unit is YEAR else _month_and_year
    for i, (period, start) in enumerate(zip(periods, starts, strict=True)):
        end = axis.end if i + 1 == len(starts) else axis.x(starts[i + 1])
        label = name(start)
        room = (end - axis.x(start)) / 100 * axis.column
        if text_width(label, _LABEL, is_bold=True) + 8 <= room:
            yield Tick(_x(axis, start), label, period)


def _x(axis: Axis, day: int) -> float:
    return round(axis.x(day), 3)


def _month_name(day: int) -> str:
    return str(MONTHS_3[int(day_text(day).rsplit("-", 2)[1])]).capitalize()


def _year_name(day: int) -> str:
    year = year_of(day)
    return str(year) if year > 0 else f"{1 - year} BCE"


def _month_and_year(day: int) -> str:
    return MONTH.around(day).words


def short_words(period: Period) -> str:
    """As short as a label takes it: "4 Apr", "3–9 Apr", "Mar 2013", "Jan–Mar 2013", "2013"."""
    first, last = (day_text(day).rsplit("-", 2)[1:] for day in (period.first_day, period.last_day))
    names = [_month_name(day) for day in (period.first_day, period.last_day)]
    if period.days >= YEAR.length - 1:
        ends = [_year_name(day) for day in (period.first_day, period.last_day)]
        return ends[0] if ends[0] == ends[1] else "\N{EN DASH}".join(ends)
    if period.days > WEEK.length:
        months = names[0] if names[0] == names[1] else "\N{EN DASH}".join(names)
        return f"{months} {_year_name(period.first_day)}"
    days = [str(int(end[1])) for end in (first, last)]
    if period.days == 1:
        return f"{days[0]} {names[0]}"
    if names[0] == names[1]:
        return f"{days[0]}\N{EN DASH}{days[1]} {names[0]}"
    return f"{days[0]} {names[0]} \N{EN DASH} {days[1]} {names[1]}"
