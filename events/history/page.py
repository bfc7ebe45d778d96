"""The history of a record with all that belongs to it: its entries, and two versions compared."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.history.belonging import belonging_to
from events.history.comparing import Difference, Label, compare
from events.history.kinds import columns_of
from events.history.names import Names, known_rows, part_name
from events.history.plans import KEPT, Plan, differing, plan_state
from events.history.states import Data, Key, State, state_at
from events.models import HistoryChange, HistoryEntry

ON_A_PAGE = 25
# Of one entry; the rest is told by its number.
_LINES = 6


@dataclass(frozen=True)
class Version:
    """One entry, with what it changed of the record in words."""

    entry: HistoryEntry
    lines: list[str]
    more: int

    @property
    def who(self) -> str:
        return self.entry.account_name or self.entry.origin or _("not known")


class RecordHistory:
    """Every entry that changed the record or what belongs to it, the last one first."""

    def __init__(self, record: Key, label: Label) -> None:
        self.record, self._label = record, label
        self.keys = belonging_to(record)

    @cached_property
    def changes(self) -> QuerySet[HistoryChange]:
        return HistoryChange.objects.filter(
            keys__overlap=[str(key) for key in self.keys], kind__in={key.kind for key in self.keys}
        )

    def page(self, before: int | None) -> tuple[list[Version], int | None]:
        """The versions of one page, and the number that the next page begins before."""
        entries = HistoryEntry.objects.filter(pk__in=self.changes.order_by().values("entry"))
        if before is not None:
            entries = entries.filter(pk__lt=before)
        shown = list(entries.order_by("-pk")[: ON_A_PAGE + 1])
        more = shown[ON_A_PAGE - 1].pk if len(shown) > ON_A_PAGE else None
        return self._described(shown[:ON_A_PAGE]), more

    def _described(self, entries: list[HistoryEntry]) -> list[Version]:
        changes: dict[int, list[HistoryChange]] = defaultdict(list)
        for change in self.changes.filter(entry__in=entries).order_by("pk"):
            if Key(change.kind, change.row_key) in self.keys:
                changes[change.entry_id].append(change)
        parts = {Key(c.kind, c.row_key) for some in changes.values() for c in some}
        names = Names(known_rows(parts))
        versions = []
        for entry in entries:
            lines = self._lines(changes[entry.pk], names)
            versions.append(Version(entry, lines[:_LINES], max(0, len(lines) - _LINES)))
        return versions

    def _lines(self, changes: list[HistoryChange], names: Names) -> list[str]:
        """Fields of the record by their labels, then what belongs to it, each once."""
        lines: dict[str, None] = {}
        for change in changes:
            key = Key(change.kind, change.row_key)
            changed = [name for name in columns_of(key.kind) if name in (change.new or ())]
            fields = [self._label(key.kind, name) for name in changed if name not in KEPT]
            if key == self.record and fields:
                lines |= dict.fromkeys(fields)
            elif change.operation != HistoryChange.Operation.UPDATE or fields:
                lines[self._line(change, names.name(key), fields)] = None
        return list(lines)

    def _line(self, change: HistoryChange, name: str, fields: list[str]) -> str:
        told = {"part": part_name(change.kind), "name": name, "fields": ", ".join(fields)}
        if change.operation == HistoryChange.Operation.INSERT:
            return _("%(part)s: %(name)s: added") % told
        if change.operation == HistoryChange.Operation.DELETE:
            return _("%(part)s: %(name)s: removed") % told
        return _("%(part)s: %(name)s: %(fields)s") % told

    def entry(self, number: str) -> HistoryEntry | None:
        """The entry of this number, where it changed the record."""
        if not number.isascii() or not number.isdigit() or len(number) > 18:
            return None
        entries = HistoryEntry.objects.filter(pk__in=self.changes.order_by().values("entry"))
        return entries.filter(pk=int(number)).annotate(last=Max("changes__pk")).first()

    def after(self, entry: HistoryEntry) -> State:
        """The record as the entry left it: after its last change."""
        return state_at(self.keys, entry.last)  # type: ignore[attr-defined]

    def compare(self, before: State, after: State) -> list[Difference]:
        rows: dict[Key, Data] = {
            key: data
            for key in before
            if differing(before[key], after[key]) and (data := after[key] or before[key])
        }
        sides = [(key, state[key]) for key in rows for state in (before, after)]
        names = Names(rows)
        names.load_targets_of([(key, data) for key, data in sides if data is not None])
        return compare(self.record, before, after, names, self._label)

    def plan(self, entry: HistoryEntry, *, is_alone: bool = False) -> Plan:
        """The record again as the entry left it, `is_alone` without what belongs to it."""
        return plan_state([self.record] if is_alone else self.keys, entry.last)  # type: ignore[attr-defined]


def in_short(plan: Plan) -> str:
    """How much a plan would change, in a sentence."""
    fields = sum(len(step.columns) for step in plan.steps)
    back = sum(step.now is None for step in plan.steps)
    gone = sum(step.wanted is None for step in plan.steps)
    told = []
    if fields:
        words = ngettext("It changes %(number)d field.", "It changes %(number)d fields.", fields)
        told.append(words % {"number": fields})
    if back:
        words = ngettext("It brings back %(number)d row.", "It brings back %(number)d rows.", back)
        told.append(words % {"number": back})
    if gone:
        words = ngettext("It removes %(number)d row.", "It removes %(number)d rows.", gone)
        told.append(words % {"number": gone})
    return " ".join(told) or _("Nothing would change.")


def name_of_record(record: Key) -> str:
    """As it is called now, or was called at last."""
    return Names(known_rows([record])).name(record)
