"""The timeline and the page of one event."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from config.http.addresses import address_of
from config.http.caching import cached
from config.http.former_slugs import redirect_former_slugs
from config.http.preview import is_preview
from config.lists.facets import Facet
from config.lists.listing import is_fragment, render_list, render_page
from config.lists.paging import paginate
from events.charts.histogram import Histogram
from events.charts.timeline import draw_events
from events.exports.heads import head_of_event
from events.exports.links import Following
from events.exports.tools import tools_of_event, tools_of_list
from events.filters.event_facets import FACETS, count_facets, find_values, understand_name
from events.filters.events import EventFilterSet, FacetFilterSet
from events.filters.selected import SelectedEvents
from events.models import Event
from events.pages.entries import group_by_date, read_entries
from events.pages.event import read_record
from events.search.elsewhere import look_elsewhere
from events.search.snippets import Snippets
from events.views.ways_back import way_back_of_event
from events.views.withdrawn import tell_withdrawn

# How many values of a facet stand on a page of their own.
FOUND = 200


def event_list(request: HttpRequest) -> HttpResponse:
    filters = EventFilterSet(request.GET, queryset=Event.objects.none())
    page = paginate(filters, SelectedEvents(filters.selection))
    facets, chart = cached(request, f"events?{filters.query}", lambda: _counted(filters))
    words = filters.understood.meant if filters.chosen("q") else None
    entries = read_entries([row.pk for row in page.rows], are_whole=words is not None)
    if words is not None:
        Snippets(entries, words).mark()
    return render_list(
        request,
        "events/event_list",
        filters,
        page,
        facets,
        heading=_("Timeline"),
        path=address_of("events:event_list"),
        groups=group_by_date(entries),
        chart=chart,
        following=Following(request, filters),
        tools=tools_of_list(request, filters, _("Events"), address_of("events:event_list")),
        elsewhere=look_elsewhere(filters, page),
    )


def _counted(filters: EventFilterSet) -> tuple[list[Facet], Histogram | None]:
    """What stands beside the rows, whatever page of them is shown."""
    return count_facets(filters, filters.selection), draw_events(filters, filters.selection)


def facet_detail(request: HttpRequest, name: str) -> HttpResponse:
    """All values of one facet of the timeline, to be looked through and chosen from."""
    if name not in FACETS:
        raise Http404
    filters = FacetFilterSet(request.GET, queryset=Event.objects.none())
    text = filters.data.get("find", "")[:200]
    asked = understand_name(name, text)
    is_wordless = bool(text) and asked.is_empty
    values = [] if is_wordless else find_values(filters, filters.selection, name, asked, FOUND)
    return render_page(
        request,
        "events/_facet_found.html" if is_fragment(request) else "events/facet_detail.html",
        filters=filters,
        name=name,
        label=filters.filters[name].label,
        values=values,
        not_chosen=[value for value in values if not value.is_chosen],
        is_cut=len(values) == FOUND,
        problems=filters.problems,
        text=text,
        understood=asked,
        way_back=way_back_of_event(request),
        others=filters.hidden_values({name}),
    )


@tell_withdrawn
@redirect_former_slugs(Event)
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    record = read_record(slug, with_drafts=is_preview(request, Event))
    if record is None:
        raise Http404
    return render_page(
        request,
        "events/event_detail.html",
        event=record.event,
        record=record,
        head=head_of_event(request, record.event),
        tools=tools_of_event(request, record.event),
        way_back=way_back_of_event(request),
    )
