"""The first events under a filter, for the page that other sites show in a frame."""

from config.dates import AFTER_ALL
from events.counting import count_and_date
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
    total, days = count_and_date(filters) if is_asked else (None, None)
    window = Window(last_day=days[1] if days else AFTER_ALL, number=total)
    rows = narrow_in_order(filters, window)
    rows = rows.order_by(*ORDERS[filters.order_in_force].fields)
    return group_by_date(read_entries([row.pk for row in rows[:SHOWN]]))
