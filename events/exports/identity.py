"""The identity of a filtered list, for feeds: a URI that no host and no slug is part of."""

from urllib.parse import urlencode
from uuid import UUID, uuid5

from config.lists.filtering import StrictFilterSet
from config.lists.slugs import SlugFilter
from events.models import Chronology

# The namespace in a database whose row of `Chronology` is missing.
_NOBODY = UUID(int=0)


def urn_of(name: str, filters: StrictFilterSet) -> str:
    """The same for the same filters in any order, also when a record among them is renamed. `name`
    is that of the list; the timeline was the first and goes without."""
    parts = []
    for parameter, values in filters.data.lists():
        if parameter not in filters.OTHER_PARAMETERS | filters.APPEARANCE:
            named = _identities(filters, parameter) or values
            parts += [(parameter, value) for value in named]
    prefix = "" if name == "events" else f"{name}?"
    namespace = Chronology.objects.values_list("uuid", flat=True).first() or _NOBODY
    return uuid5(namespace, f"{prefix}{urlencode(sorted(parts))}").urn


def _identities(filters: StrictFilterSet, parameter: str) -> list[str]:
    """The UUIDs of the records that a parameter names; none where it names no records."""
    if not isinstance(filters.filters[parameter], SlugFilter):
        return []
    rows = filters.chosen(parameter)
    uuids = type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows])
    return [str(uuid) for uuid in uuids.values_list("uuid", flat=True)]
