"""What belongs to a record, or once did: the rows that its history is about."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from events.history.kinds import KINDS, OWNERS
from events.history.states import Key
from events.models import HistoryChange

# A statement is part of the history of what it takes a position on. Its other positions are not.
_SPOKEN_OF = ("event", "claim")
_OF_STATEMENTS = ("statement_audience", "citation")


def belonging_to(record: Key) -> set[Key]:
    """The record and all that belongs to it, also what was deleted meanwhile.

    A dozen queries for an event, however much belongs to it.
    """
    found, latest = {record}, {record}
    while latest:
        rows = _rows_of(latest, record)
        statements = {
            Key("statement", row)
            for kind, _row, owners in rows
            for row in owners.get("statement", ())
            if kind == "position" and record.kind in _SPOKEN_OF
        }
        latest = ({Key(kind, row) for kind, row, _owners in rows} | statements) - found
        found |= latest
    return found


_Rows = list[tuple[str, int, dict[str, list[int]]]]


def _rows_of(owners: set[Key], record: Key) -> _Rows:
    """Rows that belong to any of these: their kind, their key, and all that they belong to."""
    statements = {key for key in owners if key.kind == "statement" and key != record}
    found = _now(owners - statements, OWNERS) + _then(owners - statements, OWNERS)
    if statements:
        found += _now(statements, _OF_STATEMENTS) + _then(statements, _OF_STATEMENTS)
    return found


def _now(owners: set[Key], kinds: Iterable[str]) -> _Rows:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for key in owners:
        by_kind[key.kind].append(key.row)
    found: _Rows = []
    for kind in kinds:
        chosen = {column: owner for column, owner in OWNERS[kind].items() if owner in by_kind}
        if chosen:
            found += _rows_with(kind, {name: by_kind[owner] for name, owner in chosen.items()})
    return found


def _rows_with(kind: str, values: dict[str, list[int]]) -> _Rows:
    condition = Q()
    for column, keys in values.items():
        condition |= Q(**{f"{column}__in": keys})
    rows: Any = KINDS[kind]._default_manager.order_by("pk").filter(condition)
    names = ["pk", *(["statement_id"] if kind == "position" else [])]
    return [(kind, row, {"statement": said}) for row, *said in rows.values_list(*names)]


def _then(owners: set[Key], kinds: Iterable[str]) -> _Rows:
    changes = HistoryChange.objects.filter(
        keys__overlap=[str(key) for key in owners], kind__in=list(kinds)
    )
    found: _Rows = []
    for kind, row, keys in changes.order_by().values_list("kind", "row_key", "keys").distinct():
        named: dict[str, list[int]] = defaultdict(list)
        for name in keys:
            owner, _colon, key = name.partition(":")
            named[owner].append(int(key))
        found.append((kind, row, named))
    return found
