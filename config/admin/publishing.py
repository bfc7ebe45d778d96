"""Publishing and withdrawing rows at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import Model, QuerySet

from config.db.publication import State


@dataclass(frozen=True)
class Outcome:
    """`unsourced` are rows left as they were, because no published source is cited for them."""

    changed: list[Model]
    unsourced: list[Model]


def lock_rows(model: type[Model], keys: Iterable[Any]) -> list[Any]:
    """The rows of these keys that are there, in their order, locked to the end of the transaction.

    Locked without the records that they name. A row whose place or speaker another curator changes
    meanwhile no longer joins what it joined before, and would seem to be gone.
    """
    rows = model._default_manager.filter(pk__in=list(keys)).order_by("pk")
    locked = list(rows.select_for_update().values_list("pk", flat=True))
    # Read with what their names are made of.
    return list(rows.filter(pk__in=locked).select_related())


@transaction.atomic
def set_state(
    rows: QuerySet[Any], state: State, *, user_id: int, needs_citation: bool, reason: str = ""
) -> Outcome:
    """Rows that have the state already, or would need a published source for it, are left alone.

    With `needs_citation`, `rows` are those of a `SourcedQuerySet`. The `reason` stands in the log.
    """
    keys = list(rows.order_by().values_list("pk", flat=True))
    locked = [row for row in lock_rows(rows.model, keys) if row.state != state]
    own: Any = rows.model._default_manager.filter(pk__in=[row.pk for row in locked])
    unsourced = set(own.unsourced().values_list("pk", flat=True)) if needs_citation else set()
    changed = [row for row in locked if row.pk not in unsourced]
    rows.model._default_manager.filter(pk__in=[row.pk for row in changed]).update(state=state)
    if changed:
        told = f"state: {state.label}" + (f" ({reason})" if reason else "")
        LogEntry.objects.log_actions(
            user_id=user_id,
            queryset=changed,
            action_flag=CHANGE,
            change_message=[{"changed": {"fields": [told]}}],
        )
    return Outcome(changed, [row for row in locked if row.pk in unsourced])
