"""Where a place lies."""

from events.models import Location


def read_around(location: int) -> list[Location]:
    """The published places around one that is given by its key, from the widest to itself."""
    lineage = Location.objects.values_list("lineage", flat=True).get(pk=location)
    return list(Location.objects.published().filter(pk__in=lineage).order_by("lineage"))
