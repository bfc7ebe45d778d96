"""The timeline and the page of one event."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from config.addresses import address_of
from config.caching import kept
from config.former_slugs import redirect_former_slugs
from config.listing import is_fragment, render_list, render_page
from config.paging import paginate
from config.preview import is_preview
from events.best_match import best_matches
from events.charts import count_and_draw
from events.counted_values import FACETS
from events.counting import find_values
from events.entries import group_by_date, read_entries
from events.filters import EventFilterSet, FacetFilterSet
from events.in_order import narrow_in_order
from events.models import Event
from events.models.events import ORDERS
from events.outputs.links import Following
from events.record import read_record
from events.search.snippets import Snippets
from events.views.ways_back import way_back_of_event

# How many values of a facet stand on a page of their own.
FOUND = 200


def event_list(request: HttpRequest) -> HttpResponse:
    filters = EventFilterSet(request.GET, queryset=Event.objects.published())
    counts, chart = kept(request, f"events?{filters.query}", lambda: count_and_draw(filters))
    order = filters.order_in_force

    def fetch(start: int, stop: int) -> Sequence[Any]:
        if counts.first and not start:
            return counts.first
        if order == "relevance":
            return best_matches(filters, counts.window, start, stop)
        window = counts.first_days(stop, is_newest_first=order == "-date")
        return list(narrow_in_order(filters, window).order_by(*ORDERS[order].fields)[start:stop])

    is_sooner = order in ("date", "-date", "relevance")
    rows = cast("QuerySet[Any]", SimpleLazyObject(lambda: narrow_in_order(filters, counts.window)))
    page = paginate(filters, rows, ORDERS[order], counts.total, fetch if is_sooner else None)
    words = filters.understood.meant if filters.chosen("q") else None
    entries = read_entries([row.pk for row in page.rows], are_whole=words is not None)
    if words is not None:
        Snippets(entries, words).mark()
    return render_list(
        request,
        "events/event_list",
        filters,
        page,
        counts.facets,
        heading=_("Timeline"),
        path=address_of("events:event_list"),
        groups=group_by_date(entries),
        chart=chart,
        following=Following(request, filters),
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
        not_chosen=[value for value in values if not value.is_chosen],
        is_cut=len(values) == FOUND,
        problems=filters.problems,
        text=text,
        way_back=way_back_of_event(request),
        others=filters.hidden_values({name}),
    )


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
        way_back=way_back_of_event(request),
    )
