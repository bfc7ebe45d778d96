from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Model
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from actors.models import Actor
from actors.offices import Offices
from config.edtf.dates import UncertainDate
from events.models import Event, Location
from events.pages.actor_did import ActedIn
from events.pages.labels import label_of, shorten
from events.pages.offices import office_then
from events.pages.references import CitedSource, References, cited_sources

register = template.Library()


@register.simple_tag
def office(offices: Offices, person: Actor, when: UncertainDate, references: References) -> str:
    """As `office_then`."""
    return office_then(offices, person.pk, when, references)


@register.simple_tag
def cite(references: References, record: Model, aspect: str = "", label: str = "") -> SafeString:
    """The marks that lead from a fact to its places in sources, which lead back under `label`."""
    return references.marks(references.of(record, aspect), label or label_of(record, aspect))


@register.simple_tag
def cite_apart(references: References, record: Model, aspect: str) -> SafeString:
    """The marks of an aspect that stands beside the record's own; nothing where they are those."""
    found = references.of(record, aspect)
    if found == references.of(record):
        return mark_safe("")
    return references.marks(found, label_of(record, aspect))


@register.simple_tag
def cite_all(references: References, record: Model) -> SafeString:
    """Those of everything that is told of a record in one place: its date, its standing …"""
    return references.marks(references.of_all(record), shorten(str(record)))


@register.simple_tag
def cite_way(
    references: References, ways: list[Location], event: Event | None = None
) -> SafeString:
    """Those of where something is, and of each place's lying in the next wider one."""
    found = references.of(event, "place") if event else []
    found += [r for place in ways if place.parent_id for r in references.of(place, "place")]
    return references.marks(list(dict.fromkeys(found)), _("place"))


@register.simple_tag
def cite_deed(references: References, acted: ActedIn) -> SafeString:
    """Those of everything that a row tells of an event, and of somebody's part in it."""
    event = acted.event
    found = references.of_all_of_key("event", event.key, event.slug)
    found += [r for role in (*acted.roles, *acted.roles_of_parts) for r in references.of(role)]
    return references.marks(list(dict.fromkeys(found)), shorten(event.title))


@register.simple_tag(name="cited_sources")
def cited_sources_of(record: Any, parts: Iterable[Any]) -> list[CitedSource]:
    """The sources of a row of a list and of its parts, with each place in them."""
    return cited_sources([record, *parts])
