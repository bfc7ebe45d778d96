"""The page of one country: its codes and names, its offices, its actors, places and events."""

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actors.filters import TenureFilterSet
from actors.models import Actor, Country, Tenure
from config.former_slugs import redirect_former_slugs
from config.listing import render_page
from events.entries import read_entries
from events.models import Event, Location, Profile, SpanTally
from events.newest import newest_of
from events.references import References, keys_of, load_first_citations, read_cited

SHOWN = 20
OFFICES = 200


@redirect_former_slugs(Country, "iso3", key="iso3")
def country_detail(request: HttpRequest, iso3: str) -> HttpResponse:
    country = get_object_or_404(Country, iso3=iso3)
    offices = Tenure.objects.published().in_country(country).for_list()
    filters = TenureFilterSet(request.GET, queryset=offices)
    tenures = list(filters.narrow()[: OFFICES + 1])
    found = newest_of(Profile.objects.in_countries([country]), SHOWN)
    newest = Event.objects.filter(pk__in=found).in_order("-date").values_list("pk", flat=True)
    bodies = Actor.objects.published().filter(country=country).for_list()
    places = Location.objects.published().filter(country=country).for_list()
    actors = list(bodies[:SHOWN])
    locations = list(places[:SHOWN])
    load_first_citations([*actors, *locations])
    return render_page(
        request,
        "countries/country_detail.html",
        country=country,
        names=list(country.names.all()),
        filters=filters,
        problems=filters.problems,
        on=filters.chosen("on"),
        tenures=tenures[:OFFICES],
        are_more=len(tenures) > OFFICES,
        actors=actors,
        locations=locations,
        events=read_entries(list(newest)),
        event_count=_count_events(country),
        references=References(read_cited({"country": [country.pk], "tenure": keys_of(tenures)})),
    )


def _count_events(country: Country) -> int:
    """The public events of the country, as the summaries of all events count them."""
    tallies = SpanTally.objects.filter(profile__in=Profile.objects.in_countries([country]))
    counted: int | None = tallies.aggregate(number=Sum("number"))["number"]
    return counted or 0
