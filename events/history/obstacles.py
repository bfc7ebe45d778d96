"""What stands in the way of writing rows as they were, in words for the curator."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.utils.translation import gettext as _

from events.history.kinds import KINDS, columns_of, references_of
from events.history.names import Names, part_name
from events.history.plans import Plan
from events.history.states import Data, Key

_NAMED_AT_MOST = 20


def obstacles(plan: Plan, names: Names) -> list[str]:
    """A few queries for each kind of row; what they do not find, the database refuses."""
    found = [*_taken(plan, names), *_gone(plan, names), *_in_use(plan)]
    more = len(found) - _NAMED_AT_MOST
    if more > 0:
        return [*found[:_NAMED_AT_MOST], _("and %(number)d more") % {"number": more}]
    return found


def _written(plan: Plan) -> Iterator[tuple[Key, Data, set[str]]]:
    """The rows that there shall be, with the columns that are written."""
    for step in plan.steps:
        if step.wanted is not None:
            yield step.key, step.wanted, set(step.columns or step.wanted)


def _taken(plan: Plan, names: Names) -> Iterator[str]:
    """What only one row can have, and another row has now."""
    values: dict[tuple[str, str], dict[Any, int]] = defaultdict(dict)
    for key, data, columns in _written(plan):
        for column, field in columns_of(key.kind).items():
            is_sole = field.unique and not field.primary_key and not isinstance(field, ArrayField)
            if is_sole and column in columns and data.get(column) is not None:
                values[key.kind, column][data[column]] = key.row
    leaving = {step.key for step in plan.steps if step.wanted is None or step.columns}
    for (kind, column), wanted in values.items():
        rows: Any = KINDS[kind]._default_manager.filter(**{f"{column}__in": list(wanted)})
        for row in rows.order_by("pk"):
            value = getattr(row, column)
            value = value if value in wanted else str(value)
            if wanted.get(value) != row.pk and Key(kind, row.pk) not in leaving:
                yield _("“%(value)s” of “%(name)s” is taken by “%(other)s”.") % {
                    "value": value,
                    "name": names.name(Key(kind, wanted[value])),
                    "other": row,
                }


def _gone(plan: Plan, names: Names) -> Iterator[str]:
    """What a row leads to, and what is there no more."""
    leading: dict[tuple[str, str], dict[Any, Key]] = defaultdict(dict)
    for key, data, _columns in _written(plan):
        for column, target in references_of(key.kind).items():
            if (value := data.get(column)) is not None:
                leading[target].setdefault(value, key)
    for (kind, found_by), wanted in leading.items():
        rows: Any = KINDS[kind]._default_manager.order_by("pk")
        there = set(
            rows.filter(**{f"{found_by}__in": list(wanted)}).values_list(found_by, flat=True)
        )
        there |= {data[found_by] for key, data, _c in _written(plan) if key.kind == kind}
        there -= {
            step.now[found_by]
            for step in plan.steps
            if step.key.kind == kind and step.wanted is None and step.now is not None
        }
        for value in sorted(wanted.keys() - there, key=str):
            target_name = names.name(Key(kind, value)) if found_by == "id" else value
            yield _("“%(name)s” needs %(kind)s “%(target)s”, which is gone.") % {
                "name": names.name(wanted[value]),
                "kind": KINDS[kind]._meta.verbose_name,
                "target": target_name,
            }


def _in_use(plan: Plan) -> Iterator[str]:
    """What would be deleted, and what is led to by rows that stay."""
    going: dict[str, set[int]] = defaultdict(set)
    for step in plan.steps:
        if step.wanted is None:
            going[step.key.kind].add(step.key.row)
    rewritten = {step.key for step in plan.steps}
    for kind, model in KINDS.items():
        for column, (target, found_by) in references_of(kind).items():
            if target not in going or found_by != "id":
                continue
            rows: Any = model._default_manager.filter(**{f"{column}__in": going[target]})
            staying = [
                row for row in rows.order_by("pk")[:100] if Key(kind, row.pk) not in rewritten
            ]
            for row in staying:
                yield _("%(kind)s “%(name)s” leads to what would be deleted.") % {
                    "kind": part_name(kind),
                    "name": row,
                }
