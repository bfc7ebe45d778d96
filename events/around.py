"""Where a place lies: the places around it."""

from config.rows import Columns, fetch
from events.models import Location

PLACE = Columns(Location, "around", {"id", "lineage", "slug", "name", "parent_id"})


def around(location: str) -> str:
    """What follows SELECT and `PLACE`: the published places that a place lies in, from the widest
    to itself. `location` is what the statement has for its key."""
    return f"""
        FROM events_location AS location
        JOIN events_location AS around
            ON around.id = ANY(location.lineage) AND around.state = 'published'
        WHERE location.id = {location}
        ORDER BY cardinality(around.lineage)
    """


def read_around(location: int) -> list[Location]:
    """The same places of one, given by its key."""
    rows = fetch(f"SELECT {PLACE} {around('%s')}", [location])
    return [PLACE.record(iter(row)) for row in rows]
