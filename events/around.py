"""Where a place lies: the places around it."""

from config.rows import Columns, fetch
from events.models import Location

_PLACE = Columns(Location, "around", {"id", "lineage", "slug", "name", "parent_id"})
_AROUND = f"""
    SELECT {_PLACE}
    FROM events_location AS location
    JOIN events_location AS around
        ON around.id = ANY(location.lineage) AND around.state = 'published'
    WHERE location.id = %s
    ORDER BY cardinality(around.lineage)
"""  # noqa: S608 - names of columns


def read_around(location: int) -> list[Location]:
    """The published places that a place, given by its key, lies in: from the widest to itself."""
    return [_PLACE.record(iter(row)) for row in fetch(_AROUND, [location])]
