"""What readers of flat JSON, GeoJSON, JSON Feed and TimelineJS demand of a document."""

import json
from typing import Any

from jsonschema import Draft202012Validator

from events.exports.fields import FIELDS

TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
NUMBER = {"type": ["number", "null"]}
LIST = {"type": "array", "items": TEXT}
URN = {
    "type": "string",
    "pattern": "^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
}
URL = {"type": "string", "pattern": "^https?://"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
_LISTS = ("countries", "actors", "sources", "actor_slugs", "actor_roles", "source_slugs")
_OPTIONAL = ("not_before", "not_after", "location", "location_precision", "location_slug")
EVENT = {
    "type": "object",
    "required": list(FIELDS),
    "additionalProperties": False,
    "properties": dict.fromkeys(FIELDS, TEXT)
    | dict.fromkeys((*_LISTS, "source_locators"), LIST)
    | dict.fromkeys(_OPTIONAL, MAYBE)
    | {"latitude": NUMBER, "longitude": NUMBER, "url": URL, "updated": MOMENT},
}


def a_list(name: str, item: dict[str, Any], **more: Any) -> dict[str, Any]:
    properties = {name: {"type": "array", "items": item}, **more}
    return {"type": "object", "required": list(properties), "properties": properties}


def exactly(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


_SAID = ("stance", "speaker", "speaker_slug", "paraphrase", "quote", "date", "date_in_words")
POSITION = exactly(**dict.fromkeys((*_SAID, "uuid"), TEXT), statement={"type": "integer"}, url=URL)
POSITIONS = {"type": "array", "items": POSITION}
CLAIM = exactly(
    **dict.fromkeys(("slug", "kind", "text", "unit", "uuid"), TEXT),
    low=NUMBER,
    high=NUMBER,
    is_approximate={"type": "boolean"},
    positions=POSITIONS,
)
_CLAIMS = {"claims": {"type": "array", "items": CLAIM}, "positions": POSITIONS}
EVENT_IN_FULL = exactly(**EVENT["properties"] | _CLAIMS)
FLAT = a_list(
    "events", EVENT_IN_FULL, count={"type": "integer"}, url=URL, page=URL, fields=URL, title=TEXT
)
POINT = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"const": "Point"},
        "coordinates": {
            "type": "array",
            "prefixItems": [
                {"type": "number", "minimum": -180, "maximum": 180},
                {"type": "number", "minimum": -90, "maximum": 90},
            ],
            "minItems": 2,
            "maxItems": 2,
        },
    },
}
GEOJSON = a_list(
    "features",
    {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "id": URN,
            "geometry": {"oneOf": [{"type": "null"}, POINT]},
            "properties": EVENT,
        },
    },
    type={"const": "FeatureCollection"},
    count={"type": "integer"},
)
JSON_FEED = a_list(
    "items",
    {
        "type": "object",
        "required": ["id", "content_text", "date_published", "date_modified"],
        "properties": {
            "id": URN,
            "url": URL,
            "title": TEXT,
            "content_text": {"type": "string", "minLength": 1},
            "date_published": MOMENT,
            "date_modified": MOMENT,
            "tags": LIST,
            "_chancery": EVENT,
        },
    },
    version={"const": "https://jsonfeed.org/version/1.1"},
    title=TEXT,
    home_page_url=URL,
    feed_url=URL,
    language={"const": "en"},
    authors={"type": "array", "minItems": 1},
    _chancery={"type": "object", "required": ["about", "count"]},
)
AXIS_DATE = {
    "type": "object",
    "required": ["year", "display_date"],
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
        "display_date": {"type": "string", "minLength": 1},
    },
    "dependentRequired": {"day": ["month"]},
    "additionalProperties": False,
}
SLIDE_TEXT = {"type": "object", "required": ["headline"], "additionalProperties": TEXT}
TIMELINEJS = a_list(
    "events",
    {
        "type": "object",
        "required": ["start_date", "text", "unique_id"],
        "properties": {
            "start_date": AXIS_DATE,
            "end_date": AXIS_DATE,
            "text": SLIDE_TEXT,
            "group": TEXT,
            "display_date": TEXT,
        },
    },
    title={"type": "object", "required": ["text"], "properties": {"text": SLIDE_TEXT}},
    count={"type": "integer"},
)
SCHEMATA = {
    "json": FLAT,
    "geojson": GEOJSON,
    "feed.json": JSON_FEED,
    "timelinejs.json": TIMELINEJS,
}


def validated(extension: str, text: str) -> Any:
    """The document, read; fails if it is not as its schema says."""
    document = json.loads(text)
    Draft202012Validator(SCHEMATA[extension]).validate(document)
    return document
