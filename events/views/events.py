"""The timeline and the page of one event."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from config.http.addresses import address_of
from config.http.caching import cached
from config.http.former_slugs import redirect_former_slugs
from config.http.preview import visible
from config.lists.facets import Facet
from config.lists.filtering import Problem, without_blanks
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
from events.pages.entries import Entry, read_entries
from events.pages.event import read_record
from events.pages.matrix import Matrix
from events.pages.neighbours import find_neighbours
from events.pages.small_map import map_of_place
from events.pages.timeline import draw_timeline
from events.search.elsewhere import look_elsewhere
from events.search.snippets import Snippets
from events.views.menus import menus_of_events
from events.views.ways_back import is_in_relation, way_back_of_event
from events.views.withdrawn import tell_withdrawn

# How many values of a facet stand on a page of their own.
FOUND = 200
# How the page of an event shows who says what.
SAYS = ("list", "table")


def event_list(request: HttpRequest) -> HttpResponse:
    filters = EventFilterSet(request.GET, queryset=Event.objects.none())
    page = paginate(filters, SelectedEvents(filters.selection))
    facets, chart = cached(request, f"events?{filters.query}", lambda: _counted(filters))
    entries = _entries(filters, [row.pk for row in page.rows])
    timeline = draw_timeline(entries, is_by_date=filters.is_by_date, number=page.count)
    return render_list(
        request,
        "events/event_list",
        filters,
        page,
        facets,
        heading=_("Timeline"),
        path=address_of("events:event_list"),
        groups=timeline.sections,
        axis=timeline.axis,
        chart=chart,
        groups_of_filters=menus_of_events(),
        following=Following(request, filters),
        tools=tools_of_list(request, filters, _("Events"), address_of("events:event_list")),
        elsewhere=look_elsewhere(filters, page),
    )


def _entries(filters: EventFilterSet, keys: list[int]) -> list[Entry]:
    """The rows of a page, with the words that are searched for marked in them."""
    words = filters.understood.meant if filters.chosen("q") else None
    entries = read_entries(keys, are_whole=words is not None, with_sources=filters.is_whole)
    if words is not None:
        Snippets(entries, words, are_whole=filters.is_whole).mark()
    return entries


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
    record = read_record(slug, visible(request, Event.objects.all()))
    if record is None:
        raise Http404
    shown_as, problems = _shown_as(without_blanks(request.GET).getlist("says"), record.matrix)
    back = way_back_of_event(request)
    return render_page(
        request,
        "events/event_detail.html",
        event=record.event,
        record=record,
        head=head_of_event(request, record),
        tools=tools_of_event(request, record.event),
        way_back=back,
        neighbours=None if is_in_relation(request) else find_neighbours(record.event, back.query),
        small_map=map_of_place(record.places),
        shown_as=shown_as,
        says_as={name: _with_says(request.GET, name) for name in SAYS},
        problems=problems,
    )


def _shown_as(asked: list[str], matrix: Matrix) -> tuple[str, list[Problem]]:
    """Whether who says what is shown as a list or a table; of large tables that are well filled
    the table, where nothing is asked for or what is asked for is refused."""
    default = "table" if matrix.is_full else "list"
    if not asked:
        return default, []
    if len(asked) > 1:
        return default, [Problem("says", _("This takes one value, and several were given."))]
    if asked[0] not in SAYS:
        return default, [Problem("says", _("This takes “list” or “table”."))]
    return asked[0] if matrix.is_offered else "list", []


def _with_says(query: QueryDict, name: str) -> str:
    changed = query.copy()
    changed["says"] = name
    return changed.urlencode()
