"""Who may see a history, and who may take a change back: whoever may do it by the forms."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from events.history.kinds import KINDS, PARTS
from events.history.plans import Plan, Step


def may_see(request: HttpRequest, kind: str) -> bool:
    return _may(request, kind, "view") or _may(request, kind, "change")


def lacking(request: HttpRequest, plan: Plan) -> list[str]:
    """The kinds of row that this account may not write as the plan does."""
    wanted = {(step.key.kind, _action(step)) for step in plan.steps}
    return sorted(
        {
            str(KINDS[kind]._meta.verbose_name)
            for kind, action in wanted
            if not _may(request, kind, action)
        }
    )


def may_publish(request: HttpRequest, kinds: Iterable[str]) -> bool:
    return all(_may(request, kind, "change") for kind in kinds)


def _action(step: Step) -> str:
    if step.now is None:
        return "add"
    return "delete" if step.wanted is None else "change"


def _may(request: HttpRequest, kind: str, action: str) -> bool:
    """What has no form of its own is written by that of what it is part of."""
    if kind in PARTS:
        kind, action = PARTS[kind], "view" if action == "view" else "change"
    options: Any = KINDS[kind]._meta
    return request.user.has_perm(f"{options.app_label}.{action}_{options.model_name}")
