"""The days that a drawn timeline of all dates shows: where the dates crowd, and no less."""

import numpy as np

from config.edtf.dates import AFTER_ALL, BEFORE_ALL
from config.edtf.units import Period
from events.charts.crowd import crowd, widened
from events.charts.tallies import Spans

# Of more dates so many are looked at, evenly in the order of time.
_SAMPLE = 64
# Of these one in so many may lie far out: a gutter of numbers is not to be full.
_FAR_OUT = 32


def days_of_all(spans: Spans) -> tuple[Period, Period] | None:
    """Where the dates crowd, and all days that they are known to touch; None without a day.

    The first is the second unless it could be much shorter: what lies far out then stands in a
    gutter.
    """
    days = spans.days
    if days is None:
        return None
    every = Period(*days)
    is_closed = (spans.first != BEFORE_ALL) & (spans.last != AFTER_ALL)
    first, last, number = spans.first[is_closed], spans.last[is_closed], spans.number[is_closed]
    if not len(first):
        return Period(*widened(*days)), every
    order = np.argsort(first, kind="stable")
    upto = np.cumsum(number[order])
    total = int(upto[-1])
    wanted = np.unique(np.linspace(0, total - 1, min(total, _SAMPLE)).astype(np.int64))
    sample = order[np.searchsorted(upto, wanted, side="right")]
    spans_of_sample = [(int(first[i]), int(last[i])) for i in sample]
    found = crowd(spans_of_sample) if total <= _SAMPLE else crowd(spans_of_sample, _FAR_OUT)
    closed = (int(first.min()), int(last.max()))
    is_nearly_all = closed[1] - closed[0] + 1 < 1.5 * (found[1] - found[0] + 1)
    return Period(*widened(*(closed if is_nearly_all else found))), every
