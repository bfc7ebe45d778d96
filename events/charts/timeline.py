"""The histogram above the timeline: the events under the filters, over the time they lie in."""

from collections.abc import Callable

import numpy as np
from django.utils.translation import gettext as _

from config.edtf.periods import periods_within
from config.edtf.units import Period
from config.http.addresses import links_to
from events.charts.histogram import EVENTS, Histogram, Layer, draw, is_worth_drawing
from events.charts.tallies import Spans, tally
from events.filters.events import EventFilterSet
from events.index.selection import Selection


def draw_events(filters: EventFilterSet, selection: Selection) -> Histogram | None:
    """None where there are too few events, or no time to draw them over."""
    spans = spans_of(selection)
    over = periods_within(spans.days, filters.chosen("since"), filters.chosen("until"))
    if not is_worth_drawing(selection.count, over):
        return None
    return draw(
        "time",
        _("Events over time"),
        tally({"event": spans}, over),
        [Layer("event", _("events"))],
        unit=EVENTS,
        number=selection.count,
        link=_link(filters),
        is_range=True,
    )


def spans_of(selection: Selection) -> Spans:
    """The dates of the events, each once, with the number of events that have it."""
    dates, counts = selection.state.dates, selection.counts_of_spans()
    found = np.flatnonzero(counts)
    return Spans(dates.first[found], dates.last[found], ~dates.is_sure[found], counts[found])


def _link(filters: EventFilterSet) -> Callable[[Period], str]:
    """The same view, narrowed to a period."""
    query = filters.data.copy()
    for name in ("page", "after", "year"):
        query.pop(name, None)
    return links_to(query)
