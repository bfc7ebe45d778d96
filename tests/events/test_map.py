"""The map under the filters: which marks where, and that no event is lost."""

import random
from collections.abc import Callable
from itertools import combinations
from math import cos, hypot, pi, sin

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Event, Location
from tests.events.map_page import Drawn, MapPage, Picture, shown
from tests.factories import make_actor, make_country, make_event, make_location

pytestmark = pytest.mark.django_db

SYRIA_WINDOW = "?at=34.84,38.98&wide=900"
EVERYWHERE = (
    "",
    SYRIA_WINDOW,
    "?at=35.8,36.6&wide=120",
    "?at=0,20&wide=8000",
    "?at=-17.8,179&wide=600",
)


@pytest.fixture
def syria() -> Location:
    return make_location(slug="syria", name="Syria", kind="country", country=make_country())


def make_town(
    syria: Location, name: str, latitude: float, longitude: float, precision: str = "town"
) -> Location:
    where = {"latitude": latitude, "longitude": longitude, "precision": precision}
    return make_location(name=name, parent=syria, country=syria.country, **where)


def of(picture: Picture, title: str) -> dict[str, object]:
    [mark] = [mark for mark in picture.marks if mark.title.startswith(title)]
    return vars(mark)


def overlapping(picture: Picture) -> list[object]:
    """Pairs of labels that lie on each other, labels on marks, and labels beyond the picture."""
    boxes = picture.boxes
    marks = [(m.x - m.size, m.y - 10, m.x + m.size, m.y + 10) for m in picture.marks if m.size > 7]
    pairs = [*combinations(boxes, 2), *((one, other) for one in boxes for other in marks)]
    found: list[object] = [
        (one, other)
        for one, other in pairs
        if min(one[2], other[2]) - max(one[0], other[0]) > 1
        and min(one[3], other[3]) - max(one[1], other[1]) > 1
    ]
    width, height = picture.size
    return found + [
        b for b in boxes if b[0] < -1 or b[2] > width + 1 or b[1] < -2 or b[3] > height + 2
    ]


def touching(picture: Picture) -> list[object]:
    """Pairs of marks that lie on each other."""
    return [
        (one, other)
        for one, other in combinations(picture.marks, 2)
        if abs(one.x - other.x) < one.size + other.size - 0.2
        and abs(one.y - other.y) < high(one) + high(other) - 0.2
        and (
            is_square(one)
            or is_square(other)
            or hypot(one.x - other.x, one.y - other.y) < one.size + other.size
        )
    ]


def is_square(mark: Drawn) -> bool:
    return mark.form in ("area", "country")


def high(mark: Drawn) -> float:
    """Half of its height."""
    return 11 if is_square(mark) else mark.size


def test_a_town_is_round_and_a_country_a_square_in_its_shade(syria: Location) -> None:
    make_event(location=make_town(syria, "Khan Sheikhoun", 35.44, 36.65))
    make_event(location=syria)
    make_event(location=syria)
    picture = shown(SYRIA_WINDOW).wide
    town, country = of(picture, "Khan Sheikhoun"), of(picture, "Somewhere in Syria")
    assert (town["form"], town["number"]) == ("in", 1)
    # 211 km west and 68 km north of the middle, at 900 km for 860 pixels.
    assert town["x"] == pytest.approx(430 - 201.7, abs=3)
    assert town["y"] == pytest.approx(309.5 - 65, abs=5)
    assert (country["form"], country["number"]) == ("country", 2)
    assert picture.shaded == {"760"}
    assert picture.labels == {"Khan Sheikhoun", "Syria"}


def test_what_is_known_within_25_km_is_a_ring(syria: Location) -> None:
    make_event(location=make_town(syria, "Idlib", 35.93, 36.63, "near"))
    assert of(shown(SYRIA_WINDOW).wide, "Within 25 km of Idlib")["form"] == "near"


def test_some_in_a_place_and_some_near_it_are_one_mark(syria: Location) -> None:
    make_event(location=make_town(syria, "Idlib", 35.93, 36.63))
    make_event(location=make_town(syria, "Idlib", 35.93, 36.63, "near"))
    mark = of(shown(SYRIA_WINDOW).wide, "Idlib and 1 more place")
    assert (mark["form"], mark["number"]) == ("both", 2)


def test_a_province_is_a_square_of_its_own_where_it_is_larger_than_its_mark(
    syria: Location,
) -> None:
    province = make_town(syria, "Homs province", 34.6, 38.2, "province")
    make_event(location=province)
    near, far = shown(SYRIA_WINDOW).wide, shown().wide
    assert of(near, "Somewhere in Homs province")["form"] == "area"
    assert near.shaded == set()
    assert of(far, "Somewhere in Syria")["form"] == "country"
    assert far.shaded == {"760"}


