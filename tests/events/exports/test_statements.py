"""Statements of the article that leave the site: exactly those of their list."""

import pytest
from django.test import Client

from events.exports.registry import FORMATS_OF
from events.exports.statement_fields import STATEMENT_FIELDS
from tests.events.exports.readers import body, parsed_feed
from tests.events.exports.statement_readers import ENTRIES, fetch, numbers, records

FORMATS = FORMATS_OF["statements"]
QUERIES = [
    "",
    "?speaker=kremlin",
    "?speaker=kremlin&stance=denies",
    "?stance=laments&stance=condemns&country=RUS",
    "?event=khan-sheikhoun-chemical-attack",
    "?claim=syrian-government-carried-out-the-attack",
    "?about=kremlin",
    "?q=provocation",
    "?since=2017-04-11&until=2017-04-11&certain=1",
]


def on_page(client: Client, query: str) -> list[int]:
    return [row.pk for row in client.get(f"/statements/{query}").context["page"].rows]


def test_statements_have_these_forms(loaded: None, client: Client) -> None:
    assert [*FORMATS] == ["atom", "feed.json", "csv", "json"]
    for extension in ("ics", "geojson", "jsonld", "xml"):
        assert client.get(f"/statements.{extension}").status_code == 404


@pytest.mark.parametrize("query", QUERIES)
def test_same_statements_as_the_list(loaded: None, client: Client, query: str) -> None:
    expected = on_page(client, query)
    assert expected
    for extension in ("csv", "json"):
        assert numbers(client, extension, query) == expected
    for extension in ENTRIES:
        assert sorted(numbers(client, extension, query)) == sorted(expected)


def test_what_the_kremlin_denies_can_be_followed(loaded: None, client: Client) -> None:
    (row,) = records(client, "?speaker=kremlin&stance=denies")
    assert row["speaker"] == "The Kremlin"
    assert row["stances"] == ["denies"]
    assert row["target_kinds"] == ["claim"]
    assert row["targets"] == ["syrian-government-carried-out-the-attack"]
    (entry,) = parsed_feed(fetch(client, "atom", "?speaker=kremlin&stance=denies")).entries
    assert entry.link == row["url"]
    assert row["positions"][0] in entry.summary + entry.content[0].value


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("?colour=red", ["colour"]),
        ("?page=2", ["page"]),
        ("?after=x", ["after"]),
        ("?order=date", ["order"]),
        ("?since=2017-13&speaker=nobody", ["since", "speaker"]),
        ("?until=2016&since=2017", ["until"]),
    ],
)
def test_bad_query_is_a_problem_document(
    loaded: None, client: Client, extension: str, query: str, parameters: list[str]
) -> None:
    response = client.get(f"/statements.{extension}{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert sorted(each["parameter"] for each in response.json()["errors"]) == parameters
    assert client.head(f"/statements.{extension}{query}").status_code == 400


@pytest.mark.parametrize("extension", FORMATS)
def test_headers(loaded: None, client: Client, extension: str) -> None:
    response = client.get(f"/statements.{extension}?speaker=kremlin")
    assert body(response)
    assert response["Content-Type"] == FORMATS[extension].media_type
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Disposition"].endswith(f'filename="chancery-statements.{extension}"')
    again = client.get(
        f"/statements.{extension}?speaker=kremlin", headers={"If-None-Match": response["ETag"]}
    )
    assert again.status_code == 304


def test_chunks_join_without_loss(
    loaded: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = fetch(client, "csv")
    monkeypatch.setattr("events.exports.statement_records.CHUNK", 3)
    assert fetch(client, "csv") == whole


def test_list_offers_them_under_its_filter(loaded: None, client: Client) -> None:
    text = client.get("/statements/?speaker=kremlin&page=1").content.decode()
    head, _, rest = text.partition("</head>")
    for extension, form in FORMATS.items():
        address = f"/statements.{extension}?speaker=kremlin"
        assert f'type="{form.plain_type}" href="{address}"' in rest
        assert (f'href="{address}"' in head) == form.is_feed
    assert 'href="http://testserver/statements/?speaker=kremlin"' in rest
    assert "April 2017, “Statements: Who said it The Kremlin”, read on" in rest
    assert "iframe" not in rest
    assert "/statements.csv" not in client.get("/statements/?x=1").content.decode()


def test_page_on_exports_explains_every_field(loaded: None, client: Client) -> None:
    text = client.get("/about/exports/").content.decode()
    assert all(f"<code>/statements.{extension}</code>" in text for extension in FORMATS)
    assert all(f'id="statement-{name}"' in text for name in STATEMENT_FIELDS)
