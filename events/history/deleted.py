"""Deleted records by kind, found by the words of their last state."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.text import capfirst

from events.history.kinds import KINDS
from events.history.names import Names
from events.history.states import Key, fitted
from events.models import HistoryChange

ON_A_PAGE = 50
# Those that have a list of their own; what belongs to them comes back with them.
LISTED = (
    *("event", "actor", "location", "source", "statement", "claim", "country"),
    *("eventtype", "actorkind", "role", "scale"),
    *("participation", "eventlink", "position", "citation", "tenure", "actorname", "locationname"),
)


@dataclass(frozen=True)
class Deleted:
    """A record that is gone, with the change that deleted it."""

    change: HistoryChange
    name: str


def deleted_rows(kind: str, words: str = "") -> QuerySet[HistoryChange]:
    """The last deletion of each row of the kind that is not there again."""
    rows = HistoryChange.objects.filter(kind=kind, operation=HistoryChange.Operation.DELETE)
    later = HistoryChange.objects.filter(
        kind=kind, row_key=OuterRef("row_key"), pk__gt=OuterRef("pk")
    )
    rows = rows.filter(~Exists(later))
    for word in words.split()[:10]:
        rows = rows.filter(old__icontains=word)
    return rows.select_related("entry").order_by("-pk")


def named(changes: Iterable[HistoryChange]) -> list[Deleted]:
    shown = list(changes)
    rows = {Key(c.kind, c.row_key): fitted(c.kind, c.old or {})[0] for c in shown}
    names = Names(rows)
    return [Deleted(change, names.name(Key(change.kind, change.row_key))) for change in shown]


def kind_name(kind: str) -> str:
    return capfirst(str(KINDS[kind]._meta.verbose_name_plural))
