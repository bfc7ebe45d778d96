"""The timeline and the page of one event."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from config.dates import UncertainDate
from config.facets import count_facets
from config.listing import render_list, render_page
from config.paging import paginate
from config.preview import visible
from events.facets import EVENT_FACETS
from events.filters import EventFilterSet
from events.models import Event
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
    page = paginate(filters, filters.narrow().in_order(filters.order_in_force))
    facets = count_facets(filters, EVENT_FACETS)
    groups = group_by_date(page.rows)
    return render_list(request, "events/event_list", filters, page, facets, groups=groups)


def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(visible(request, Event.objects.for_detail()), slug=slug)
    return render_page(request, "events/event_detail.html", event=event, record=EventRecord(event))
