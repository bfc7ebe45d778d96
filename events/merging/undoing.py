"""Taking a merge back: rows are again what they were before it, and later edits stay."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from events.history.kinds import KINDS, columns_of, references_of
from events.history.plans import Plan, Step, plan_taking_back
from events.history.states import Key
from events.models import HistoryChange, HistoryEntry, MergedRecord

NAMED = 50


@dataclass(frozen=True)
class Undoing:
    """`gone` is the key of the record that went."""

    plan: Plan
    gone: Key

    @property
    def is_possible(self) -> bool:
        return any(step.key == self.gone and step.now is None for step in self.plan.steps)

    @property
    def counts(self) -> list[tuple[str, int, int, int]]:
        """By kind of record: how many come back, how many are as they were, how many go again."""
        found = Counter((step.key.kind, _way(step)) for step in self.plan.steps)
        kinds = [kind for kind in KINDS if any((kind, way) in found for way in range(3))]
        return [
            (_kind_in_words(kind), found[kind, 0], found[kind, 1], found[kind, 2]) for kind in kinds
        ]

    @property
    def left(self) -> list[tuple[str, str]]:
        """What stays as it is, by name, and why."""
        return [(_name(key), why) for key, why in list(self.plan.left.items())[:NAMED]]

    @property
    def more_left(self) -> int:
        return max(0, len(self.plan.left) - NAMED)


def plan_undoing(merged: MergedRecord) -> Undoing:
    """Raises HistoryEntry.DoesNotExist where the history was not kept."""
    entry = HistoryEntry.objects.get(pk=merged.entry)
    deleted = entry.changes.filter(kind=merged.kind, operation=HistoryChange.Operation.DELETE)
    change = deleted.get(old__uuid=str(merged.gone))
    plan = plan_taking_back(entry)
    while _leave_what_cannot_be(plan):
        pass
    return Undoing(plan, Key(merged.kind, change.row_key))


def _way(step: Step) -> int:
    return 0 if step.now is None else 2 if step.wanted is None else 1


def _kind_in_words(kind: str) -> str:
    return str(KINDS[kind]._meta.verbose_name_plural)


def _name(key: Key) -> str:
    model = KINDS[key.kind]
    row = model._default_manager.filter(pk=key.row).first()
    name = str(row) if row is not None else _("number %(number)d") % {"number": key.row}
    return f"{model._meta.verbose_name}: {name}"


def _leave_what_cannot_be(plan: Plan) -> bool:
    """Whether steps were left out: what they would lead to is gone, or something made since leads
    to what they would take away."""
    reasons = _without_their_target(plan) | _used_since(plan)
    plan.left |= reasons
    plan.steps = [step for step in plan.steps if step.key not in reasons]
    return bool(reasons)


def _without_their_target(plan: Plan) -> dict[Key, str]:
    wanted: dict[tuple[str, str], dict[Any, list[Key]]] = defaultdict(lambda: defaultdict(list))
    for step in plan.steps:
        for column, (kind, found_by) in references_of(step.key.kind).items():
            value = (step.wanted or {}).get(column)
            if value is not None and (step.now is None or column in step.columns):
                wanted[kind, found_by][value].append(step.key)
    coming = {(step.key.kind, step.key.row) for step in plan.steps if step.now is None}
    left: dict[Key, str] = {}
    for (kind, found_by), users in wanted.items():
        rows = KINDS[kind]._default_manager.filter(**{f"{found_by}__in": list(users)})
        there = set(rows.values_list(found_by, flat=True))
        for value, keys in users.items():
            if value not in there and (kind, value) not in coming:
                left |= dict.fromkeys(keys, _("what it belongs to was deleted since"))
    return left


def _used_since(plan: Plan) -> dict[Key, str]:
    going = defaultdict(set)
    for step in plan.steps:
        if step.wanted is None:
            going[step.key.kind].add(step.key.row)
    steps = {step.key: step for step in plan.steps}
    left: dict[Key, str] = {}
    for user, column, used in _uses(going):
        own = steps.get(user)
        if own is None or (own.wanted or {}).get(column) == used.row:
            left[used] = _("is used by something that was added since")
    return left


def _uses(going: dict[str, set[int]]) -> Iterator[tuple[Key, str, Key]]:
    """Whatever leads to these rows now, and by which column."""
    for kind in KINDS:
        for column, (target, found_by) in references_of(kind).items():
            if found_by == "id" and going.get(target):
                yield from _users(kind, column, target, going[target])


def _users(
    kind: str, column: str, target: str, keys: Iterable[int]
) -> Iterator[tuple[Key, str, Key]]:
    name = columns_of(kind)[column].name
    rows = KINDS[kind]._default_manager.filter(**{f"{name}__in": list(keys)})
    for row, used in rows.values_list("pk", column):
        yield Key(kind, row), column, Key(target, used)
