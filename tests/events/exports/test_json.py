"""Flat JSON, GeoJSON, JSON Feed and TimelineJS, against schemas of what their readers demand."""

from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from tests.events.exports.readers import fetch, slide_slug, table
from tests.events.exports.schemata import SCHEMATA, validated
from tests.factories import cite, make_actor, make_country, make_event, make_location

pytestmark = pytest.mark.django_db


def read(client: Client, extension: str, query: str = "") -> Any:
    return validated(extension, fetch(client, extension, query))


def make_every_kind() -> None:
    """Events with and without a date, a place and coordinates, and with awkward text."""
    syria = make_country()
    exact = make_location(latitude=35.4, longitude=36.6, precision="town", country=syria)
    make_event(make_actor(name="فلاديمير بوتين"), slug="day", location=exact)
    make_event(slug="week", date="[2017-04-03..2017-04-09]", location=make_location())
    make_event(slug="about", date="2011~")
    make_event(slug="until", date="../2017-04", title='Said "<b>so</b>", & more\nor less; =1+1')
    make_event(slug="open", date="../..")
    make_event(slug="none", date="", title="هجوم كيميائي", standing="disputed")
    make_event(slug="ancient", date="-0043-03-15")


@pytest.mark.parametrize("extension", SCHEMATA)
def test_schemata_are_schemata(extension: str) -> None:
    Draft202012Validator.check_schema(SCHEMATA[extension])


@pytest.mark.parametrize("extension", SCHEMATA)
def test_documents_are_as_their_readers_demand(client: Client, extension: str) -> None:
    assert read(client, extension)
    make_every_kind()
    assert read(client, extension)


def test_flat_json_holds_what_the_table_holds_and_keeps_types(client: Client) -> None:
    make_every_kind()
    make_event(make_actor(name="A; B"), make_actor(name="C"), slug="two")
    rows = {row["slug"]: row for row in table(fetch(client, "csv"))}
    for event in read(client, "json")["events"]:
        row = rows[event["slug"]]
        assert event["date"] == row["date"].removeprefix("'")
        assert event["not_before"] == (row["not_before"].removeprefix("'") or None)
        assert (event["latitude"] is None) == (row["latitude"] == "")
        assert len(event["actors"]) == (len(row["actors"].split("; ")) if row["actors"] else 0)
        assert event["title"] == row["title"]
    assert rows["two"]["actors"] == "A, B; C"
    assert {e["slug"]: e["actors"] for e in read(client, "json")["events"]}["two"] == ["A; B", "C"]


def test_geometry_is_null_where_no_coordinates_are_known(client: Client) -> None:
    make_every_kind()
    features = {
        feature["properties"]["slug"]: feature for feature in read(client, "geojson")["features"]
    }
    assert features["day"]["geometry"] == {"type": "Point", "coordinates": [36.6, 35.4]}
    assert features["day"]["properties"]["location_precision"] == "town"
    assert features["week"]["geometry"] is None
    assert features["week"]["properties"]["location_precision"] is None
    assert features["none"]["geometry"] is None


def test_feed_item_tells_standing_date_and_sources(client: Client) -> None:
    event = make_event(make_actor(name="Kremlin"), standing="disputed", title="Strike", date="2016")
    cite(event, locator="p. 3")
    (item,) = read(client, "feed.json")["items"]
    assert item["title"] == "Disputed: Strike"
    assert item["content_text"] == (
        "Status: Disputed.\nDate: 2016.\nActors: Kremlin (participant).\n"
        "Sources: A newspaper, p. 3, ¶1.1."
    )
    assert item["_chancery"]["title"] == "Strike"


def test_feed_carries_the_filter_and_no_page(client: Client) -> None:
    make_actor(slug="russia", name="Russia")
    feed = read(client, "feed.json", "?actor=russia&since=2017-04")
    assert feed["title"] == "Chronology – Events: Actor Russia; Since April 2017"
    assert feed["home_page_url"] == "http://testserver/events/?actor=russia&since=2017-04"
    assert feed["feed_url"] == "http://testserver/events.feed.json?actor=russia&since=2017-04"


def test_axis_shows_dates_as_wide_as_the_doubt(client: Client) -> None:
    make_every_kind()
    slides = {slide_slug(slide): slide for slide in read(client, "timelinejs.json")["events"]}
    week = "one day between 3 and 9 April 2017"
    start = {"year": 2017, "month": 4, "day": 3, "display_date": week}
    assert slides["week"]["start_date"] == start
    assert slides["week"]["end_date"] == start | {"day": 9}
    assert slides["week"]["display_date"] == week
    assert slides["about"]["start_date"] == {"year": 2011, "display_date": "about 2011"}
    assert slides["until"]["start_date"]["month"] == 4
    assert "end_date" not in slides["until"]
    assert slides["ancient"]["start_date"]["year"] == -43


def test_events_without_a_date_stand_on_the_title_slide(client: Client) -> None:
    make_every_kind()
    document = read(client, "timelinejs.json")
    assert {slide_slug(slide) for slide in document["events"]}.isdisjoint({"open", "none"})
    told = document["title"]["text"]["text"]
    assert "/events/open/" in told
    assert "/events/none/" in told
    assert "Disputed: هجوم كيميائي" in told
    assert document["count"] == len(document["events"]) + 2


def test_text_on_slides_is_text(client: Client) -> None:
    make_every_kind()
    slides = {slide_slug(slide): slide for slide in read(client, "timelinejs.json")["events"]}
    assert "&lt;b&gt;so&lt;/b&gt;" in slides["until"]["text"]["headline"]
    assert "<b>" not in slides["until"]["text"]["headline"]
