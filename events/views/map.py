"""The map of events, for its page, for a frame on another site, and as a file."""

from dataclasses import replace

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from config.http.addresses import absolute, address_of, with_query
from config.http.caching import cached, versioned
from config.http.open_access import read_by_other_sites
from config.http.problem_documents import bad_query
from config.lists.listing import render_list
from config.lists.paging import Page
from events.charts.map.drawing import Map
from events.charts.map.filters import MapFilterSet
from events.exports.links import Following
from events.exports.tools import Tools, tools_of_list
from events.exports.wording import filter_in_words
from events.filters.event_facets import count_facets
from events.models import Event
from events.pages.citation_page import PageCitation
from events.pages.map import map_of, panel_of, places_of
from events.pages.map_file import height_of, lines_of, short
from events.site import chronology_of
from events.views.menus import menus_of_events


def event_map(request: HttpRequest) -> HttpResponse:
    filters = MapFilterSet(request.GET, queryset=Event.objects.none())
    places = places_of(request, filters)
    drawn = None if filters.problems else map_of(filters, places)
    facets = cached(
        request,
        f"facets of the map?{filters.query}",
        lambda: count_facets(filters, filters.selection),
    )
    return render_list(
        request,
        "map/map",
        filters,
        Page([], 1, filters.selection.count, filters.query),
        facets,
        heading=_("Map"),
        map=drawn,
        panel=panel_of(filters, places.sites),
        groups_of_filters=menus_of_events(),
        following=Following(request, filters, frame="map_embed"),
        tools=_tools(request, filters, drawn),
        picture_address=with_query(address_of("map_picture"), filters.query),
        list_address=with_query(address_of("events:event_list"), filters.results_query),
    )


def _tools(request: HttpRequest, filters: MapFilterSet, drawn: Map | None) -> Tools:
    """Those of a list, with the window in the address: others see what one shares."""
    tools = tools_of_list(request, filters, _("Map"))
    if drawn is None:
        return tools
    address = absolute(request, replace(drawn.links, is_relative=False).here)
    citation = PageCitation(
        "chancery-map",
        tools.title,
        address,
        chronology_of(request).name,
        timezone.now().date(),
    )
    return replace(tools, address=address, citation=citation)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": None, "connect-src": None})
@versioned
def map_embed(request: HttpRequest) -> HttpResponse:
    """The map for a frame on any other page, whose links lead to the map itself."""
    filters = MapFilterSet(request.GET, queryset=Event.objects.none())
    context = {
        "problems": filters.problems,
        "title": filter_in_words(filters, _("Map")),
        "map": None
        if filters.problems
        else map_of(filters, places_of(request, filters), is_relative=False),
        "page": absolute(request, with_query(address_of("map"), filters.query)),
    }
    return render(request, "map/map_embed.html", context)


@require_safe
@read_by_other_sites
@versioned
def map_picture(request: HttpRequest) -> HttpResponse:
    """The picture alone, with its legend, address and day, which needs no other file."""
    filters = MapFilterSet(request.GET, queryset=Event.objects.none())
    if filters.problems:
        return bad_query(filters.problems)
    places = places_of(request, filters)
    drawn = map_of(filters, places, is_relative=False, is_alone=True)
    title = filter_in_words(filters, _("Map"))
    address = absolute(request, drawn.links.here)
    lines = lines_of(drawn, chronology_of(request).name, address, timezone.now().date())
    context = {
        "map": drawn,
        "picture": drawn.pictures[0],
        "title": title,
        "short_title": short(title),
        "legend": lines,
        "height": height_of(lines),
    }
    response = render(request, "map/map.svg", context, content_type="image/svg+xml")
    response["Content-Disposition"] = 'inline; filename="chancery-map.svg"'
    return response