def test_a_place_without_coordinates_is_somewhere_in_what_is_around_it(syria: Location) -> None:
    province = make_town(syria, "Homs province", 34.6, 38.2, "province")
    for around in (syria, province):
        airbase = make_location(name="An airbase", kind="site", parent=around)
        make_event(location=airbase)
    picture = shown(SYRIA_WINDOW).wide
    assert {(m.form, m.title) for m in picture.marks} == {
        ("country", "Somewhere in Syria: 1 event"),
        ("area", "Somewhere in Homs province: 1 event"),
    }


def test_a_site_without_coordinates_is_in_its_town(syria: Location) -> None:
    town = make_town(syria, "Homs", 34.73, 36.71)
    make_event(location=make_location(name="A bridge", kind="site", parent=town))
    [mark] = shown(SYRIA_WINDOW).wide.marks
    assert (mark.form, mark.title) == ("in", "Homs: 1 event")


def test_coordinates_of_a_country_are_no_point(syria: Location) -> None:
    make_event(location=make_town(syria, "An airbase", 35.0, 38.0, "country"))
    [mark] = shown(SYRIA_WINDOW).wide.marks
    assert mark.form == "country"


def test_a_place_of_which_nothing_is_known_is_told_and_not_drawn() -> None:
    make_event(location=make_location(name="A secret base", kind="site"))
    make_event(slug="somewhere", title="An event somewhere")
    picture = shown().wide
    assert picture.marks == []
    assert picture.row("In places that are not on the map") == 1
    assert picture.row("No place given") == 1
    assert picture.row("An event somewhere") == 1


def test_hidden_places_are_not_on_the_map(syria: Location) -> None:
    secret = make_town(syria, "A safe house", 35.0, 38.0)
    Location.objects.filter(pk=secret.pk).update(state="draft")
    make_event(location=secret)
    page = shown(SYRIA_WINDOW)
    assert page.wide.marks == []
    assert page.wide.row("No place given") == 1
    assert shown(f"?place={secret.slug}").problems


def test_an_empty_view_is_a_map_all_the_same() -> None:
    page = shown()
    assert [page.wide.marks, page.wide.total, page.crumbs] == [[], 0, ["World"]]
    make_event(location=make_location(latitude=35.0, longitude=38.0, precision="town"))
    page = shown("?at=-40,-150&wide=500")
    assert page.wide.marks == []
    assert page.wide.row("Outside this view") == 1


def test_500_places_in_one_town_are_one_mark_that_leads_to_them(syria: Location) -> None:
    for number in range(500):
        make_event(location=make_town(syria, f"House {number}", 35.0, 38.0))
    page = shown(SYRIA_WINDOW)
    for picture in (page.wide, page.narrow):
        [mark] = picture.marks
        assert (mark.number, mark.form) == (500, "in")
        assert "place=" in mark.url
    panel = shown(mark.url).panel
    assert len(panel) == 50


def test_an_event_over_the_antimeridian_is_beside_the_others() -> None:
    fiji = make_location(name="Fiji", kind="country", country=make_country("FJI", "Fiji"))
    west = make_town(fiji, "Suva", -18.14, 178.44)
    east = make_town(fiji, "Lomaloma", -17.28, -178.98)
    make_event(location=west)
    make_event(location=east)
    picture = shown("?at=-17.8,179.7&wide=600").wide
    first, second = of(picture, "Suva"), of(picture, "Lomaloma")
    # 273 km apart, at 600 km for 860 pixels.
    assert second["x"] - first["x"] == pytest.approx(273 / 600 * 860, abs=6)  # type: ignore[operator]
    world = shown().wide
    assert [mark.number for mark in world.marks] == [2]
    assert world.marks[0].x > 780


def test_crimea_is_striped_and_shaded_with_neither() -> None:
    for iso3, name in (("RUS", "Russia"), ("UKR", "Ukraine")):
        make_event(
            location=make_location(name=name, kind="country", country=make_country(iso3, name))
        )
    text = Client().get("/map/?at=46,33&wide=1500").content.decode()
    page = MapPage(text)
    assert page.wide.shaded == {"643", "804"}
    [crimea] = [e for e in page.wide.svg.walk() if e.attributes.get("href") == "#map-crimea"]
    assert crimea.attributes["fill"] == "url(#map-stripes-wide)"
    assert "claimed by Russia and Ukraine" in text
    assert "Golan" not in text


