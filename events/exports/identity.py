"""The identity of a filtered timeline, for feeds: a URI that no host and no slug is part of."""

from urllib.parse import urlencode
from uuid import UUID, uuid5

from config.lists.slugs import SlugFilter
from events.filters.events import EventFilterSet
from events.models import Chronology

# The namespace in a database whose row of `Chronology` is missing.
_NOBODY = UUID(int=0)


def urn_of(filters: EventFilterSet) -> str:
    """The same for the same filters in any order, also when a record among them is renamed."""
    parts = []
    for name, values in filters.data.lists():
        if name not in filters.OTHER_PARAMETERS | filters.APPEARANCE:
            parts += [(name, value) for value in _identities(filters, name) or values]
    namespace = Chronology.objects.values_list("uuid", flat=True).first() or _NOBODY
    return uuid5(namespace, urlencode(sorted(parts))).urn


def _identities(filters: EventFilterSet, name: str) -> list[str]:
    """The UUIDs of the records that a parameter names; none where it names no records."""
    if not isinstance(filters.filters[name], SlugFilter):
        return []
    rows = filters.chosen(name)
    uuids = type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows])
    return [str(uuid) for uuid in uuids.values_list("uuid", flat=True)]
