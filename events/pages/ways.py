"""Where one can go from a drawn timeline: other lanes, other times, another event."""

from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from config.edtf.units import Period
from config.http.addresses import address_of, links_to, with_query
from events.charts.lanes.zoom import Zoom
from events.charts.timeline import spans_of
from events.filters.timeline import TimelineFilterSet


class Ways:
    """Addresses for the links of one picture; "" where there is nothing to go to."""

    def __init__(self, filters: TimelineFilterSet, zoom: Zoom) -> None:
        self.filters = filters
        self.zoom = zoom

    def address(self, **changes: str) -> str:
        """Of this view with other values of some parameters; "" takes one away."""
        query = self.filters.data.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return with_query(address_of("timeline"), query.urlencode())

    def leading_to(self, period: Period | None) -> str:
        """A day leads to the list of its events, all else to what it is in the picture."""
        if period is None:
            return ""
        if period.days > 1:
            return self.address(span=period.text)
        rest = QueryDict(self.filters.results_query, mutable=True)
        return address_of("events:event_list") + links_to(rest)(period)

    @cached_property
    def of_event(self) -> str:
        """What stands before the slug of an event in the address that chooses it."""
        address = self.address(event="")
        return f"{address}{'&' if '?' in address else '?'}event="

    @property
    def lanes_by(self) -> list[tuple[str, str, bool]]:
        """What may part the lanes: its words, the address, and whether it does."""
        choices = self.filters.filters["lanes"].extra["choices"]
        return [
            (words, self.address(lanes="" if by == "actor" else by), by == self.filters.by)
            for by, words in choices
        ]

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The ways to wider windows, the widest first."""
        ways = [(_("All dates"), self.address(span=""))] if self.zoom.window else []
        return ways + [(found.words, self.leading_to(found)) for found in self.zoom.crumbs]

    @property
    def steps(self) -> list[tuple[str, str, str]]:
        """Earlier, later, wider and closer: the sign, the words, and the address or ""."""
        zoom, event = self.zoom, self.filters.event_chosen
        day = event.when.last_day if event else None
        is_shown = day is not None and zoom.shown.first_day <= day <= zoom.shown.last_day
        closer = zoom.closer(day if is_shown else None)
        wider = self.leading_to(zoom.wider) or (self.address(span="") if zoom.window else "")
        return [
            ("←", _("Earlier"), self.leading_to_window(zoom.moved(-1))),
            ("→", _("Later"), self.leading_to_window(zoom.moved(1))),
            ("\N{MINUS SIGN}", _("Wider"), wider),
            ("+", _("Closer"), self.leading_to_window(closer)),
        ]

    def leading_to_window(self, window: Period | None) -> str:
        return self.address(span=window.text) if window else ""

    @cached_property
    def nearest(self) -> list[tuple[str, str]]:
        """To what lies nearest before the window, and nearest after it."""
        if self.zoom.window is None:
            return []
        spans, window = spans_of(self.filters.selection), self.zoom.window
        before = spans.last[spans.last < window.first_day]
        after = spans.first[spans.first > window.last_day]
        days = [int(before.max())] if len(before) else []
        days += [int(after.min())] if len(after) else []
        found = [self.zoom.around(day) for day in days]
        return [(period.words, self.leading_to_window(period)) for period in found]

    @property
    def heights(self) -> list[tuple[str, str, bool]]:
        is_same = self.filters.has_same_height
        return [
            (_("each lane"), self.address(height=""), not is_same),
            (_("the same"), self.address(height="same"), is_same),
        ]

    @property
    def as_table(self) -> str:
        return self.address(view="table")

    @property
    def as_picture(self) -> str:
        return self.address(view="")

    @property
    def without_event(self) -> str:
        return self.address(event="")

    @property
    def lane_label(self) -> str:
        return str(dict(self.filters.filters["lanes"].extra["choices"])[self.filters.by])
