"""The drawings and the facets of a relation: cooperation, conflict and statements, each counted for
itself. No score and no mean: two events of opposite kind do not make a neutral one."""

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _

from config.edtf.periods import periods
from config.edtf.units import Period
from config.http.addresses import links_to
from config.lists.facets import Facet, FacetValue
from events.charts.histogram import (
    EVENTS,
    STATEMENTS,
    Histogram,
    Layer,
    draw,
    highest,
    is_worth_drawing,
)
from events.charts.tallies import tally
from events.models import EventType
from events.relations.counting import EVERY, STATEMENT, Count
from events.relations.filters import RelationFilterSet
from events.relations.record import Relation

Quad = EventType.Quad
SERIES = {
    "cooperation": [Quad.MATERIAL_COOPERATION, Quad.VERBAL_COOPERATION],
    "conflict": [Quad.MATERIAL_CONFLICT, Quad.VERBAL_CONFLICT],
}


def draw_relation(relation: Relation, filters: RelationFilterSet) -> list[Histogram]:
    """Cooperation and conflict on one scale, and statements: each where it is worth a drawing."""
    directions = filters.drawn_directions
    counts = [count for count in relation.counts if count.direction in directions]
    days = _days(counts, filters)
    if days is None:
        return []
    tallies = tally(relation.drawn, periods(*days))
    top = highest(*(tallies.of(*quads) for quads in SERIES.values()))
    titles = {"cooperation": _("Cooperation"), "conflict": _("Conflict")}
    drawings = [
        draw(
            key,
            titles[key],
            tallies,
            _layers(quads),
            unit=EVENTS,
            number=_sum(counts, quads),
            link=_link(filters, quad=[str(quad) for quad in quads]),
            top=top,
        )
        for key, quads in SERIES.items()
    ]
    drawings.append(
        draw(
            "statements",
            _("Statements"),
            tallies,
            [Layer(STATEMENT, _("statements"))],
            unit=STATEMENTS,
            number=_sum(counts, [STATEMENT]),
            link=_link(filters, what=["statement"]),
        )
    )
    return [each for each in drawings if is_worth_drawing(each.number, tallies.periods)]


def _layers(quads: Sequence[str]) -> list[Layer]:
    material, verbal = quads
    return [
        Layer(material, _("material"), "is-plain"),
        Layer(verbal, _("verbal"), "is-hatched"),
    ]


def neutral_number(relation: Relation, filters: RelationFilterSet) -> int:
    """Events that are neither cooperation nor conflict, which no drawing holds."""
    directions = filters.drawn_directions
    return _sum([c for c in relation.counts if c.direction in directions], [Quad.NEUTRAL])


def count_relation(relation: Relation, filters: RelationFilterSet) -> list[Facet]:
    """Each facet's values, counted under every filter but its own."""
    return [_facet(relation, filters, name) for name in EVERY]


def _facet(relation: Relation, filters: RelationFilterSet, name: str) -> Facet:
    chosen = filters.data.getlist(name)
    counts = [] if filters.problems else relation.count(filters, excluding=name)
    values = [
        FacetValue(str(value), str(label), number, value in chosen)
        for value, label in filters.filters[name].field.choices
        if (number := sum(c.number for c in counts if getattr(c, name) == value)) or value in chosen
    ]
    return Facet(name, str(filters.filters[name].label), values, is_cut=False)


def _sum(counts: Iterable[Count], quads: Sequence[str]) -> int:
    return sum(count.number for count in counts if count.quad in quads)


def _days(counts: list[Count], filters: RelationFilterSet) -> tuple[int, int] | None:
    """The days to draw: all that is known of any date, within `since` and `until`."""
    first = min((c.first_day for c in counts if c.first_day is not None), default=None)
    last = max((c.last_day for c in counts if c.last_day is not None), default=None)
    if first is None or last is None:
        return None
    since, until = filters.chosen("since"), filters.chosen("until")
    first = max(first, since) if since is not None else first
    last = min(last, until) if until is not None else last
    return (first, last) if first <= last else None


def _link(filters: RelationFilterSet, **values: list[str]) -> Callable[[Period], str]:
    """The same view, narrowed to what a bar stands for."""
    query = filters.data.copy()
    for name in ("page", "what", "quad"):
        query.pop(name, None)
    query.setlist("direction", filters.drawn_directions)
    for name, chosen in values.items():
        query.setlist(name, chosen)
    return links_to(query)
