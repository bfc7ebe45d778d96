"""The timeline drawn in lanes: its page, for a frame on another site, and as a file."""

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from config.http.addresses import absolute, address_of, with_query
from config.http.caching import cached, versioned
from config.http.open_access import read_by_other_sites
from config.http.problem_documents import bad_query
from config.lists.filtering import Problem
from config.lists.listing import render_list
from config.lists.paging import Page
from events.exports.links import Following
from events.exports.tools import tools_of_list
from events.exports.wording import filter_in_words
from events.filters.event_facets import count_facets
from events.filters.timeline import TimelineFilterSet
from events.models import Event
from events.pages.chosen import read_chosen
from events.pages.drawing import Drawing, draw_timeline
from events.pages.timeline_file import TimelineFile
from events.site import chronology_of
from events.views.menus import menus_of_events


def timeline(request: HttpRequest) -> HttpResponse:
    filters = _read(request)
    return render_list(
        request,
        "timeline/timeline",
        filters,
        Page([], 1, filters.selection.count, filters.query),
        cached(
            request, f"timeline?{filters.query}", lambda: count_facets(filters, filters.selection)
        ),
        heading=_("Timeline"),
        drawing=draw_timeline(filters),
        chosen=read_chosen(filters),
        list_address=_list_address(filters),
        picture_address=with_query(address_of("timeline_picture"), filters.query),
        groups_of_filters=menus_of_events(),
        following=Following(request, filters, frame="timeline_embed"),
        tools=tools_of_list(request, filters, _("Timeline")),
    )


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": None, "connect-src": None})
@versioned
def timeline_embed(request: HttpRequest) -> HttpResponse:
    """For a frame on any other page; its links lead to the page of the timeline."""
    filters = _read(request)
    context = {
        "problems": filters.problems,
        "filters": filters,
        "title": filter_in_words(filters, _("Timeline")),
        "drawing": draw_timeline(filters),
        "list_address": _list_address(filters),
        "picture_address": "",
        "page": _page_address(request, filters),
    }
    return render(request, "timeline/timeline_embed.html", context)


@require_safe
@read_by_other_sites
@versioned
def timeline_picture(request: HttpRequest) -> HttpResponse:
    """The picture alone, with its legend, address and day, which needs no other file."""
    filters = _read(request)
    drawing = draw_timeline(filters)
    if filters.problems or drawing is None:
        none = Problem("", _("No event under these filters has a date that could be drawn."))
        return bad_query(filters.problems or [none])
    title = filter_in_words(filters, chronology_of(request).title or _("Timeline"))
    file = TimelineFile(drawing, list(_notes(request, filters, drawing)))
    context = {"file": file, "drawing": drawing, "title": title, "short_title": file.title(title)}
    response = render(request, "timeline/timeline.svg", context, content_type="image/svg+xml")
    response["Content-Disposition"] = 'inline; filename="chancery-timeline.svg"'
    return response


def _read(request: HttpRequest) -> TimelineFilterSet:
    return TimelineFilterSet(request.GET, queryset=Event.objects.none())


def _list_address(filters: TimelineFilterSet) -> str:
    return with_query(address_of("events:event_list"), filters.results_query)


def _page_address(request: HttpRequest, filters: TimelineFilterSet) -> str:
    return absolute(request, with_query(address_of("timeline"), filters.query))


def _notes(request: HttpRequest, filters: TimelineFilterSet, drawing: Drawing) -> list[str]:
    """Below the picture: what it leaves out, where it stands, and when that was read."""
    notes = [drawing.missing_in_words] if drawing.missing_in_words else []
    told = {
        "site": chronology_of(request).name,
        "address": _page_address(request, filters),
        "day": format_date(timezone.now().date(), "j F Y"),
    }
    return [*notes, _("%(site)s · %(address)s · read on %(day)s") % told]