def test_what_the_base_map_takes_sides_in_is_said_where_it_is_seen() -> None:
    for address, words in (
        (SYRIA_WINDOW, "the Golan with Israel"),
        ("?at=25,-12&wide=1500", "the west of Western Sahara with Morocco"),
    ):
        assert words in Client().get(f"/map/{address}").content.decode()
    assert "Golan" not in Client().get("/map/").content.decode()


def make_random_chronology(seed: int) -> int:
    """Places of every kind and precision, some hidden, and events in some of them."""
    choose = random.Random(seed)  # noqa: S311 - no secret
    countries = [make_country(code, code) for code in ("SYR", "FJI", "RUS", "TUV", "USA", "DDR")]
    places: list[Location | None] = [None]
    for _ in range(choose.randint(1, 60)):
        parent, has_point = choose.choice(places), choose.random() < 0.8
        point = {
            "latitude": choose.choice([choose.uniform(-90, 90), choose.gauss(35, 0.5)]),
            "longitude": choose.choice([choose.uniform(-180, 180), choose.gauss(37, 0.5)]),
            "precision": choose.choice(["exact", "town", "near", "province", "country"]),
        }
        point["latitude"] = min(90, max(-90, float(point["latitude"])))  # type: ignore[arg-type]
        places.append(
            make_location(
                name=choose.choice(
                    ["Aleppo", "A place of a very long name indeed", "Бахмут", "حلب"]
                ),
                kind=choose.choice(Location.Kind.values),
                parent=parent,
                country=choose.choice([None, *countries]),
                state=choose.choice(["published"] * 5 + ["draft"]),
                **(point if has_point else {}),
            )
        )
    for _ in range(choose.randint(0, 90)):
        make_event(location=choose.choice(places))
    return Event.objects.count()


@pytest.mark.parametrize("seed", range(8))
def test_numbers_add_up_and_no_label_lies_on_another(seed: int) -> None:
    number = make_random_chronology(seed)
    for window in EVERYWHERE:
        page = shown(window)
        for picture in (page.wide, page.narrow):
            assert picture.total == number
            assert sum(mark.number for mark in picture.marks) <= number
            assert overlapping(picture) == []
            assert touching(picture) == []


def test_filters_are_those_of_the_timeline(syria: Location) -> None:
    town, actor = make_town(syria, "Homs", 34.73, 36.71), make_actor(slug="iran")
    make_event(actor, location=town, date="2017")
    make_event(location=town, date="2015")
    for query, number in (
        ("actor=iran", 1),
        ("since=2014", 2),
        ("until=2015", 1),
        ("country=SYR", 2),
    ):
        assert shown(f"?{query}").wide.total == number


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("at=34.9&wide=100", "latitude and a longitude"),
        ("at=91,0&wide=100", "latitude and a longitude"),
        ("at=nan,0&wide=100", "latitude and a longitude"),
        ("at=1,2,3&wide=100", "latitude and a longitude"),
        ("at=34.9,38.75&wide=9", "from 10 to 9000"),
        ("at=34.9,38.75&wide=inf", "from 10 to 9000"),
        ("at=34.9,38.75&wide=broad", "from 10 to 9000"),
        ("at=34.9,38.75", "give both or none"),
        ("wide=100", "give both or none"),
        ("place=nowhere", "There is no “nowhere” here"),
        ("place=homs&place=aleppo", "several were given"),
        ("at=1,2&at=3,4&wide=100", "several were given"),
        ("lanes=actor", "There is no filter of this name"),
        ("page=2", "There is no filter of this name"),
    ],
)
def test_a_bad_window_is_answered_with_a_message(query: str, words: str) -> None:
    make_location(slug="homs")
    make_location(slug="aleppo")
    assert words in shown(f"?{query}").problems
    assert Client().get(f"/map.svg?{query}").status_code == 400
    assert words in Client().get(f"/embed/map/?{query}").content.decode()


def test_a_window_changes_no_results_and_is_no_page_of_its_own(
    client: Client, syria: Location
) -> None:
    make_event(location=syria)
    text = client.get(f"/map/{SYRIA_WINDOW}&country=SYR").content.decode()
    page = MapPage(text)
    assert page.wide.total == 1
    assert '<link rel="canonical" href="/map/?country=SYR">' in text
    assert 'name="at" value="34.84,38.98"' in text
    chips = [e.words for e in page.main.walk() if e.attributes.get("class") == "chip"]
    assert [words.split()[0] for words in chips] == ["Syria"]


