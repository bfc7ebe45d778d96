"""What the page of the drawn timeline shows of the events under its filters."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.edtf.bounds import day_text
from config.edtf.dates import AFTER_ALL, BEFORE_ALL
from config.edtf.units import YEAR, Period
from events.charts.axis import Axis, Mark, Shape
from events.charts.lanes.density import Bins, Density, bins_of, draw_density
from events.charts.lanes.lane import LaneEvent
from events.charts.lanes.legend import Key, legend_of
from events.charts.lanes.links import Line, draw_links
from events.charts.lanes.narrow import NarrowLane, draw_narrow
from events.charts.lanes.picture import COLUMN, GUTTER, Picture, draw_lanes, mark_of
from events.charts.lanes.table import TableLane, tabulate
from events.charts.lanes.ticks import Tick, Ticks, ticks_of
from events.charts.lanes.whole import days_of_all
from events.charts.lanes.zoom import Zoom
from events.charts.timeline import spans_of
from events.filters.timeline import TimelineFilterSet
from events.pages.lanes import LaneReader
from events.pages.ways import Ways

# A time of more days is told by its years.
_MANY_DAYS = 3 * 366
# Of the window in the overview.
_NARROWEST = 8  # pixels


@dataclass(frozen=True, slots=True)
class TickLabel:
    """A label of the axis, where it stands in percent, and what it leads to."""

    x: float
    label: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All dates, with the window among them: `x` and `width` in percent. A window may lie where
    there are none, too."""

    number: int
    density: Density
    axis: Axis
    ticks: list[Tick]
    x: float
    width: float
    has_window: bool


