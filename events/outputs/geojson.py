"""GeoJSON, RFC 7946. Where no coordinates are known, the geometry is null."""

from collections.abc import Iterator
from typing import Any

from events.outputs.fields import flat
from events.outputs.json_text import document
from events.outputs.records import EventRecord
from events.outputs.selection import Selection


def parts(selection: Selection) -> Iterator[str]:
    head = {"type": "FeatureCollection", "title": selection.title, "page": selection.page}
    features = (_feature(event, selection) for event in selection.events())
    return document(head, "features", features, lambda count: {"count": count})


def _feature(event: EventRecord, selection: Selection) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": event.uuid.urn,
        "geometry": _geometry(event),
        "properties": flat(event, selection.addresses),
    }


def _geometry(event: EventRecord) -> dict[str, Any] | None:
    """A point; the property `location_precision` says how wide an area it stands for."""
    if event.place is None or event.place.latitude is None:
        return None
    return {"type": "Point", "coordinates": [event.place.longitude, event.place.latitude]}
