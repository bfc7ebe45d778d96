"""Where a place lies."""

from events.models import Location


def read_around(location: Location) -> list[Location]:
    """The published places around one, from the widest to itself."""
    around = Location.objects.published().filter(pk__in=location.lineage)
    return list(around.order_by("lineage"))
