"""Countries: all of which the chronology tells, and the page of one with its codes and names, its
offices, its actors, places and events."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actors.filters import TenureFilterSet
from actors.models import Actor, Country, Tenure
from config.http.former_slugs import redirect_former_slugs
from config.lists.listing import render_page
from events.exports.heads import head_of_country
from events.exports.tools import tools_of_record
from events.index.current import current_state
from events.index.selection import Selection
from events.models import Location
from events.pages.countries import countries_in_use
from events.pages.entries import read_entries
from events.pages.references import References, keys_of, load_first_citations, read_cited
from events.pages.small_map import map_of_country
from events.pages.timeline import draw_newest

SHOWN = 20
OFFICES = 200


def country_list(request: HttpRequest) -> HttpResponse:
    return render_page(request, "countries/country_list.html", entries=countries_in_use())


@redirect_former_slugs(Country, "iso3", key="iso3")
def country_detail(request: HttpRequest, iso3: str) -> HttpResponse:
    country = get_object_or_404(Country, iso3=iso3)
    offices = Tenure.objects.published().in_country(country).for_list()
    filters = TenureFilterSet(request.GET, queryset=offices)
    tenures = list(filters.narrow()[: OFFICES + 1])
    found = _events_of(country)
    bodies = Actor.objects.published().filter(country=country).for_list()
    places = Location.objects.published().filter(country=country).for_list()
    actors = list(bodies[:SHOWN])
    locations = list(places[:SHOWN])
    load_first_citations([*actors, *locations])
    events = read_entries([event.pk for event in found.between(0, SHOWN)], with_sources=False)
    names = [name for name in country.names.all() if name.name != country.name]
    return render_page(
        request,
        "countries/country_detail.html",
        country=country,
        head=head_of_country(request, country),
        tools=tools_of_record(request, country),
        names=names,
        small_map=map_of_country(country),
        filters=filters,
        problems=filters.problems,
        on=filters.chosen("on"),
        tenures=tenures[:OFFICES],
        are_more=len(tenures) > OFFICES,
        actors=actors,
        locations=locations,
        events=events,
        timeline=draw_newest(events),
        event_count=found.count,
        references=References(read_cited({"country": [country.pk], "tenure": keys_of(tenures)})),
    )


def _events_of(country: Country) -> Selection:
    """The events that took place there, or in which actors of the country take part."""
    state = current_state()
    mask = state.columns["country"].having_any([country.pk], state.size)
    return Selection(state, {"country": mask})
