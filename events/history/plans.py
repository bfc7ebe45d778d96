"""What taking a change back would write, what stands in its way, and doing it, all or nothing."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from config.admin.refusals import all_or_nothing
from config.db.publication import State as Publication
from events.history.kinds import KINDS, references_of
from events.history.states import Data, Key, State, state_at
from events.models import HistoryChange, HistoryEntry

# Kept by triggers: no update writes them.
KEPT = {"created_at", "updated_at", "published_at", "standing_since"}
_ORDER = {kind: number for number, kind in enumerate(KINDS)}


class ChangedMeanwhileError(Exception):
    """The rows are no longer those that the plan was made for."""


@dataclass(frozen=True)
class Step:
    """One row: `now` is None where it is to be inserted, `wanted` where it is to be deleted."""

    key: Key
    now: Data | None
    wanted: Data | None

    @property
    def columns(self) -> list[str]:
        """Those that an update writes."""
        return differing(self.now, self.wanted) if self.now and self.wanted else []


@dataclass
class Plan:
    """`left` are rows that stay as they are, with the reason in words; `lost` are columns that
    rows had then, and that are no more."""

    steps: list[Step] = field(default_factory=list)
    left: dict[Key, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    @property
    def digest(self) -> str:
        """The same as long as the plan is."""
        rows = [[*step.key, step.now, step.wanted] for step in self.steps]
        return sha256(json.dumps([rows, sorted(self.left)], sort_keys=True).encode()).hexdigest()

    @property
    def publishes(self) -> bool:
        return any(_is_to_be_published(step) for step in self.steps)

    def without_publishing(self) -> "Plan":
        """What would become public stays what it is, or comes back as a draft."""
        steps = [_unpublished(step) for step in self.steps]
        return replace(self, steps=[step for step in steps if step.now != step.wanted])

    def only(self, chosen: set[str]) -> "Plan":
        """The rows and columns that were chosen, named by `choice_of`."""
        steps = [_chosen(step, chosen) for step in self.steps]
        return replace(self, steps=[step for step in steps if step is not None])

    def write(self) -> None:
        """As one change. Raises ChangedMeanwhileError, or what the database refuses it with."""
        with all_or_nothing():
            self._lock()
            gone = sorted((s for s in self.steps if s.wanted is None), key=_rank, reverse=True)
            for kind, some in _by_kind(gone):
                _call("delete_rows(%s, %s)", [kind, [step.key.row for step in some]])
            _put("insert_rows(%s, %s)", (s for s in self.steps if s.now is None))
            _put("update_rows(%s, %s)", (s for s in self.steps if s.columns))

    def _lock(self) -> None:
        for kind, some in _by_kind(sorted(self.steps, key=_rank)):
            rows: Any = KINDS[kind]._default_manager.order_by("pk")
            keys = [step.key.row for step in some]
            list(rows.filter(pk__in=keys).select_for_update(of=("self",)).values_list("pk"))
        found = state_at(step.key for step in self.steps)
        if any(differing(found[step.key], step.now) for step in self.steps):
            raise ChangedMeanwhileError


def differing(one: Data | None, other: Data | None) -> list[str]:
    """The columns in which two states of a row differ, for curators; `id` where one is none."""
    if one is None or other is None:
        return [] if one is other else ["id"]
    shared = sorted(one.keys() & other.keys() - KEPT)
    return [name for name in shared if one[name] != other[name]]


def choice_of(key: Key, column: str = "") -> str:
    """What a form calls a row that comes or goes, or a column that is written."""
    return f"{key}.{column}" if column else str(key)


def _chosen(step: Step, chosen: set[str]) -> Step | None:
    if not step.columns or step.now is None or step.wanted is None:
        return step if choice_of(step.key) in chosen else None
    wanted = {
        name: step.wanted[name] for name in step.columns if choice_of(step.key, name) in chosen
    }
    return replace(step, wanted=step.now | wanted) if wanted else None


def plan_state(keys: Iterable[Key], boundary: int) -> Plan:
    """Rows shall be again what they were after the change of this number."""
    plan = Plan()
    plan.steps += steps_to(state_at(keys, boundary, plan.lost))
    return plan


def steps_to(wanted: State) -> Iterator[Step]:
    """What makes the rows of today those of a state."""
    now = state_at(wanted)
    for key in sorted(wanted, key=lambda key: (_ORDER[key.kind], key.row)):
        # A standing that readers saw before was seen, whatever is restored.
        if key.kind == "paststanding" and now[key] is not None:
            continue
        if differing(now[key], wanted[key]):
            yield Step(key, now[key], wanted[key])


def plan_taking_back(entry: HistoryEntry, within: set[Key] | None = None) -> Plan:
    """Rows shall be what they were before the entry, `within` these where they are given.

    What was changed since in the same columns is left.
    """
    before: dict[Key, Data | None] = {}
    last = 0
    for change in entry.changes.order_by("pk").only("entry", "kind", "row_key"):
        key, last = Key(change.kind, change.row_key), change.pk
        if within is None or key in within:
            before[key] = None
    first = entry.changes.order_by("pk").values_list("pk", flat=True).first()
    plan = Plan()
    before |= state_at(before, (first or 1) - 1, plan.lost)
    after, now = state_at(before, last), state_at(before)
    for key in sorted(before, key=lambda key: (_ORDER[key.kind], key.row)):
        _take_back(plan, key, before[key], after[key], now[key])
    return plan


def _take_back(
    plan: Plan, key: Key, before: Data | None, after: Data | None, now: Data | None
) -> None:
    changed = differing(before, after)
    if not changed or not differing(now, before):
        return
    if key.kind == "paststanding" and before is None:
        return
    if after is None:
        if now is None:
            plan.steps.append(Step(key, None, before))
        else:
            plan.left[key] = _("is there again")
    elif now is None:
        if before is not None:
            plan.left[key] = _("was deleted since")
    elif differing(now, after) if before is None else _are_changed(changed, now, after):
        plan.left[key] = _("was changed since")
    else:
        wanted = None if before is None else now | {name: before[name] for name in changed}
        plan.steps.append(Step(key, now, wanted))


def _are_changed(columns: Iterable[str], now: Data, after: Data) -> bool:
    return any(now[name] != after[name] for name in columns)


def deleted_with(change: HistoryChange) -> set[Key]:
    """The row that the change deleted, and what the same entry deleted or cut off because of it."""
    rows = change.entry.changes.exclude(operation=HistoryChange.Operation.INSERT)
    others = {Key(row.kind, row.row_key): row.old for row in rows.order_by("-pk") if row.old}
    taken = {Key(change.kind, change.row_key)}
    while found := {
        key for key, old in others.items() if key not in taken and _leads_to(key, old, taken)
    }:
        taken |= found
    return taken


def _leads_to(key: Key, old: Data, taken: set[Key]) -> bool:
    for column, (kind, found_by) in references_of(key.kind).items():
        value = old.get(column)
        if value is not None and found_by == "id" and Key(kind, value) in taken:
            return True
    return False


def _is_to_be_published(step: Step) -> bool:
    is_public = bool(step.now) and (step.now or {}).get("state") == Publication.PUBLISHED
    return not is_public and (step.wanted or {}).get("state") == Publication.PUBLISHED


def _unpublished(step: Step) -> Step:
    if step.wanted is None or not _is_to_be_published(step):
        return step
    state = step.now["state"] if step.now else str(Publication.DRAFT)
    return replace(step, wanted=step.wanted | {"state": state})


def _rank(step: Step) -> tuple[int, int]:
    return _ORDER[step.key.kind], step.key.row


def _by_kind(steps: Iterable[Step]) -> Iterator[tuple[str, list[Step]]]:
    kinds: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        kinds[step.key.kind].append(step)
    yield from kinds.items()


def _put(procedure: str, steps: Iterable[Step]) -> None:
    """Rows of a kind that have the same columns are one statement."""
    groups: dict[tuple[str, ...], list[Data]] = defaultdict(list)
    for step in sorted(steps, key=_rank):
        wanted = step.wanted or {}
        groups[step.key.kind, *sorted(wanted)].append(wanted)
    for (kind, *_columns), rows in groups.items():
        _call(procedure, [kind, json.dumps(rows, default=str)])


def _call(procedure: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CALL {procedure}", values)
