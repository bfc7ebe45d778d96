"""The OpenAPI 3.1 document, made from the resources: nothing is described twice."""

from functools import cache
from typing import Any

from django.utils import translation

from config.http.open_access import WINDOW
from events.api.events import EVENTS
from events.api.examples import EXAMPLES
from events.api.gone import ITEM, GoneFilterSet
from events.api.parameters import (
    Parameter,
    fields_parameter,
    list_parameters,
    paged_parameters,
)
from events.api.registry import RESOURCES
from events.api.resources import Resource, Schema
from events.api.schemas import ADDRESS, SLUG_TEXT, TEXT, TIME, many, record
from events.models import Chronology

_PROBLEM_TYPE = "application/problem+json"
_DESCRIPTION = f"""\
Events, actors, places, statements, claims and sources, to be read by programs: nothing is written,
nobody signs in.

Lists take the filters of the pages. Values of one parameter are alternatives, parameters are
conditions that hold together. What is not understood is answered by 400 and a problem document that
names the parameter, never by all records.

A list comes in parts: "next" is the address of the following one, null at the end; the header Link
has it too. "count" is the number of records under the filters. "corrections" are words of q that
nothing has, each with what was searched for in its place; words in quotation marks are never
exchanged. All fields of a record are there unless "fields" names some. Text that is not given is
"".

To follow a list, ask it again with "updated_since", the time that "as_of" of the answer before
said: whatever changes after an answer has that time or a later one. Of an answer in parts, take
that of the first. "deleted" is the address of the events that a copy has to drop.

Dates are EDTF. Each answer has an ETag; sent back as If-None-Match, it is answered by 304 as long
as nothing public has changed. Where a limit is set, RateLimit-Policy and RateLimit say how many
requests one address may make in {WINDOW} seconds and how many are left; each server process counts
its own. HEAD is answered wherever GET is.
"""
PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "What is amiss with each parameter.",
            "items": record(parameter=TEXT, detail=TEXT),
        },
    },
    "required": ["type", "title", "status", "detail"],
}
_HEADERS: dict[str, Schema] = {
    "ETag": {"description": "The version of the answer.", "schema": TEXT},
    "RateLimit-Policy": {"description": "How often one address may ask.", "schema": TEXT},
    "RateLimit": {"description": "How many requests are left, and for how long.", "schema": TEXT},
}
_PAGED: dict[str, Schema] = {
    "next": {"type": ["string", "null"], "format": "uri"},
    "count": {"type": "integer", "minimum": 0},
    "as_of": TIME,
}
_LINK: Schema = {"description": "The address of the next part, as rel=next.", "schema": TEXT}
_RETRY: Schema = {
    "description": "Seconds to wait.",
    "required": True,
    "schema": {"type": "integer", "minimum": 1},
}


def document(chronology: Chronology) -> dict[str, Any]:
    """In English, whatever the language of the page that explains the API."""
    with translation.override("en"):
        return _document() | {"info": _info(chronology)}


def _info(chronology: Chronology) -> dict[str, Any]:
    """The API as that of one chronology."""
    line = chronology.description
    info: dict[str, Any] = {
        "title": chronology.name,
        "version": "1",
        "description": f"{line}\n\n{_DESCRIPTION}" if line else _DESCRIPTION,
    }
    address = chronology.contact_url
    contact = {"name": chronology.contact_name, "url": address}
    if address.startswith("mailto:"):
        contact = {"name": chronology.contact_name, "email": chronology.contact_address}
    if given := {name: value for name, value in contact.items() if value}:
        info["contact"] = given
    if chronology.licence:
        # By its identifier, as SPDX has it.
        name = chronology.terms.name_in_short
        info["license"] = {"name": name, "identifier": chronology.licence}
    return info