class Drawing:
    """Made for one request; each part when a template asks for it."""

    def __init__(self, filters: TimelineFilterSet, zoom: Zoom) -> None:
        self.filters = filters
        self.zoom = zoom
        self.ways = Ways(filters, zoom)
        self.reader = LaneReader(filters, zoom, self.ways.of_event)

    @cached_property
    def axis(self) -> Axis:
        return self._axis(self.zoom.window, column=COLUMN, gutter=GUTTER)

    @cached_property
    def narrow_axis(self) -> Axis:
        return self._axis(self.zoom.window)

    def _axis(self, window: Period | None, **shape: float) -> Axis:
        whole, every = self.zoom.whole, self.zoom.every
        spans = spans_of(self.filters.selection)
        has_gutters = window is None
        days = window or whole
        is_open = [bool(np.any(spans.first == BEFORE_ALL)), bool(np.any(spans.last == AFTER_ALL))]
        return Axis(
            days.first_day,
            days.last_day,
            has_earlier=has_gutters and (is_open[0] or every.first_day < whole.first_day),
            has_later=has_gutters and (is_open[1] or every.last_day > whole.last_day),
            **shape,  # type: ignore[arg-type]
        )

    @cached_property
    def ticks(self) -> Ticks:
        return ticks_of(self.axis, self.zoom)

    @property
    def upper_labels(self) -> list[TickLabel]:
        return self._labels(self.ticks.upper)

    @property
    def lower_labels(self) -> list[TickLabel]:
        return self._labels(self.ticks.lower)

    def _labels(self, ticks: list[Tick]) -> list[TickLabel]:
        return [
            TickLabel(tick.x, tick.label, tick.period.words, self.ways.leading_to(tick.period))
            for tick in ticks
        ]

    @cached_property
    def wide(self) -> Picture:
        return draw_lanes(
            self.reader.lanes, self.axis, has_same_height=self.filters.has_same_height
        )

    @cached_property
    def narrow(self) -> list[NarrowLane]:
        same = self.filters.has_same_height
        return draw_narrow(self.reader.lanes, self.narrow_axis, has_same_height=same)

    @cached_property
    def table(self) -> list[TableLane]:
        return tabulate(self.reader.lanes, self.axis)

    @cached_property
    def links(self) -> list[Line]:
        chosen = self.filters.event_chosen
        return draw_links(self.wide, self.reader.links, chosen.pk if chosen else None)

    @property
    def has_stated_links(self) -> bool:
        return any(not line.is_inferred for line in self.links)

    @property
    def has_inferred_links(self) -> bool:
        return any(line.is_inferred for line in self.links)

    @cached_property
    def overview(self) -> Overview | None:
        window = self.zoom.window
        if window is None:
            return None
        axis = self._axis(None, column=COLUMN, gutter=GUTTER)
        bins: Bins = bins_of(axis)
        counts = self.reader.counted(bins)
        ticks = ticks_of(axis, Zoom(self.zoom.whole, self.zoom.every))
        least = 100 * _NARROWEST / COLUMN
        start, end = (
            min(max(axis.x(day), 0.0), 100.0) for day in (window.first_day, window.last_day + 1)
        )
        width = max(end - start, least)
        return Overview(
            self.filters.selection.count,
            replace(draw_density(bins, counts), peak=None),
            axis,
            ticks.upper or ticks.lower,
            round(min(start, 100 - width), 2),
            round(width, 2),
            (window.last_day >= axis.first_day or axis.has_earlier)
            and (window.first_day <= axis.last_day or axis.has_later),
        )

    @property
    def words(self) -> str:
        """The time that is shown."""
        return self.zoom.window.words if self.zoom.window else _("All dates")

    @property
    def in_detail(self) -> str:
        """Of all dates, the days between the gutters; of a window, how many events it has."""
        if self.zoom.window:
            number = self.reader.number_in_window
            words = ngettext("%(n)s event", "%(n)s events", number)
            return words % {"n": number_format(number, force_grouping=True)}
        if not (self.axis.has_earlier or self.axis.has_later):
            return ""
        whole = self.zoom.whole
        if whole.days > _MANY_DAYS:
            ends = YEAR.start(whole.first_day, 0), YEAR.start(whole.last_day, 1) - 1
            whole = Period(*ends)
        return _("in detail %(time)s") % {"time": whole.words}

    @property
    def first_day(self) -> str:
        """For the script that chooses a time; "" where no calendar of browsers has the day."""
        text = day_text(self.axis.first_day)
        return text if len(text) == 10 else ""

    @property
    def is_empty(self) -> bool:
        return self.reader.number_in_window == 0

    @property
    def has_densities(self) -> bool:
        return not self.filters.is_table and bool(self.wide.densities)

    @property
    def chosen(self) -> str:
        """The slug of the chosen event."""
        event = self.filters.event_chosen
        return event.slug if event else ""

    @cached_property
    def legend(self) -> list[Key]:
        return legend_of(self.wide)

    @cached_property
    def missing_in_words(self) -> str:
        """What no mark and no bar tells: "" for nothing."""
        sentences = []
        if self.wide.densities and (number := self.reader.number_without_a_day):
            words = ngettext(
                "%(n)s event has no known day, and is in no bar.",
                "%(n)s events have no known day, and are in no bar.",
                number,
            )
            sentences.append(words % {"n": number_format(number, force_grouping=True)})
        events = (event for lane in self.reader.lanes for event in lane.events or ())
        if number := len({event.key for event in events if not event.when.text}):
            words = ngettext(
                "%(n)s event has no date at all, and is not drawn.",
                "%(n)s events have no date at all, and are not drawn.",
                number,
            )
            sentences.append(words % {"n": number_format(number, force_grouping=True)})
        return " ".join(sentences)

    @cached_property
    def here(self) -> Mark | None:
        event = self.filters.event_chosen
        return self.narrow_axis.mark(event.when) if event else None

    @cached_property
    def band(self) -> list[Shape]:
        """The time of the chosen event, through all lanes."""
        event = self.filters.event_chosen
        if event is None:
            return []
        found = mark_of(self.axis, LaneEvent(event.pk, event.slug, "", "", event.when, "", ""))
        return [*found.bars, *found.dots] if found else []


def draw_timeline(filters: TimelineFilterSet) -> Drawing | None:
    """None where no event under the filters has a day."""
    selection = filters.selection
    days = days_of_all(spans_of(selection)) if selection.count else None
    return Drawing(filters, Zoom(*days, filters.window)) if days else None
