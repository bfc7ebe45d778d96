"""Places: the list, and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from config.http.addresses import address_of
from config.http.former_slugs import redirect_former_slugs
from config.http.preview import visible
from config.lists.cursors import Keyset
from config.lists.facets import count_facets
from config.lists.listing import render_list, render_page
from config.lists.paging import Queried, paginate
from config.lists.way_back import way_back
from events.exports.heads import head_of_location
from events.exports.tools import tools_of_list, tools_of_record
from events.filters.facets import LOCATION_FACETS
from events.filters.locations import LocationFilterSet
from events.index.current import current_state
from events.index.selection import Selection
from events.models import Location
from events.pages.around import read_around
from events.pages.entries import read_entries
from events.pages.references import References, keys_of, load_first_citations, read_cited
from events.pages.small_map import map_of_place
from events.pages.timeline import draw_newest
from events.search.elsewhere import look_elsewhere

SHOWN = 20


def location_list(request: HttpRequest) -> HttpResponse:
    filters = LocationFilterSet(request.GET, queryset=Location.objects.published().for_list())
    page = paginate(filters, Queried(filters.narrow(), Keyset(("sort_name", "pk"))))
    facets = count_facets(filters, LOCATION_FACETS)
    load_first_citations(page.rows)
    return render_list(
        request,
        "locations/location_list",
        filters,
        page,
        facets,
        heading=_("Places"),
        tools=tools_of_list(request, filters, _("Places")),
        elsewhere=look_elsewhere(filters, page),
    )


@redirect_former_slugs(Location)
def location_detail(request: HttpRequest, slug: str) -> HttpResponse:
    location = get_object_or_404(visible(request, Location.objects.for_detail()), slug=slug)
    found = _events_in(location)
    around = read_around(location)
    wider = [place for place in reversed(around) if place.pk != location.pk]
    events = read_entries([event.pk for event in found.between(0, SHOWN)], with_sources=False)
    inside = location.children.published().order_by("sort_name", "pk")
    children = list(inside.only("slug", "name", "kind", "parent")[:SHOWN])
    names = list(location.names.all())
    places = keys_of([location, *around, *children])
    return render_page(
        request,
        "locations/location_detail.html",
        location=location,
        head=head_of_location(request, location),
        tools=tools_of_record(request, location),
        around=around,
        wider_places=wider,
        outermost=around[0] if around else location,
        wider=_("What happened in %(place)s") % {"place": wider[0].name}
        if wider
        else _("All places"),
        wider_url=wider[0].get_absolute_url() if wider else address_of("locations:location_list"),
        names=names,
        small_map=map_of_place([*wider[::-1], location]),
        children=children,
        way_back=way_back(
            request,
            "locations:location_list",
            _("Back to the places"),
            LocationFilterSet,
            Location.objects.all(),
        ),
        events=events,
        timeline=draw_newest(events),
        event_count=found.count,
        references=References(read_cited({"location": places, "location_name": keys_of(names)})),
    )


def _events_in(location: Location) -> Selection:
    """The events in the location and in all places inside it. For a place that is not published,
    those that a curator sees beforehand: which lie in published places inside it."""
    state = current_state()
    if location.is_published:
        mask = state.columns["location"].having_any([location.pk], state.size)
    else:
        inside = Location.objects.published().within([location]).values_list("pk", flat=True)
        mask = state.columns["location"].having_any(list(inside), state.size)
    return Selection(state, {"location": mask})