def test_what_is_shared_is_the_window(client: Client, syria: Location) -> None:
    make_event(location=syria)
    text = client.get(f"/map/{SYRIA_WINDOW}&place=syria&country=SYR").content.decode()
    address = "http://testserver/map/?country=SYR&amp;at=34.84,38.98&amp;wide=900&amp;place=syria"
    assert f'<a rel="bookmark" href="{address}">' in text
    assert "read on" in text


def test_a_large_mark_without_room_beside_it_has_its_name_inside(syria: Location) -> None:
    center = (34.84, 38.98)
    for number in range(60):
        make_event(
            location=make_town(syria, "Homs", *center)
            if number == 0
            else Location.objects.get(name="Homs")
        )
    for number in range(24):
        turn = 2 * pi * number / 24
        make_event(
            location=make_town(
                syria, f"Ring {number}", center[0] + 0.5 * sin(turn), center[1] + 0.6 * cos(turn)
            )
        )
    text = Client().get(f"/map/{SYRIA_WINDOW}").content.decode()
    wide = MapPage(text).wide
    assert of(wide, "Homs: 60 events")["size"] == 38
    assert "Homs" not in wide.labels
    assert '<text class="map-inside"' in text


def test_links_to_windows_are_not_followed_by_crawlers(client: Client, syria: Location) -> None:
    make_event(location=make_town(syria, "Homs", 34.73, 36.71))
    page = shown(SYRIA_WINDOW)
    links = [e.attributes for e in page.main.walk() if e.tag == "a"]
    windows = [a for a in links if "at=" in a.get("href", "") or "place=" in a.get("href", "")]
    assert len(windows) > 8
    # What is shared is one link, which robots.txt keeps crawlers from.
    assert [a["rel"] for a in windows if "nofollow" not in a["rel"]] == ["bookmark"]
    robots = client.get("/robots.txt").content.decode()
    for line in ("/map/*at=", "/map/*place=", "/map.svg", "/embed/map/"):
        assert f"Disallow: {line}\n" in robots


def test_crumbs_lead_to_the_country_and_to_the_world() -> None:
    assert shown().crumbs == ["World"]
    assert shown(SYRIA_WINDOW).crumbs == ["World", "Syria"]
    page = shown("?at=35.3,36.8&wide=120&country=SYR")
    assert page.crumbs == ["World", "Syria", "120 km across"]
    assert shown("?at=0,-30&wide=800").crumbs == ["World", "800 km across"]


def test_moves_are_links_that_keep_the_filters() -> None:
    moves = shown("?at=35,38&wide=800&country=SYR").moves
    assert set(moves) == {
        *("To the west", "To the north", "To the south", "To the east", "Zoom out", "Zoom in"),
    }
    assert moves["Zoom in"] == "?country=SYR&at=35,38&wide=400"
    assert moves["Zoom out"] == "?country=SYR&at=35,38&wide=1600"
    assert all("country=SYR" in address for address in moves.values())
    assert set(shown().moves) == {"Zoom in"}
    assert "Zoom in" not in shown("?at=35,38&wide=10").moves


def test_a_mark_leads_closer_until_its_places_are_apart(syria: Location) -> None:
    for name, latitude, longitude in (("Idlib", 35.93, 36.63), ("Sarmin", 35.90, 36.73)):
        make_event(location=make_town(syria, name, latitude, longitude))
    address, steps = "", 0
    while len(marks := shown(address).wide.marks) == 1:
        address, steps = marks[0].url, steps + 1
        assert steps < 6
    assert {mark.title for mark in marks} == {"Idlib: 1 event", "Sarmin: 1 event"}
    assert all("place=" in mark.url for mark in marks)


def test_a_chosen_place_shows_its_events_and_where_each_was(syria: Location) -> None:
    idlib = make_town(syria, "Idlib", 35.93, 36.63)
    near = make_town(syria, "Idlib", 35.93, 36.63, "near")
    site = make_location(name="The post office", kind="site", parent=idlib)
    elsewhere = make_town(syria, "Homs", 34.73, 36.71)
    days = iter(range(9, 0, -1))
    for title, place in (("A", idlib), ("B", near), ("C", site), ("D", elsewhere), ("E", syria)):
        make_event(location=place, title=title, date=f"2017-04-0{next(days)}")
    page = shown(f"?at=35.9,36.6&wide=60&place={idlib.slug}")
    assert page.panel == [
        ["9 April 2017", "A", "in it"],
        ["8 April 2017", "B", "within 25 km"],
        ["7 April 2017", "C", "The post office"],
    ]
    [chosen] = [mark for mark in page.wide.marks if mark.is_chosen]
    assert chosen.number == 3
    circles = [e for e in page.wide.svg.walk() if "map-circle" in e.attributes.get("class", "")]
    assert len(circles) == 1
    assert [row[1] for row in shown(f"?place={syria.slug}").panel] == ["E"]


