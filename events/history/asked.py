"""What an address asks to be taken back: a state, a deletion, or all that one entry changed."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext as _

from events.history.comparing import Difference, Label, compare
from events.history.kinds import KINDS
from events.history.names import Names
from events.history.page import RecordHistory, name_of_record
from events.history.plans import Plan, deleted_with, plan_taking_back
from events.history.states import Data, Key, State
from events.models import HistoryChange, HistoryEntry


@dataclass(frozen=True)
class Asked:
    """`record` is the one that it is about; None for an entry that is about many."""

    heading: str
    plan: Plan
    record: Key | None
    label: Label

    @cached_property
    def names(self) -> Names:
        rows: dict[Key, Data] = {}
        for step in self.plan.steps:
            rows[step.key] = step.wanted or step.now or {}
        names = Names(rows)
        sides = [(step.key, data) for step in self.plan.steps for data in (step.now, step.wanted)]
        names.load_targets_of([(key, data) for key, data in sides if data])
        names.load([key for key in self.plan.left if key not in rows])
        return names

    def differences(self, at_most: int) -> list[Difference]:
        """The first rows that would be written: as they are, and as they would be."""
        steps = self.plan.steps[:at_most]
        now: State = {step.key: step.now for step in steps}
        wanted: State = {step.key: step.wanted for step in steps}
        record = self.record or Key("", 0)
        return compare(record, now, wanted, self.names, self.label)

    @property
    def left(self) -> list[str]:
        told = "“%(name)s” %(reason)s."
        return [
            told % {"name": self.names.name(key), "reason": reason}
            for key, reason in self.plan.left.items()
        ]


def read_asked(request: HttpRequest, label: Label) -> Asked | None:
    """None where the address names nothing that is there."""
    given = request.GET
    if "change" in given:
        return _deleted(number(given["change"]), label)
    if "entry" in given:
        return _entry(number(given["entry"]), label)
    return _state(given.get("record", ""), given.get("to", ""), "alone" in given, label)


def number(text: str) -> int:
    """0 for what is no number of a row."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def read_key(text: str) -> Key | None:
    kind, _colon, row = text.partition(":")
    return Key(kind, number(row)) if kind in KINDS and number(row) else None


def _deleted(change: int, label: Label) -> Asked | None:
    deletions = HistoryChange.objects.filter(operation=HistoryChange.Operation.DELETE)
    found = deletions.filter(pk=change).select_related("entry").first()
    if found is None or found.kind not in KINDS:
        return None
    record = Key(found.kind, found.row_key)
    heading = _("Restore “%(name)s”") % {"name": name_of_record(record)}
    return Asked(heading, plan_taking_back(found.entry, deleted_with(found)), record, label)


def _entry(entry: int, label: Label) -> Asked | None:
    found = HistoryEntry.objects.filter(pk=entry).first()
    if found is None:
        return None
    return Asked(_("Take a change back"), plan_taking_back(found), None, label)


def _state(name: str, entry: str, is_alone: bool, label: Label) -> Asked | None:
    record = read_key(name)
    history = RecordHistory(record, label) if record else None
    found = history.entry(entry) if history else None
    if record is None or history is None or found is None:
        return None
    heading = _("Restore an earlier state of “%(name)s”") % {"name": name_of_record(record)}
    return Asked(heading, history.plan(found, is_alone=is_alone), record, label)
