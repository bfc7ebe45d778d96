from dataclasses import dataclass

from django import template

from actors.models import Actor, Tenure
from events.relations.record import SHOWN, Relation

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
