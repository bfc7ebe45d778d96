"""The rows that lead to a record that goes: each moves, becomes one with another, or falls away."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import UniqueConstraint
from django.utils.translation import gettext as _

from actors.models import Tenure
from events.merging.plan import Moved, Pair, Plan
from events.merging.rules import ROW_GROUPS, Group, Relation, names_of
from events.merging.values import choose, joined
from events.models import Citation, EventLink
from events.models.support import target_of


def _read(relation: Relation, is_locking: bool, **condition: Any) -> list[Any]:
    rows = relation.model._default_manager.filter(**condition).order_by("pk")
    if relation.related:
        rows = rows.select_related(*relation.related)
    return list(rows.select_for_update(of=("self",)) if is_locking else rows)


def plan_relation(plan: Plan, relation: Relation, is_locking: bool) -> None:
    rows = _read(relation, is_locking, **{relation.field: plan.gone})
    is_named = relation is names_of(plan.model)
    twins = _twins(plan, relation, rows, is_locking) if rows or is_named else {}
    if is_named:
        plan.known_names = {row.name for row in [*rows, *twins.values()]}
    moved = Moved(relation)
    for row in rows:
        plan.see(row)
        was_of_itself = isinstance(row, Tenure) and row.person_id == row.body_id
        plan.settle(row)
        if _is_impossible(plan, relation, row, was_of_itself=was_of_itself):
            continue
        stays = twins.get(_key(relation, row))
        if stays is None:
            _look_at_offices(plan, row, twins.values())
            moved.rows.append(row)
        else:
            plan.pairs.append(_pair(relation, stays, row))
    if moved.rows:
        plan.moved.append(moved)


def _unique_fields(relation: Relation) -> tuple[str, ...] | None:
    """Those in which no two rows may agree, this one among them."""
    options = relation.model._meta
    sets = [
        tuple(each.fields) for each in options.constraints if isinstance(each, UniqueConstraint)
    ]
    sets += [tuple(each) for each in options.unique_together]
    return next((fields for fields in sets if relation.field in fields), None)


def _key(relation: Relation, row: Any) -> tuple[Any, ...] | None:
    fields = _unique_fields(relation)
    if fields is None:
        return None
    return tuple(getattr(row, row._meta.get_field(name).attname) for name in fields)


def _twins(
    plan: Plan, relation: Relation, rows: list[Any], is_locking: bool
) -> dict[tuple[Any, ...] | None, Any]:
    """Rows of the kept record, by what no two of them may agree in."""
    if _unique_fields(relation) is None:
        return {}
    condition: dict[str, Any] = {relation.field: plan.kept}
    if relation.shared:
        attname = relation.model._meta.get_field(relation.shared).attname  # type: ignore[union-attr]
        condition[f"{relation.shared}__in"] = {getattr(row, attname) for row in rows}
    found = _read(relation, is_locking, **condition)
    for row in found:
        plan.see(row)
        plan.settle(row)
    return {_key(relation, row): row for row in found}


def _pair(relation: Relation, stays: Any, goes: Any) -> Pair:
    stem = f"{goes._meta.model_name}-{goes.pk}"
    choices = [
        choice
        for group in [*ROW_GROUPS.get(type(goes), ()), *_long_notes(stays, goes)]
        if (choice := choose(stays, goes, group, f"{stem}-{group.name}", default=""))
    ]
    return Pair(relation, stays, goes, choices)


def _long_notes(stays: Any, goes: Any) -> list[Group]:
    """Notes are joined, unless both are more than the column holds."""
    if not hasattr(stays, "note"):
        return []
    longest = stays._meta.get_field("note").max_length
    is_long = longest is not None and len(joined(stays.note, goes.note)) > longest
    return [Group(_("note"), ("note",))] if is_long else []


def _is_impossible(plan: Plan, relation: Relation, row: Any, *, was_of_itself: bool) -> bool:
    """Whether the row cannot be what it would become. It is named then."""
    if row.pk == plan.kept.pk and isinstance(row, plan.model):
        return True  # told by the tree
    if isinstance(row, EventLink) and row.to_event_id == row.from_event_id:
        words = _("A link would lead from the event to itself (%(relation)s).")
        plan.falls_away.append(words % {"relation": row.get_relation_display()})
        plan.left_out.append(row)
        return True
    if isinstance(row, Tenure) and row.person_id == row.body_id and not was_of_itself:
        words = _("“%(name)s” would hold an office of its own: %(office)s. Change that first.")
        plan.blockers[words % {"name": plan.kept, "office": row.office}] = None
    if isinstance(row, Citation) and row.via_id is not None and row.via_id == row.source_id:
        words = _("A citation (%(place)s) would be found in its own source.")
        plan.falls_away.append(words % {"place": row.locator or row})
        plan.found_nowhere.append(row)
        row.via = None
        return relation.field == "via"  # it stays where it is
    return False


def _look_at_offices(plan: Plan, row: Any, others: Iterable[Any]) -> None:
    """Nobody holds one office twice at a time."""
    if not isinstance(row, Tenure) or row.person_id != plan.kept.pk:
        return
    for other in others:
        if other.office == row.office and _overlap(row.held, other.held):
            words = _("Both hold the office “%(office)s” at the same time. Make one of the two.")
            plan.blockers[words % {"office": row.office}] = None


def _overlap(one: Any, other: Any) -> bool:
    if one.isempty or other.isempty:
        return False
    starts = one.lower is None or other.upper is None or one.lower < other.upper
    return starts and (other.lower is None or one.upper is None or other.lower < one.upper)


def plan_what_rests(plan: Plan, is_locking: bool) -> None:
    """Citations of the rows that go: where the row that stays has the same, these are a pair."""
    ways = {(target_of(pair.goes), pair.goes.pk): pair.stays for pair in plan.pairs}
    ways = {way: stays for way, stays in ways.items() if hasattr(Citation, way[0])}
    for target in sorted({target for target, _key_of_row in ways}):
        relation = Relation(Citation, target, _("Citations"), ("source",))
        going = [key for name, key in ways if name == target]
        staying = [ways[target, key].pk for key in going]
        rows = _read(relation, is_locking, **{f"{target}__in": [*going, *staying]})
        _rest_elsewhere(plan, relation, rows, ways)


def _rest_elsewhere(
    plan: Plan, relation: Relation, rows: list[Any], ways: Mapping[tuple[str, int], Any]
) -> None:
    target, there = relation.field, {}
    for row in rows:
        plan.see(row)
        if (target, getattr(row, relation.column)) not in ways:
            there[_key(relation, row)] = row
    for row in rows:
        stays = ways.get((target, getattr(row, relation.column)))
        if stays is None:
            continue
        setattr(row, relation.column, stays.pk)
        twin = there.get(_key(relation, row))
        if twin is None:
            plan.resting.append((row, relation.column, stays.pk))
        else:
            plan.pairs.append(_pair(relation, twin, row))
