"""The histogram above the timeline: the events under the filters, over the time they lie in."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from config.addresses import links_to
from config.periods import Period, are_whole_months, are_whole_years, periods_within
from events.counting import EventCounts, count_events
from events.drawing import Histogram, Layer, draw
from events.filters import EventFilterSet
from events.known_dates import Sql
from events.summaries import Summaries
from events.tallies import tally


def count_and_draw(filters: EventFilterSet) -> tuple[EventCounts, Histogram | None]:
    """What the timeline shows beside its rows; without the dates that were drawn, but for years."""
    counts = count_events(filters)
    drawn = draw_events(filters, counts)
    return replace(counts, months=None, spans=None), drawn


def draw_events(filters: EventFilterSet, counts: EventCounts) -> Histogram | None:
    """None where no date under the filters has any end."""
    over = periods_within(counts.days, filters.chosen("since"), filters.chosen("until"))
    if not over:
        return None
    return draw(
        "time",
        _("Events over time"),
        tally(*_dates_under(filters, counts, over), over),
        [Layer("event", _("events"))],
        unit=_("event"),
        number=counts.total,
        link=_link(filters),
        is_range=True,
    )


def _dates_under(filters: EventFilterSet, counts: EventCounts, periods: list[Period]) -> Sql:
    """The dates under the filters as `tallies` takes them: as they were counted, unless the periods
    are finer than that."""
    by_months = are_whole_months(periods)
    found = counts.years if are_whole_years(periods) else counts.months if by_months else None
    if found := found or counts.spans:
        # Written as arrays here: as lists of parameters they take longer than the query.
        columns = [f"{{{','.join(map(str, column))}}}" for column in zip(*found, strict=True)]
        arrays = "%s::bigint[], %s::bigint[], %s::boolean[], %s::bigint[]"
        return f"SELECT 'event', * FROM unnest({arrays})", columns
    sql, values = Summaries(filters).dates_of_each(by_months=by_months)
    dates = "first_day, last_day, is_date_qualified, events"
    return f"SELECT 'event', {dates} FROM ({sql}) AS dated", values


def _link(filters: EventFilterSet) -> Callable[[Period], str]:
    """The same view, narrowed to a period."""
    query = filters.data.copy()
    for name in ("page", "after", "year"):
        query.pop(name, None)
    return links_to(query)
