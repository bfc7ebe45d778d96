"""Places: the list, and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from config.cursors import Keyset
from config.facets import count_facets
from config.listing import render_list, render_page
from config.paging import paginate
from config.preview import visible
from events.facets import LOCATION_FACETS
from events.filters import LocationFilterSet
from events.models import Citation, Event, Location
from events.references import References

SHOWN = 20


def location_list(request: HttpRequest) -> HttpResponse:
    filters = LocationFilterSet(request.GET, queryset=Location.objects.published().for_list())
    page = paginate(filters, filters.narrow(), Keyset(("sort_name", "pk")))
    facets = count_facets(filters, LOCATION_FACETS)
    return render_list(request, "locations/location_list", filters, page, facets)


def location_detail(request: HttpRequest, slug: str) -> HttpResponse:
    location = get_object_or_404(visible(request, Location.objects.for_detail()), slug=slug)
    events = Event.objects.published().located_in([location])
    shown = list(events.for_list().in_order("-date")[:SHOWN])
    citations = Citation.objects.published().filter(location=location)
    return render_page(
        request,
        "locations/location_detail.html",
        location=location,
        around=Location.objects.published().around(location),
        names=list(location.names.all()),
        children=list(location.children.published().for_list()[:SHOWN]),
        events=shown,
        event_count=events.count() if len(shown) == SHOWN else len(shown),
        references=References(citations.for_list()),
    )
