"""Who may see a history, and who may take a change back: whoever may do it by the forms.

A history names who changed what, and has drafts and internal notes of everybody. So it is shown to
those alone who see all records of every kind.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from config import rights
from config.db.publication import Publishable
from events.history.kinds import KINDS, PARTS
from events.history.plans import Plan, Step

_RECORDS = [model for model in KINDS.values() if issubclass(model, Publishable)]


def may_see(request: HttpRequest, kind: str) -> bool:
    if not (_may(request, kind, "view") or _may(request, kind, "change")):
        return False
    model = _model_of(kind)
    is_of_records = model in _RECORDS or bool(getattr(model, "belongs_to", ()))
    return rights.sees_all(request.user, *(_RECORDS if is_of_records else [model]))


def lacking(request: HttpRequest, plan: Plan) -> list[str]:
    """The kinds of row that this account may not write as the plan does."""
    wanted = {(step.key.kind, _action(step)) for step in plan.steps}
    return sorted(
        {
            str(KINDS[kind]._meta.verbose_name)
            for kind, action in wanted
            if not (_may(request, kind, action) and _reaches_all(request, kind))
        }
    )


def may_publish(request: HttpRequest, kinds: Iterable[str]) -> bool:
    return all(rights.may(request.user, rights.PUBLISH, _model_of(kind)) for kind in kinds)


def _reaches_all(request: HttpRequest, kind: str) -> bool:
    """What is restored may be what others have entered or published."""
    return rights.reaches_all(request.user, _model_of(kind))


def _model_of(kind: str) -> type[Model]:
    """Of what has no form of its own, what it is part of."""
    return KINDS[PARTS.get(kind, kind)]


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
