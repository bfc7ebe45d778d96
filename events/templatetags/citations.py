from django import template
from django.db.models import Model

from events.references import Reference, References

register = template.Library()


@register.inclusion_tag("events/_marks.html")
def cite(references: References, record: Model, aspect: str = "") -> dict[str, list[Reference]]:
    """The marks that lead from a fact to its references at the foot of the page."""
    return {"references": references.of(record, aspect)}
