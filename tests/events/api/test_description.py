"""The API's description: the OpenAPI document and the page, held against what the API does."""

import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from events.api.examples import EXAMPLES
from events.api.openapi import document
from events.api.registry import RESOURCES
from events.models import Chronology, Statement

pytestmark = pytest.mark.usefixtures("loaded")
OPERATIONS = [
    pytest.param(path, methods["get"], id=path)
    for path, methods in document(Chronology())["paths"].items()
]


def _given(parameter: dict[str, Any]) -> str:
    example = parameter["example"]
    many = isinstance(example, list)
    value = ",".join(example) if many and not parameter["explode"] else example
    return urlencode({parameter["name"]: value}, doseq=True)


def test_the_document_is_served(client: Client) -> None:
    response = client.get("/api/openapi.json")
    assert response["Content-Type"] == "application/json"
    assert response.json() == json.loads(json.dumps(document(Chronology.objects.get())))
    assert response.json()["openapi"].startswith("3.1")


def test_every_reference_leads_somewhere(client: Client) -> None:
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document(Chronology()))):
        found = document(Chronology())
        for part in reference.split("/"):
            found = found[part]
        assert found


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=lambda resource: resource.name)
def test_every_filter_of_the_pages_is_described(resource: Any) -> None:
    described = document(Chronology())["paths"][f"/api/{resource.name}"]["get"]["parameters"]
    names = [parameter["name"] for parameter in described]
    assert names == [*resource.filters.base_filters, "limit", "after", "fields", "If-None-Match"]
    assert all(parameter["description"] for parameter in described)


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_every_example_of_a_parameter_is_answered(
    client: Client, path: str, operation: dict[str, Any]
) -> None:
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            # The database numbers statements; all others have their names here, too.
            is_numbered = parameter["name"] == "id"
            key = Statement.objects.published()[0].pk if is_numbered else parameter["example"]
            path = path.replace(f"{{{parameter['name']}}}", str(key))
    examples = [p for p in operation["parameters"] if p["in"] == "query" and "example" in p]
    assert examples
    for parameter in examples:
        response = client.get(f"{path}?{_given(parameter)}")
        assert response.status_code == 200, (parameter, response.content)


@pytest.mark.parametrize("name", RESOURCES)
def test_every_example_of_a_record_is_what_the_api_answers(client: Client, name: str) -> None:
    example, key = EXAMPLES[name], RESOURCES[name].key
    items = client.get(f"/api/{name}?limit=200").json()["items"]
    # The database numbers statements, and says when a record was changed.
    changing = ("updated", "url", "api_url", *(("id",) if key == "id" else ()))
    same = [
        item
        for item in items
        if all(item[field] == example[field] for field in example if field not in changing)
    ]
    assert len(same) == 1
    assert list(same[0]) == list(example)


def test_the_page_explains_all_that_the_document_does(client: Client) -> None:
    page = client.get("/api/").content.decode()
    text = re.sub(r"\s+", " ", page)
    for path, methods in document(Chronology())["paths"].items():
        assert f"GET {path}</code>" in text
        for parameter in methods["get"]["parameters"]:
            if parameter["in"] == "query":
                assert f"<dt><code>{parameter['name']}</code></dt>" in text
    for resource in RESOURCES.values():
        for field in resource.fields:
            assert f"<dt><code>{field}</code></dt>" in text
    assert "actor=russia</code>" in text
    assert "&quot;slug&quot;: &quot;khan-sheikhoun-chemical-attack&quot;" in text


def test_every_link_of_the_page_is_answered(client: Client) -> None:
    links = set(re.findall(r'href="(/api/[^"]*)"', client.get("/api/").content.decode()))
    assert len(links) >= 12
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_the_page_needs_no_script_or_style_of_its_own(client: Client) -> None:
    page = client.get("/api/").content.decode()
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", page)
    assert "script-src 'self'" in client.get("/api/")["Content-Security-Policy"]


def test_pages_lead_to_the_api(client: Client) -> None:
    assert 'href="/api/"' in client.get("/about/").content.decode()
