"""GeoJSON, RFC 7946. Where no coordinates are known, the geometry is null.

The format has no dates, and its readers guess: GDAL, and so QGIS and pyogrio, takes a field whose
values all look like days for a field of dates, and fails at a year before 1 or after 9999. So
bounds outside these years are null; the date as EDTF tells them still.
"""

from collections.abc import Iterator
from typing import Any

from events.charts.timeline import spans_of
from events.exports.dates import FIRST_DAY, LAST_DAY
from events.exports.event_collection import EventCollection
from events.exports.fields import flat
from events.exports.json_text import document
from events.exports.records import EventRecord
from events.exports.selection import Selection
from events.exports.terms import terms_of


def parts(selection: Selection[EventCollection]) -> Iterator[str]:
    head = {
        "type": "FeatureCollection",
        "title": selection.title,
        "page": selection.page,
        **terms_of(selection.chronology),
    }
    are_days = _are_taken_for_days(selection)
    features = (_feature(event, selection, are_days=are_days) for event in selection.records())
    return document(head, "features", features, lambda count: {"count": count})


def _are_taken_for_days(selection: Selection[EventCollection]) -> bool:
    """Whether a reader would take all dates for days, one at least of them before the year 1."""
    dates = spans_of(selection.found.selection)
    are_days = (dates.first == dates.last) & ~dates.is_qualified
    return bool(are_days.all()) and bool((dates.first < FIRST_DAY).any())


def _feature(
    event: EventRecord, selection: Selection[EventCollection], *, are_days: bool
) -> dict[str, Any]:
    when = event.date.when
    properties = flat(event, selection.addresses)
    if not _is_in_range(when.first_day):
        properties["not_before"] = None
    if not _is_in_range(when.last_day):
        properties["not_after"] = None
    if are_days and not _is_in_range(when.first_day):
        # The same day as a span, which nobody takes for a day.
        properties["date"] = f"{when.text}/{when.text}"
    return {
        "type": "Feature",
        "id": event.uuid.urn,
        "geometry": _geometry(event),
        "properties": properties,
    }


def _is_in_range(day: int | None) -> bool:
    return day is not None and FIRST_DAY <= day <= LAST_DAY


def _geometry(event: EventRecord) -> dict[str, Any] | None:
    """A point; the property `location_precision` says how wide an area it stands for."""
    if event.place is None or event.place.latitude is None:
        return None
    return {"type": "Point", "coordinates": [event.place.longitude, event.place.latitude]}
