"""Dates of events and of texts as histograms count them."""

from collections.abc import Iterable

from config.edtf.dates import first_day_of, last_day_of, parse
from events.charts.tallies import Spans
from events.models import Event


def spans_of_texts(dates: Iterable[str]) -> Spans:
    return Spans.of([(first_day_of(d), last_day_of(d), parse(d).is_qualified, 1) for d in dates])


def spans_of_events(events: Iterable[Event]) -> Spans:
    """Each by itself, as the database derives its days."""
    return Spans.of([(e.first_day, e.last_day, e.is_date_qualified, 1) for e in events])
