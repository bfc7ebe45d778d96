"""What belongs to an event, and which of its facts no source is cited for.

A fact is the event itself, a participation, a link, a claim, a statement or a position. Statements
belong to it by their positions: on the event, on a claim about it, or on such a statement.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, Exists, F, Func, OuterRef, QuerySet, Value

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


class _Among(Func):
    """Whether a row has one of these keys, which are looked up once.

    An IN with a union may be planned as a lookup for each row, where statistics say that a table is
    as good as empty. Then the form of an event with 300 rows takes minutes.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()

    def __init__(self, keys: QuerySet[Any, Any]) -> None:
        super().__init__("pk", ArraySubquery(keys))


def positions_of(event: Event) -> QuerySet[Position]:
    rows = Position.objects.order_by()
    if event.pk is None:
        return rows.none()
    on_event = rows.filter(event=event).values("pk")
    on_claims = rows.filter(claim__event=event).values("pk")
    said = rows.filter(_Among(on_event.union(on_claims))).values("statement")
    answers = rows.filter(answered__in=said).values("pk")
    return Position.objects.filter(_Among(on_event.union(on_claims, answers)))


def statements_of(event: Event) -> QuerySet[Statement]:
    if event.pk is None:
        return Statement.objects.none()
    return Statement.objects.filter(_Among(positions_of(event).order_by().values("statement")))


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
    return Citation.objects.filter(_Among(first.union(*others)))


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
    for kind, key, total, uncited in _count_direct(keys, user):
        found[key][kind] = Facts(total, uncited)
    taken = _taken(keys, user)
    cited = _cited({kind: set().union(*records.values()) for kind, records in taken.items()})
    for kind, records in taken.items():
        for key, rows in records.items():
            found[key][kind] = Facts(len(rows), len(rows - cited[kind]))
    return {key: {kind: found[key].get(kind, Facts()) for kind in KINDS} for key in keys}


def _count_direct(events: list[int], user: Any) -> Iterable[tuple[str, int, int, int]]:
    """By kind and event: all of its facts that lead to it by themselves, and the uncited."""
    counted: list[Any] = []
    for kind, model, path in _DIRECT:
        cited = Exists(Citation.objects.filter(**{kind: OuterRef("pk")}))
        rows = rights.seen(model.objects.filter(**{f"{path}__in": events}).order_by(), user)
        by_event = rows.values(fact=Value(kind), of=F(path))
        counted.append(
            by_event.annotate(total=Count("pk"), uncited=Count("pk", filter=~cited)).values_list(
                "fact", "of", "total", "uncited"
            )
        )
    found: Iterable[tuple[str, int, int, int]] = counted[0].union(*counted[1:], all=True)
    return found


def _cited(keys: dict[str, set[int]]) -> dict[str, set[int]]:
    """By kind, those of the records that a citation supports."""
    first, *others = (
        Citation.objects.filter(**{f"{kind}__in": records})
        .order_by()
        .values_list(Value(kind), kind)
        .distinct()
        for kind, records in keys.items()
    )
    cited: dict[str, set[int]] = {kind: set() for kind in keys}
    for kind, key in first.union(*others, all=True):
        cited[kind].add(key)
    return cited


def _taken(events: list[int], user: Any) -> dict[str, dict[int, set[int]]]:
    """By event, the keys of the positions and of the statements that belong to it."""
    positions: dict[int, set[int]] = defaultdict(set)
    statements: dict[int, set[int]] = defaultdict(set)
    seen = rights.seen(Position.objects.order_by(), user)
    on_events, on_claims = (
        seen.filter(**{f"{path}__in": events}).values_list(path, "pk", "statement")
        for path in ("event", "claim__event")
    )
    for event, position, statement in on_events.union(on_claims, all=True):
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
