"""Outputs of statements read by programs that did not write them: the statements, by number."""

import csv
import json
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from tests.events.exports.readers import body, links, parsed_feed


def fetch(client: Client, extension: str, query: str = "") -> str:
    response = client.get(f"/statements.{extension}{query}")
    assert response.status_code == 200
    return body(response)


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    text = fetch(client, "csv", query)
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def records(client: Client, query: str = "") -> list[dict[str, Any]]:
    document = json.loads(fetch(client, "json", query))
    assert document["count"] == len(document["statements"])
    return document["statements"]


def numbers(client: Client, extension: str, query: str = "") -> list[int]:
    """The statements of an output in its order; those of a feed from its first page to its last."""
    if extension == "csv":
        rows = table(client, query)
        ends = [(row["row"], row["rows"]) for row in rows]
        assert ends == [(str(each), str(len(rows))) for each in range(1, len(rows) + 1)]
        return [int(row["id"]) for row in rows]
    if extension == "json":
        return [record["id"] for record in records(client, query)]
    found: list[int] = []
    while True:
        text = fetch(client, extension, query)
        addresses, following = ENTRIES[extension](text)
        found += [int(address.rstrip("/").rpartition("/")[2]) for address in addresses]
        if following is None:
            return found
        query = f"?{urlsplit(following).query}"


def _of_atom(text: str) -> tuple[list[str], str | None]:
    found = parsed_feed(text)
    return [e.link for e in found.entries], next(iter(links(found.feed, "next")), None)


def _of_json_feed(text: str) -> tuple[list[str], str | None]:
    document = json.loads(text)
    return [item["url"] for item in document["items"]], document.get("next_url")


ENTRIES = {"atom": _of_atom, "feed.json": _of_json_feed}
