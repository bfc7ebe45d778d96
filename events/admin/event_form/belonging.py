"""What belongs to an event, and which of its facts no source is cited for.

A fact is the event itself, a participation, a link, a claim, a statement or a position. Statements
belong to it by their positions: on the event, on a claim about it, or on such a statement.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from config import rights
from events.models import Citation, Claim, Event, EventLink, Participation, Position, Statement

# By kind of fact: what a citation calls it, its model, and the path that leads to the event.
_DIRECT: list[tuple[str, Any, str]] = [
    ("event", Event, "pk"),
    ("participation", Participation, "event"),
    ("link", EventLink, "from_event"),
    ("claim", Claim, "event"),
]
# What a citation calls the record of a row, by the prefix of its formset.
TARGETS = {
    "participations": "participation",
    "claims": "claim",
    "statements": "statement",
    "positions": "position",
    "links": "link",
}
# How a row names the event itself, and its facts that can be cited apart from it.
EVENT = "event"
ASPECTS = ("date", "place", "kind", "standing")
KINDS = ("event", "participation", "claim", "statement", "position", "link")


def positions_of(event: Event) -> QuerySet[Position]:
    rows = Position.objects.order_by()
    if event.pk is None:
        return rows.none()
    on_event = rows.filter(event=event).values("pk")
    on_claims = rows.filter(claim__event=event).values("pk")
    said = rows.filter(pk__in=on_event.union(on_claims)).values("statement")
    answers = rows.filter(answered__in=said).values("pk")
    return Position.objects.filter(pk__in=on_event.union(on_claims, answers))


def statements_of(event: Event) -> QuerySet[Statement]:
    if event.pk is None:
        return Statement.objects.none()
    return Statement.objects.filter(pk__in=positions_of(event).order_by().values("statement"))


def citations_of(event: Event) -> QuerySet[Citation]:
    rows = Citation.objects.order_by()
    if event.pk is None:
        return rows.none()
    positions = positions_of(event).order_by()
    first, *others = (
        rows.filter(**condition).values("pk")
        for condition in (
            {"event": event},
            {"participation__event": event},
            {"link__from_event": event},
            {"claim__event": event},
            {"statement__in": positions.values("statement")},
            {"position__in": positions.values("pk")},
        )
    )
    return Citation.objects.filter(pk__in=first.union(*others))


@dataclass(frozen=True)
class Facts:
    total: int = 0
    uncited: int = 0


Counts = dict[str, Facts]


def count_facts(events: Iterable[int], user: Any) -> dict[int, Counts]:
    """By key of the event and kind of fact, of what the account sees; as many queries for fifty
    events as for one."""
    keys = list(events)
    found: dict[int, Counts] = defaultdict(dict)
    for kind, model, path in _DIRECT:
        cited = Exists(Citation.objects.filter(**{kind: OuterRef("pk")}))
        rows = rights.seen(model.objects.filter(**{f"{path}__in": keys}).order_by(), user)
        counted = rows.values(path).annotate(total=Count("pk"), uncited=Count("pk", filter=~cited))
        for key, total, uncited in counted.values_list(path, "total", "uncited"):
            found[key][kind] = Facts(total, uncited)
    taken = _taken(keys, user)
    for kind, records in taken.items():
        cited_keys = set(
            Citation.objects.filter(**{f"{kind}__in": set().union(*records.values())})
            .order_by()
            .values_list(kind, flat=True)
        )
        for key, own in records.items():
            found[key][kind] = Facts(len(own), len(own - cited_keys))
    return {key: {kind: found[key].get(kind, Facts()) for kind in KINDS} for key in keys}


def _taken(events: list[int], user: Any) -> dict[str, dict[int, set[int]]]:
    """By event, the keys of the positions and of the statements that belong to it."""
    positions: dict[int, set[int]] = defaultdict(set)
    statements: dict[int, set[int]] = defaultdict(set)
    seen = rights.seen(Position.objects.order_by(), user)
    for path in ("event", "claim__event"):
        rows = seen.filter(**{f"{path}__in": events})
        for event, position, statement in rows.values_list(path, "pk", "statement"):
            positions[event].add(position)
            statements[event].add(statement)
    said: dict[int, list[int]] = defaultdict(list)
    for event, keys in statements.items():
        for key in keys:
            said[key].append(event)
    answers = seen.filter(answered__in=list(said))
    for answered, position, statement in answers.values_list("answered", "pk", "statement"):
        for event in said[answered or 0]:
            positions[event].add(position)
            statements[event].add(statement)
    return {"statement": statements, "position": positions}


def uncited_in_all(counts: Counts) -> int:
    return sum(count.uncited for count in counts.values())


def uncited_records(event: Event, user: Any) -> dict[str, QuerySet[Any]]:
    """By kind, the facts of the event that the account may change, and that no source is cited
    for."""
    rows: dict[str, QuerySet[Any]] = {
        kind: model.objects.filter(**{path: event.pk}) for kind, model, path in _DIRECT
    }
    rows |= {"statement": statements_of(event), "position": positions_of(event)}
    return {
        kind: rights.in_reach(rows[kind], user).filter(
            ~Exists(Citation.objects.filter(**{kind: OuterRef("pk")}))
        )
        for kind in KINDS
    }
