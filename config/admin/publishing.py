"""Publishing and withdrawing chosen rows at once."""

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


@transaction.atomic
def set_state(rows: QuerySet[Any], state: State, *, user_id: int, needs_citation: bool) -> Outcome:
    """Rows that have the state already, or would need a published source for it, are left alone.

    With `needs_citation`, `rows` are those of a `SourcedQuerySet`.
    """
    locked = list(rows.exclude(state=state).select_for_update(of=("self",)).order_by("pk"))
    unsourced: set[int] = set()
    if needs_citation:
        cited: Any = rows
        unsourced = set(cited.unsourced().values_list("pk", flat=True))
    changed = [row for row in locked if row.pk not in unsourced]
    rows.model._default_manager.filter(pk__in=[row.pk for row in changed]).update(state=state)
    if changed:
        LogEntry.objects.log_actions(
            user_id=user_id,
            queryset=changed,
            action_flag=CHANGE,
            change_message=[{"changed": {"fields": [f"state: {state.label}"]}}],
        )
    return Outcome(changed, [row for row in locked if row.pk in unsourced])
