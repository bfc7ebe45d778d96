"""The timeline's histogram, against the same drawn of each event by itself."""

import pytest
from django.http import QueryDict

from config.edtf.periods import periods
from events.charts.histogram import Histogram
from events.charts.tallies import tally
from events.charts.timeline import draw_events
from events.filters.events import EventFilterSet
from events.models import Event
from tests.config.edtf.calendar import are_whole_months, are_whole_years
from tests.events.dates import spans_of_events
from tests.factories import make_event

# All kinds of doubt: within a month, over the ends of months and years, and without an end.
DATES = ["", "2014", "2014?", "2014-03", "2014-03/2014-05", "2013-12/2014-01", "../2013", "2015/.."]
DATES += ["[2014-01-30..2014-02-02]", "[2014-03-30..2014-03-31]", "2014-02-28/2014-03-01", "201X"]
DATES += ["2014-01-01", "2014-03-07", "2014-03-07", "2014-03-08~", "2014-12-31", "2016-02-29"]
DATES += ["1950/1951", "1990/2016", "2014-01-25", "2014-01-26"]
# By days, weeks, months and quarters, each with words and without.
RANGES = {
    "days": "since=2014-02-27&until=2014-03-20",
    "weeks": "since=2014-01-20&until=2014-08-10",
    "months": "since=2014-01-20&until=2015-06-15",
    "quarters": "since=2013-02-10",
    "years": "until=2016",
}


@pytest.fixture
def made(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.charts.histogram.FEWEST", 1)
    for date in DATES:
        make_event(title="A bridge", date=date)
    for date in DATES[::3]:
        make_event(title="A bridge, gone", date=date)


@pytest.mark.parametrize("unit", RANGES)
def test_what_is_drawn_is_what_each_event_says(made: None, unit: str) -> None:
    without = ("q=bridge -gone", "q=-gone&year=2014", "q=-gone&certain=1")
    for words in ("", "q=bridge", "q=bridge&year=2014", *without, "certain=1"):
        filters = EventFilterSet(
            QueryDict(f"{RANGES[unit]}&{words}"), queryset=Event.objects.none()
        )
        chart = drawn(filters)
        over = [column.period for column in chart.columns]
        assert over == periods(*days_to_draw(filters))
        if "certain=1" not in words:
            assert are_whole_months(over) == (unit not in ("days", "weeks"))
            assert are_whole_years(over) == (unit == "years")


def events_under(filters: EventFilterSet) -> list[Event]:
    return list(Event.objects.filter(pk__in=filters.selection.keys))


def drawn(filters: EventFilterSet) -> Histogram:
    """The drawing, after a look at each of its columns."""
    events = events_under(filters)
    chart = draw_events(filters, filters.selection)
    assert chart is not None
    assert chart.number == len(events) > 2
    over = [column.period for column in chart.columns]
    counted = tally({"event": spans_of_events(events)}, over)
    for column, cell in zip(chart.columns, counted.of("event"), strict=True):
        assert (column.total.surely, column.total.possibly) == (cell.surely, cell.possibly)
    return chart


def days_to_draw(filters: EventFilterSet) -> tuple[int, int]:
    """The first and the last that is known of any date, within the range."""
    dates = [event.when for event in events_under(filters)]
    known = [day for when in dates for day in (when.first_day, when.last_day) if day is not None]
    since, until = filters.chosen("since"), filters.chosen("until")
    first = min(known) if since is None else max(min(known), since)
    return first, max(known) if until is None else min(max(known), until)