@cache
def _document() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for resource in RESOURCES.values():
        paths[f"/api/{resource.name}"] = {"get": _list(resource)}
        paths[f"/api/{resource.name}/{{{resource.key}}}"] = {"get": _detail(resource)}
    paths["/api/events/deleted"] = {"get": _gone()}
    return {
        "openapi": "3.1.0",
        "servers": [{"url": "/"}],
        "tags": [{"name": r.name, "description": str(r.description)} for r in RESOURCES.values()],
        "paths": paths,
        "components": {
            "schemas": {
                **{_schema_name(r): item_schema(r) for r in RESOURCES.values()},
                "Problem": PROBLEM,
            },
            "headers": {**_HEADERS, "Link": _LINK, "Retry-After": _RETRY},
            "responses": _problems(),
        },
    }


def item_schema(resource: Resource) -> Schema:
    return {
        "type": "object",
        "description": str(resource.description),
        "properties": {
            name: field.schema | {"description": str(field.description)}
            for name, field in resource.fields.items()
        },
        "additionalProperties": False,
        "examples": [EXAMPLES[resource.name]],
    }


def _list(resource: Resource) -> dict[str, Any]:
    more = {"deleted": ADDRESS} if resource is EVENTS else {}
    schema = record(
        items={"type": "array", "items": {"$ref": _item(resource)}},
        **_PAGED,
        corrections=many(record(asked=TEXT, instead=many(TEXT))),
        **more,
    )
    return {
        "operationId": f"list_{resource.name}",
        "tags": [resource.name],
        "summary": f"The {resource.name} under a filter",
        "parameters": [*map(_parameter, list_parameters(resource)), _IF_NONE_MATCH],
        "responses": _responses(schema, "400", "Link"),
    }


def _gone() -> dict[str, Any]:
    return {
        "operationId": "list_deleted_events",
        "tags": [EVENTS.name],
        "summary": "Events that a copy has to drop",
        "description": (
            "Events that are no longer public since a time, the first that went first; under "
            "filters also those that changed since and are not among the events any more."
        ),
        "parameters": [*map(_parameter, paged_parameters(GoneFilterSet)), _IF_NONE_MATCH],
        "responses": _responses(record(items=many(ITEM), **_PAGED), "400", "Link"),
    }


def _detail(resource: Resource) -> dict[str, Any]:
    key = {
        "name": resource.key,
        "in": "path",
        "required": True,
        "description": str(resource.fields[resource.key].description),
        "schema": SLUG_TEXT if resource.key == "slug" else {"type": "integer", "minimum": 1},
        "example": EXAMPLES[resource.name][resource.key],
    }
    return {
        "operationId": f"get_{resource.singular}",
        "tags": [resource.name],
        "summary": f"One {resource.singular}",
        "parameters": [key, _parameter(fields_parameter(resource)), _IF_NONE_MATCH],
        "responses": _responses({"$ref": _item(resource)}, "400", "404"),
    }


_IF_NONE_MATCH: Schema = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of an answer that is there already.",
    "schema": TEXT,
}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "schema": parameter.schema,
    }
    if parameter.is_many or parameter.is_list:
        described |= {"style": "form", "explode": parameter.is_many}
    if parameter.example is not None:
        described["example"] = parameter.example
    return described


def _responses(schema: Schema, *others: str) -> dict[str, Any]:
    """`others` are statuses, and headers of the answer that is sought."""
    names = [*_HEADERS, *(name for name in others if name == "Link")]
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    statuses = [*(name for name in others if name.isdigit()), "405", "429", "503"]
    return {
        "200": {
            "description": "What was asked for.",
            "headers": headers,
            "content": {"application/json": {"schema": schema}},
        },
        "304": {"description": "Nothing has changed.", "headers": headers},
        **{status: {"$ref": f"#/components/responses/{status}"} for status in statuses},
    }


def _problems() -> dict[str, Any]:
    told = {
        "400": "A parameter is not understood.",
        "404": "There is no such record.",
        "405": "The API is only read.",
        "429": "Too many requests of this address.",
        "503": "The database does not answer in time.",
    }
    problems: dict[str, Any] = {
        status: {
            "description": description,
            "content": {_PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, description in told.items()
    }
    for status in ("429", "503"):
        problems[status]["headers"] = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
    return problems


def _schema_name(resource: Resource) -> str:
    return resource.singular.capitalize()


def _item(resource: Resource) -> str:
    return f"#/components/schemas/{_schema_name(resource)}"
