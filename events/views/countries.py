"""The page of one country: its codes and names, its actors, its places, its events."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from actors.models import Actor, Country
from config.listing import render_page
from events.models import Event, Location

SHOWN = 20


def country_detail(request: HttpRequest, iso3: str) -> HttpResponse:
    if iso3 != iso3.upper() and iso3.isascii():
        return redirect("countries:country_detail", iso3=iso3.upper(), permanent=True)
    country = get_object_or_404(Country, iso3=iso3)
    events = Event.objects.published().in_countries([country])
    shown = list(events.for_list().in_order("-date")[:SHOWN])
    return render_page(
        request,
        "countries/country_detail.html",
        country=country,
        names=list(country.names.all()),
        actors=list(Actor.objects.published().filter(country=country).for_list()[:SHOWN]),
        locations=list(Location.objects.published().filter(country=country).for_list()[:SHOWN]),
        events=shown,
        event_count=events.count() if len(shown) == SHOWN else len(shown),
    )
