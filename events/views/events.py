"""The timeline and the page of one event."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from config.caching import kept
from config.dates import UncertainDate
from config.listing import is_fragment, render_list, render_page
from config.paging import paginate
from config.preview import visible
from events.charts import draw_events
from events.counting import FACETS, count_events, find_values
from events.filters import EventFilterSet, FacetFilterSet
from events.models import Event
from events.models.events import ORDERS
from events.outputs.links import Following
from events.record import EventRecord
from events.search.snippets import Snippets

# How many values of a facet stand on a page of their own.
FOUND = 200


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
    found = Snippets(page.rows, filters.understood.meant if filters.chosen("q") else None)
    return render_list(
        request,
        "events/event_list",
        filters,
        page,
        counts.facets,
        groups=group_by_date(page.rows),
        chart=chart,
        following=Following(request, filters),
        found=found,
    )


def facet_detail(request: HttpRequest, name: str) -> HttpResponse:
    """All values of one facet of the timeline, to be looked through and chosen from."""
    if name not in FACETS:
        raise Http404
    filters = FacetFilterSet(request.GET, queryset=Event.objects.published())
    text = filters.data.get("find", "")[:200]
    values = find_values(filters, name, text, FOUND)
    return render_page(
        request,
        "events/_facet_found.html" if is_fragment(request) else "events/facet_detail.html",
        filters=filters,
        name=name,
        label=filters.filters[name].label,
        values=values,
        is_cut=len(values) == FOUND,
        problems=filters.problems,
        text=text,
        others=filters.hidden_values({name}),
    )


def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(visible(request, Event.objects.for_detail()), slug=slug)
    return render_page(request, "events/event_detail.html", event=event, record=EventRecord(event))
