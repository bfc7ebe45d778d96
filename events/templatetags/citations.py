from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Model
from django.template.loader import render_to_string

from actors.models import Actor
from actors.offices import Offices
from config.dates import UncertainDate
from events.models import Event, Location
from events.references import CitedSource, Reference, References, cited_sources

register = template.Library()
MARKS = "events/_marks.html"


@register.simple_tag
def office(offices: Offices, person: Actor, when: UncertainDate, references: References) -> str:
    """ "then US Secretary of State", with its reference; nothing where no office is known."""
    tenures = offices.of(person, when)
    if not tenures:
        return ""
    return render_to_string("actors/_office.html", {"tenures": tenures, "references": references})


@register.simple_tag
def cite(references: References, record: Model, aspect: str = "") -> str:
    """The marks that lead from a fact to its references at the foot of the page."""
    return _marks(references, references.of(record, aspect))


@register.simple_tag
def cite_all(references: References, record: Model) -> str:
    """Those of everything that is told of a record in one place: its date, its standing …"""
    return _marks(references, references.of_all(record))


def _marks(references: References, found: list[Reference]) -> str:
    """Written once for all facts of a page that rest on the same, or on nothing."""
    numbers = tuple(reference.number for reference in found)
    if numbers not in references.marks:
        references.marks[numbers] = render_to_string(MARKS, {"references": found})
    return references.marks[numbers]


@register.inclusion_tag(MARKS)
def cite_each(references: References, records: Iterable[Model]) -> dict[str, list[Reference]]:
    """Those of several records of which one sentence tells."""
    found = [reference for record in records for reference in references.of(record)]
    return {"references": list(dict.fromkeys(found))}


@register.inclusion_tag(MARKS)
def cite_way(references: References, ways: list[Location], event: Event | None = None) -> Any:
    """Those of where something is, and of each place's lying in the next wider one."""
    found = references.of(event, "place") if event else []
    found += [r for place in ways if place.parent_id for r in references.of(place, "place")]
    return {"references": list(dict.fromkeys(found))}


@register.inclusion_tag("_row_marks.html")
def cite_row(row: Any) -> dict[str, Any]:
    """The marks of a row of a list: straight to the page of the source."""
    return {"citations": row.first_citations}


@register.inclusion_tag("_source_line.html")
def source_line(record: Any, parts: Iterable[Any]) -> dict[str, list[CitedSource]]:
    """The sources of a row of a list and of its parts, with each place in them."""
    return {"sources": cited_sources([record, *parts])}
