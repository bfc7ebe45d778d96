"""Places: the list, and the page of one."""

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from config.cursors import Keyset
from config.facets import count_facets
from config.former_slugs import redirect_former_slugs
from config.listing import render_list, render_page
from config.paging import paginate
from config.preview import visible
from config.way_back import way_back
from events.around import read_around
from events.entries import read_entries
from events.facets import LOCATION_FACETS
from events.location_filters import LocationFilterSet
from events.models import Event, Location, PlaceTally, Profile
from events.newest import newest_of
from events.references import References, keys_of, load_first_citations, read_cited

SHOWN = 20


def location_list(request: HttpRequest) -> HttpResponse:
    filters = LocationFilterSet(request.GET, queryset=Location.objects.published().for_list())
    page = paginate(filters, filters.narrow(), Keyset(("sort_name", "pk")))
    facets = count_facets(filters, LOCATION_FACETS)
    load_first_citations(page.rows)
    return render_list(
        request, "locations/location_list", filters, page, facets, heading=_("Places")
    )


@redirect_former_slugs(Location)
def location_detail(request: HttpRequest, slug: str) -> HttpResponse:
    location = get_object_or_404(visible(request, Location.objects.for_detail()), slug=slug)
    shown = read_entries(_newest(location))
    around = read_around(location.pk)
    inside = location.children.published().order_by("sort_name", "pk")
    children = list(inside.only("slug", "name", "parent")[:SHOWN])
    names = list(location.names.all())
    places = keys_of([location, *around, *children])
    return render_page(
        request,
        "locations/location_detail.html",
        location=location,
        around=around,
        names=names,
        children=children,
        way_back=way_back(
            request,
            "locations:location_list",
            _("Back to the places"),
            LocationFilterSet,
            Location.objects.all(),
        ),
        events=shown,
        event_count=_count_events(location) if len(shown) == SHOWN else len(shown),
        references=References(read_cited({"location": places, "location_name": keys_of(names)})),
    )


def _newest(location: Location) -> list[int]:
    """The keys of the newest events in the location and in all places inside it."""
    events = Event.objects.published()
    if location.parent_id:
        events = events.located_in([location])
    else:
        events = events.filter(pk__in=newest_of(Profile.objects.filter(root=location), SHOWN))
    return list(events.in_order("-date").values_list("pk", flat=True)[:SHOWN])


def _count_events(location: Location) -> int:
    """In the location and in all places inside it, as the summaries tell."""
    tallies = PlaceTally.objects.filter(profile__root=location.lineage[0])
    if location.parent_id:
        within = Location.objects.published().within([location])
        tallies = tallies.filter(location__in=within)
    counted: int | None = tallies.aggregate(number=Sum("number"))["number"]
    return counted or 0
