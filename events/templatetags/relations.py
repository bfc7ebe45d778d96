from dataclasses import dataclass

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from actors.models import Actor, Tenure
from events.models import EventLink, Statement
from events.relations.record import SHOWN, Relation
from events.templatetags.compiled import compiled

register = template.Library()


@dataclass(frozen=True, slots=True)
class Side:
    """The bodies and office holders of one side, the first few of each."""

    bodies: list[Actor]
    holders: list[Tenure]
    more_bodies: int
    more_holders: int


@register.simple_tag
def side(relation: Relation, actor: Actor) -> Side:
    bodies, holders = relation.bodies(actor), relation.holders(actor)
    more = [max(0, len(rows) - SHOWN) for rows in (bodies, holders)]
    return Side(bodies[:SHOWN], holders[:SHOWN], *more)


@register.simple_tag
def rows_of(relation: Relation, carried: str) -> SafeString:
    """The page of events and statements, whose references are numbered as they are written; the
    links to them carry the query of the view."""
    references, offices = relation.references, relation.offices

    def cite(link: EventLink) -> SafeString:
        return references.marks(references.of(link))

    def said(statement: Statement) -> SafeString:
        values = {"statement": statement, "references": references, "offices": offices}
        return render_to_string("relations/_said.html", values | {"carried": carried})

    return compiled(
        "relation.html",
        groups=relation.groups(),
        first=relation.first.name,
        second=relation.second.name,
        cite=cite,
        said=said,
        carried=carried,
    )