def test_only_the_chosen_place_has_a_circle(syria: Location) -> None:
    make_event(location=make_town(syria, "Idlib", 35.93, 36.63, "near"))
    page = shown("?at=35.9,36.6&wide=60")
    assert not [e for e in page.main.walk() if "map-circle" in e.attributes.get("class", "")]


def test_htmx_gets_the_list_alone(client: Client) -> None:
    response = client.get("/map/?country=SYR", headers={"HX-Request": "true"})
    text = response.content.decode()
    assert "<html" not in text
    assert "map-picture" in text
    assert response["HX-Push-Url"] == "/map/?country=SYR"


def test_as_many_queries_for_many_places_as_for_few(client: Client, syria: Location) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/map/{SYRIA_WINDOW}")
        return len(captured)

    for number in range(3):
        make_event(location=make_town(syria, f"Town {number}", 34 + number / 2, 38))
    make_event(location=syria)
    few = queries()
    for number in range(30):
        make_event(location=make_town(syria, f"Village {number}", 34.5, 37 + number / 10))
    assert queries() == few


def test_the_file_needs_nothing_else(client: Client, syria: Location) -> None:
    make_event(location=make_town(syria, "Khan Sheikhoun", 35.44, 36.65))
    for query in ("", SYRIA_WINDOW):
        response = client.get(f"/map.svg{query}")
        assert response["Content-Type"] == "image/svg+xml"
        text = response.content.decode()
        assert text.startswith("<svg ")
        for word in (
            "Khan Sheikhoun",
            "one event, in this place",
            "Natural Earth",
            "http://testserver/map/",
        ):
            assert word in text
        assert "<style" not in text
        assert "<script" not in text
        references = text.split('href="')[1:]
        assert references
        assert all(reference.startswith("#map-") for reference in references)


def test_the_file_says_how_many_events_are_not_on_it(client: Client, syria: Location) -> None:
    make_event(location=syria)
    make_event()
    text = client.get("/map.svg").content.decode()
    assert "1 of 2 events have no place, and are not drawn." in text


def test_the_frame_leads_to_the_map(client: Client, syria: Location) -> None:
    make_event(location=make_town(syria, "Homs", 34.73, 36.71))
    response = client.get(f"/embed/map/{SYRIA_WINDOW}")
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    page = MapPage(response.content.decode())
    assert [mark.title for mark in page.wide.marks] == ["Homs: 1 event"]
    assert all(mark.url.startswith("/map/?") for mark in page.wide.marks)


SMALL: list[tuple[str, Callable[[Location], Location], str, str]] = [
    ("in", lambda syria: make_town(syria, "Homs", 34.73, 36.71), "In Homs", "is-in"),
    (
        "near",
        lambda syria: make_town(syria, "Homs", 34.73, 36.71, "near"),
        "Within 25 km of Homs",
        "map-circle",
    ),
    (
        "area",
        lambda syria: make_town(syria, "Homs province", 34.6, 38.2, "province"),
        "Somewhere in Homs province",
        "is-area",
    ),
    (
        "country",
        lambda syria: make_location(name="An airbase", parent=syria),
        "Somewhere in Syria",
        "is-shaded",
    ),
]


@pytest.mark.parametrize(("_name", "make", "words", "css"), SMALL, ids=[s[0] for s in SMALL])
def test_pages_of_records_have_a_small_map_as_exact_as_the_place(
    client: Client,
    syria: Location,
    _name: str,
    make: Callable[[Location], Location],
    words: str,
    css: str,
) -> None:
    place = make(syria)
    event = make_event(location=place)
    for address in (place.get_absolute_url(), event.get_absolute_url()):
        page = MapPage(client.get(address).content.decode())
        [small] = [e for e in page.main.walk() if e.attributes.get("class") == "map-small"]
        assert small.words.endswith(words)
        assert small.attributes["href"].startswith("/map/?at=")
        assert small.attributes["href"].endswith(f"&place={place.slug}")
        assert any(css in e.attributes.get("class", "") for e in small.walk())


def test_a_country_is_shaded_on_its_page_and_one_without_a_shape_has_no_map(client: Client) -> None:
    make_country()
    make_country("DDR", "East Germany")
    assert "map-land is-shaded" in client.get("/countries/SYR/").content.decode()
    assert "map-small" not in client.get("/countries/DDR/").content.decode()
    event = make_event()
    assert "map-small" not in client.get(event.get_absolute_url()).content.decode()
