"""The timeline drawn in lanes."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from config.http.addresses import address_of, with_query
from config.http.caching import cached
from config.lists.listing import render_list
from config.lists.paging import Page
from events.exports.links import Following
from events.exports.tools import tools_of_list
from events.filters.event_facets import count_facets
from events.filters.timeline import TimelineFilterSet
from events.models import Chronology, Event
from events.pages.chosen import read_chosen
from events.pages.drawing import draw_timeline
from events.views.menus import menus_of_events


def timeline(request: HttpRequest) -> HttpResponse:
    filters = TimelineFilterSet(request.GET, queryset=Event.objects.none())
    chronology = Chronology.objects.first()
    return render_list(
        request,
        "timeline/timeline",
        filters,
        Page([], 1, filters.selection.count, filters.query),
        cached(
            request, f"timeline?{filters.query}", lambda: count_facets(filters, filters.selection)
        ),
        heading=(chronology and chronology.title) or _("Timeline"),
        chronology=chronology,
        drawing=draw_timeline(filters),
        chosen=read_chosen(filters),
        list_address=with_query(address_of("events:event_list"), filters.results_query),
        groups_of_filters=menus_of_events(),
        following=Following(request, filters),
        tools=tools_of_list(request, filters, _("Timeline")),
    )
