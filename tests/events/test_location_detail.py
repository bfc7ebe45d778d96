"""The page of a place: how many events lie in it and below."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Location
from tests.factories import make_actor, make_event, make_location


def count_on_page(client: Client, place: Location) -> int:
    page = client.get(f"{place.get_absolute_url()}?preview=1")
    count: int = page.context["event_count"]
    assert f"All {count} events on the timeline" in page.content.decode()
    return count


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["published", "draft"])
def test_events_of_published_places_are_counted(admin_client: Client, state: str) -> None:
    country = make_location(kind="country", state=state)
    province = make_location(kind="province", parent=country)
    town, hidden = make_location(parent=province), make_location(parent=province, state="draft")
    below_hidden = make_location(parent=hidden)
    for place, number in ((country, 1), (province, 2), (town, 21), (hidden, 4), (below_hidden, 8)):
        for _ in range(number):
            make_event(location=place)
    make_event(location=town, state="draft")
    make_event()
    assert count_on_page(admin_client, town) == 21
    assert count_on_page(admin_client, province) == 31
    assert count_on_page(admin_client, country) == 32 - (state == "draft")
    town.state = "draft"
    town.save()
    for _ in range(21):
        make_event(location=province)
    assert count_on_page(admin_client, country) == 32 - (state == "draft")
    Location.objects.filter(pk=below_hidden.pk).update(parent=None)
    assert count_on_page(admin_client, province) == 23


@pytest.mark.django_db
@pytest.mark.parametrize("is_root", [True, False])
def test_the_newest_events_of_a_place_and_below_stand_on_its_page(
    client: Client, is_root: bool
) -> None:
    country = None if is_root else make_location(kind="country")
    province = make_location(kind="province", parent=country)
    town = make_location(parent=province)
    for year in range(2000, 2022):
        make_event(slug=f"e{year}", date=str(year), location=town if year % 2 else province)
    make_event(date="2029", location=country)
    make_event(date="2030", location=make_location())
    make_event(date="2031", location=town, state="draft")
    context = client.get(province.get_absolute_url()).context
    assert [e.slug for e in context["events"]] == [f"e{year}" for year in range(2021, 2001, -1)]
    assert context["event_count"] == 22


@pytest.mark.django_db
def test_a_place_stands_in_those_around_it_and_its_coordinates_at_the_end(client: Client) -> None:
    country = make_location(name="Syria", kind="country")
    province = make_location(name="Idlib", kind="province", parent=country)
    town = make_location(
        name="Khan Sheikhoun", parent=province, latitude=35.4, longitude=36.6, precision="exact"
    )
    make_event(location=town, title="An attack there")
    page = client.get(town.get_absolute_url()).content.decode()
    around = [f'<a href="{place.get_absolute_url()}"' for place in (province, country)]
    places = [page.index(part) for part in [*around, "An attack there", "Coordinates</dt>"]]
    assert places == sorted(places)
    page = client.get(country.get_absolute_url()).content.decode()
    assert "Coordinates" not in page
    assert f'<a href="{province.get_absolute_url()}" dir="auto">Idlib</a>' in page


@pytest.mark.django_db
def test_a_place_without_events_leads_to_the_place_around_it(client: Client) -> None:
    country = make_location(name="Syria")
    town = make_location(parent=country)
    page = client.get(town.get_absolute_url()).content.decode()
    assert f'<a href="{country.get_absolute_url()}">What happened in Syria</a>' in page
    page = client.get(country.get_absolute_url()).content.decode()
    assert 'No event is recorded here. <a href="/locations/">All places</a>' in page


@pytest.mark.django_db
def test_queries_do_not_grow_with_rows(client: Client) -> None:
    def queries(number: int) -> int:
        place = make_location()
        for _ in range(number):
            make_event(make_actor(), location=make_location(parent=place))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(place.get_absolute_url()).status_code == 200
        return len(captured)

    assert queries(3) == queries(15)
