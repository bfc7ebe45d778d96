from django import template
from django.db.models import Model

from actors.models import Actor
from actors.offices import Offices
from config.dates import UncertainDate
from events.references import Reference, References

register = template.Library()


@register.inclusion_tag("actors/_office.html")
def office(
    offices: Offices, person: Actor, when: UncertainDate, references: References
) -> dict[str, object]:
    """ "then US Secretary of State", with its reference; nothing where no office is known."""
    return {"tenures": offices.of(person, when), "references": references}


@register.inclusion_tag("events/_marks.html")
def cite(references: References, record: Model, aspect: str = "") -> dict[str, list[Reference]]:
    """The marks that lead from a fact to its references at the foot of the page."""
    return {"references": references.of(record, aspect)}
