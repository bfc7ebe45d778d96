"""Publishing and withdrawing chosen rows at once."""

from dataclasses import dataclass

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import Model, QuerySet

from config.publication import State


@dataclass(frozen=True)
class Outcome:
    changed: list[Model]
    uncited: list[Model]


@transaction.atomic
def set_state(
    rows: QuerySet[Model], state: State, *, user_id: int, needs_citation: bool
) -> Outcome:
    """Rows that have the state already, or would need a citation for it, are left alone."""
    locked = list(rows.exclude(state=state).select_for_update(of=("self",)).order_by("pk"))
    uncited_keys: set[int] = set()
    if needs_citation:
        uncited = rows.filter(citations__isnull=True)
        uncited_keys = set(uncited.values_list("pk", flat=True))
    changed = [row for row in locked if row.pk not in uncited_keys]
    rows.model._default_manager.filter(pk__in=[row.pk for row in changed]).update(state=state)
    if changed:
        LogEntry.objects.log_actions(
            user_id=user_id,
            queryset=changed,
            action_flag=CHANGE,
            change_message=[{"changed": {"fields": [f"state: {state.label}"]}}],
        )
    return Outcome(changed, [row for row in locked if row.pk in uncited_keys])
