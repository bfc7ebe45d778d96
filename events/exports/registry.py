"""What can be taken along: the records of which list, in which formats."""

from collections.abc import Mapping
from typing import Any

from events.exports.collection import Collection
from events.exports.event_collection import EventCollection
from events.exports.formats import FORMATS, Format
from events.exports.statement_collection import StatementCollection

COLLECTIONS: dict[str, type[Collection[Any]]] = {
    collection.name: collection for collection in (EventCollection, StatementCollection)
}
# A statement is no event: calendars, maps and timelines have no place for it.
FORMATS_OF: Mapping[str, Mapping[str, Format]] = {
    "events": FORMATS,
    "statements": {name: FORMATS[name] for name in ("atom", "feed.json", "csv", "json")},
}
