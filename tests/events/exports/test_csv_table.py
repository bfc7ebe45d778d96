"""The table: columns, lists, numbers, and cells that a spreadsheet must not run."""

import pytest
from django.test import Client

from actors.models import Country
from events.exports.csv_table import cell
from events.models import Event, Participation
from tests.events.exports.readers import fetch, table
from tests.factories import cite, make_actor, make_country, make_event, make_location, make_source

pytestmark = pytest.mark.django_db

CONTRACT = [
    *("slug", "title", "date", "date_in_words", "not_before", "not_after", "kind", "standing"),
    *("countries", "location", "latitude", "longitude", "location_precision", "actors", "summary"),
    *("sources", "url", "updated"),
]


def test_columns_of_the_contract_come_first(client: Client) -> None:
    header = fetch(client, "csv").split("\r\n")[0].split(",")
    assert header[: len(CONTRACT)] == CONTRACT
    assert header[-2:] == ["row", "rows"]
    assert len(header) == len(set(header))


def test_a_row(client: Client) -> None:
    make_country("TUR", "Turkey")
    town = make_location(
        name="Khan Sheikhoun",
        latitude=-35.5,
        longitude=36.0,
        precision="town",
        country=make_country(),
    )
    turkey = make_actor(name="Turkey", slug="turkey", country=Country.objects.get(iso3="TUR"))
    event = make_event(
        turkey, slug="attack", date="[2017-04-03..2017-04-09]", location=town, standing="alleged"
    )
    accused = make_actor(name="Government; of it", slug="government")
    Participation.objects.create(event=event, actor=accused, role_id="perpetrator", is_alleged=True)
    Participation.objects.create(event=event, actor=turkey, role_id="target")
    cite(event, locator="¶1.10")
    cite(event, locator="¶1.2")
    cite(event, make_source(title="B", slug="second"), locator="p. 1")
    (row,) = table(fetch(client, "csv"))
    assert {name: row[name] for name in row if name not in ("updated", "summary")} == {
        "slug": "attack",
        "title": "Attack",
        "date": "[2017-04-03..2017-04-09]",
        "date_in_words": "one day between 3 and 9 April 2017",
        "not_before": "2017-04-03",
        "not_after": "2017-04-09",
        "kind": "assault",
        "standing": "alleged",
        "countries": "SYR; TUR",
        "location": "Khan Sheikhoun",
        "latitude": "-35.5",
        "longitude": "36.0",
        "location_precision": "town",
        "actors": "Turkey; Government, of it",
        "sources": "A newspaper; B",
        "url": "http://testserver/events/attack/",
        "kind_name": "Attack",
        "standing_in_words": "Alleged",
        "standing_reason": "",
        "note": "",
        "location_slug": town.slug,
        "actor_slugs": "turkey; government",
        "actor_roles": "participant, target; alleged perpetrator",
        "source_slugs": f"{event.citations.first().source.slug}; second",
        "source_locators": "¶1.1, ¶1.2, ¶1.10; p. 1",
        "uuid": str(Event.objects.get().uuid),
        "date_basis": "stated",
        "date_reason": "",
        "row": "1",
        "rows": "1",
    }
    assert row["updated"].endswith("Z")


def test_open_ends_and_unknown_places_are_empty(client: Client) -> None:
    make_event(slug="open", date="../2017-04")
    make_event(slug="none", date="")
    make_event(slug="ancient", date="-0043-03-15")
    rows = {row["slug"]: row for row in table(fetch(client, "csv"))}
    assert (rows["open"]["not_before"], rows["open"]["not_after"]) == ("", "2017-04-30")
    assert (rows["none"]["date"], rows["none"]["not_before"]) == ("", "")
    assert rows["none"]["date_in_words"] == "date not given"
    assert rows["ancient"]["not_before"] == "-0043-03-15"
    assert rows["ancient"]["date"] == "-0043-03-15"
    assert rows["none"]["location"] == rows["none"]["latitude"] == ""


TITLES = [
    '=HYPERLINK("http://x.example";"y")',
    "+1 (555) 0100",
    "-2+3",
    "@SUM(A1)",
    "\tTab first",
    'Said "so", and; more',
    "Two\nlines",
    "هجوم كيميائي على خان شيخون",
    "‮reversed",
]


@pytest.mark.parametrize("title", TITLES)
def test_any_title_comes_back_and_no_formula_runs(client: Client, title: str) -> None:
    make_event(slug="only", title=title)
    make_event(slug="other", date="2016")
    rows = table(fetch(client, "csv"))
    assert [row["slug"] for row in rows] == ["only", "other"]
    expected = f"'{title}" if title[0] in "=+-@\t" else title
    assert rows[0]["title"] == expected


@pytest.mark.parametrize("number", ["-33.9", "+1", "-0043", "-1e-07", "-.5"])
def test_plain_numbers_stay_numbers(number: str) -> None:
    assert cell(number) == number


@pytest.mark.parametrize("text", ["-", "+", "-1-1", "=1", "-1e", "\r1", "--1"])
def test_what_only_looks_like_a_number_does_not(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "date",
    ["-0043-03-15", "-0043-03", "-0043~", "-0500/..", "-0500/-0400", "-0043-03-15?", "-004X"],
)
def test_dates_before_year_one_stay_dates(date: str) -> None:
    assert cell(date) == date


@pytest.mark.parametrize(
    "text",
    [
        "-0043-03-15+cmd|'/c calc'!A1",
        "-0043-03-15 =1",
        "-0500/..+A1",
        "-0043-03-15\n=1",
        "＝1+1",  # noqa: RUF001
        "＋A1",  # noqa: RUF001
        "－A1",  # noqa: RUF001
        "＠SUM(A1)",  # noqa: RUF001
        " =1+1",
        "\u3000＝1",  # noqa: RUF001
        "\t=1",
        "\n=1",
        "\u200b=1",
        "\ufeff=1",
        "\u202e@A1",
        "\xa0+A1",
    ],
)
def test_formulas_are_text_whatever_stands_before_or_after(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["A title", "– dash", "(2017)", " padded", "\u200bx", "«=»"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_utf8_without_a_byte_order_mark(client: Client) -> None:
    make_event(title="Ünïcode")
    octets = b"".join(client.get("/events.csv").streaming_content)
    assert octets.startswith(b"slug,")
    assert "Ünïcode".encode() in octets
