"""The timeline and the page of one event."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from config.caching import kept
from config.dates import UncertainDate
from config.listing import render_list, render_page
from config.paging import paginate
from config.preview import visible
from events.charts import draw_events
from events.counting import count_events
from events.filters import EventFilterSet
from events.models import Event
from events.models.events import ORDERS
from events.record import EventRecord


@dataclass(frozen=True, slots=True)
class DateGroup:
    """Neighbours on the timeline of which the same is known about the date."""

    when: UncertainDate
    events: list[Event]


def group_by_date(events: Iterable[Event]) -> list[DateGroup]:
    return [
        DateGroup(when, list(group))
        for when, group in groupby(events, key=lambda event: event.when)
    ]


def event_list(request: HttpRequest) -> HttpResponse:
    filters = EventFilterSet(request.GET, queryset=Event.objects.published().for_list())
    counts = kept(request, f"events?{filters.query}", lambda: count_events(filters))
    keyset = ORDERS[filters.order_in_force]
    page = paginate(filters, filters.narrow(), keyset, counts.total)
    chart = kept(request, f"chart?{filters.query}", lambda: draw_events(filters, counts))
    return render_list(
        request,
        "events/event_list",
        filters,
        page,
        counts.facets,
        groups=group_by_date(page.rows),
        chart=chart,
    )


def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(visible(request, Event.objects.for_detail()), slug=slug)
    return render_page(request, "events/event_detail.html", event=event, record=EventRecord(event))
