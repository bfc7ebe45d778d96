"""The plan of a merge, made of what is stored: begin with `plan_merge`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from config.db.trees import TreeRow
from events.merging.plan import Plan
from events.merging.rows import plan_relation, plan_what_rests
from events.merging.rules import GROUPS, RELATIONS
from events.merging.values import GONE, KEPT, choose


def plan_merge(
    kept: Any, gone: Any, sent: Mapping[str, str] | None = None, *, is_locking: bool = False
) -> Plan:
    """`sent` are sides by the names of choices. With `is_locking`, all that is read stays locked
    until the transaction ends."""
    plan = Plan(kept, gone)
    plan.see(kept)
    plan.see(gone)
    _look_at_tree(plan)
    plan.choices = [
        choice
        for group in GROUPS[plan.model]
        if (choice := choose(kept, gone, group, group.name, default=KEPT))
    ]
    for relation in RELATIONS[plan.model]:
        plan_relation(plan, relation, is_locking)
    plan_what_rests(plan, is_locking)
    for choice in plan.all_choices if sent is not None else ():
        side = (sent or {}).get(choice.name, "")
        choice.side = side if side in (KEPT, GONE) else ""
    return plan


def _look_at_tree(plan: Plan) -> None:
    """Nothing becomes a part of itself."""
    kept, gone = plan.kept, plan.gone
    if not isinstance(kept, TreeRow):
        return
    field_name = "part_of" if hasattr(kept, "part_of_id") else "parent"
    names = {"kept": kept, "gone": gone}
    if gone.pk in kept.lineage[:-2]:
        words = _("“%(kept)s” lies deep within “%(gone)s”. Swap the sides: then it can be merged.")
        plan.blockers[words % names] = None
    elif gone.pk in kept.lineage[:-1]:
        plan.is_cut_off = True
        setattr(kept, field_name, None)
        words = _("“%(kept)s” is a part of “%(gone)s” now; nothing is a part of itself.")
        plan.falls_away.append(words % names)
    elif kept.pk in gone.lineage[:-1]:
        setattr(gone, field_name, None)
        words = _("“%(gone)s” is a part of “%(kept)s” now; nothing is a part of itself.")
        plan.falls_away.append(words % names)
