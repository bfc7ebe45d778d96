"""The first events under a filter, for the page that other sites show in a frame."""

from events.counting import count_total
from events.entries import DateGroup, group_by_date, read_entries
from events.filters import EventFilterSet
from events.in_order import Window, narrow_in_order
from events.models.events import ORDERS

SHOWN = 50


def first_events(filters: EventFilterSet) -> list[DateGroup]:
    if filters.problems:
        return []
    # Only among profiles and of what words find does it matter how many there are.
    is_asked = filters.profiles() is not None or filters.chosen("q")
    rows = narrow_in_order(filters, count_total(filters) if is_asked else Window())
    rows = rows.order_by(*ORDERS[filters.order_in_force].fields)
    return group_by_date(read_entries([row.pk for row in rows[:SHOWN]]))
