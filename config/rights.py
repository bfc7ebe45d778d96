"""Who may do what with which records: the one place that says so, and that everything asks.

Django's permissions say what an account may do with records of a kind: `view`, `add`, `change`,
`delete`. Kinds that are published have two more. `review` is to see what others have not published.
`publish` is to publish and to withdraw, and to change or delete what is no draft of one's own.

So an account without these two sees what is published and drafts of its own, and changes the
latter. What belongs to a record, such as who took part in an event, follows it (`belongs_to`). What
names records is seen by who may see all of them (`hidden_with`).
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Model, Prefetch, Q, QuerySet
from django.db.models.functions import Cast

from config.db.publication import Publishable, State

VIEW, CHANGE, REVIEW, PUBLISH = "view", "change", "review", "publish"

Rows = QuerySet[Any]


def may(user: Any, action: str, model: type[Model]) -> bool:
    """Whether the account has the permission; of which records, the functions below say."""
    codename = get_permission_codename(action, model._meta)
    return bool(user.has_perm(f"{model._meta.app_label}.{codename}"))


def keys_entered_by(user_id: int | None, model: type[Model]) -> Rows:
    """Primary keys of the rows that this account has added, as far as the admin's log knows."""
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    entries = LogEntry.objects.filter(user=user_id, content_type=kind, action_flag=ADDITION)
    keys = entries.annotate(key=Cast("object_id", BigIntegerField()))
    return keys.order_by().values("key")


def sees_all(user: Any, *models: type[Model]) -> bool:
    return all(_is_seen(user, model) is None for model in models)


def reaches_all(user: Any, *models: type[Model]) -> bool:
    return all(_is_in_reach(user, model) is None for model in models)


def seen(rows: Rows, user: Any) -> Rows:
    """Those of the rows that the account may look at."""
    condition = _is_seen(user, rows.model)
    return rows if condition is None else rows.filter(condition)


def in_reach(rows: Rows, user: Any) -> Rows:
    """Those of the rows that the account may change, if it may change rows of the kind at all."""
    condition = _is_in_reach(user, rows.model)
    return rows if condition is None else rows.filter(condition)


def of_reached(rows: Rows, user: Any) -> Rows:
    """Those of the rows to which others may be added that belong to them."""
    condition = _is_of_reached(user, rows.model)
    return rows if condition is None else rows.filter(condition)


def may_see(user: Any, record: Model) -> bool:
    return _is_among(seen(type(record)._default_manager.all(), user), _is_seen, user, record)


def may_reach(user: Any, record: Model) -> bool:
    rows = in_reach(type(record)._default_manager.all(), user)
    return _is_among(rows, _is_in_reach, user, record) and may_see(user, record)


def _is_among(rows: Rows, condition: Any, user: Any, record: Model) -> bool:
    return condition(user, type(record)) is None or rows.filter(pk=record.pk).exists()


def _own_drafts(user: Any, model: type[Model]) -> Q:
    return Q(state=State.DRAFT, pk__in=keys_entered_by(user.pk, model))


def _is_seen(user: Any, model: type[Model]) -> Q | None:
    """None where the account sees all rows of the kind."""
    parts = []
    if issubclass(model, Publishable) and not may(user, REVIEW, model):
        parts.append(Q(state=State.PUBLISHED) | _own_drafts(user, model))
    for name in getattr(model, "hidden_with", ()):
        field: Any = model._meta.get_field(name)
        condition = _is_seen(user, field.related_model)
        if condition is not None:
            rows = field.related_model._default_manager.order_by().filter(condition)
            part = Q(**{f"{name}__in": rows.values("pk")})
            parts.append(part | Q(**{f"{name}__isnull": True}) if field.null else part)
    return _all_of(parts)


def _is_in_reach(user: Any, model: type[Model]) -> Q | None:
    """None where the account reaches all rows of the kind."""
    if issubclass(model, Publishable):
        return None if may(user, PUBLISH, model) else _own_drafts(user, model)
    owners: list[Any] = [model._meta.get_field(name) for name in getattr(model, "belongs_to", ())]
    conditions = {owner.name: _is_of_reached(user, owner.related_model) for owner in owners}
    if all(condition is None for condition in conditions.values()):
        return None
    found = Q(pk__in=())
    for owner in owners:
        rows = owner.related_model._default_manager.order_by()
        condition = conditions[owner.name]
        reached = rows if condition is None else rows.filter(condition)
        found |= Q(**{f"{owner.name}__in": reached.values("pk")})
    return found


def _is_of_reached(user: Any, model: type[Model]) -> Q | None:
    """What belongs to a record without a state is changed by who may change that."""
    is_plain = not issubclass(model, Publishable) and not getattr(model, "belongs_to", ())
    if is_plain and not may(user, CHANGE, model):
        return Q(pk__in=())
    return _is_in_reach(user, model)


def _all_of(parts: list[Q]) -> Q | None:
    if not parts:
        return None
    found = parts[0]
    for part in parts[1:]:
        found &= part
    return found


# A published record may lead to one that is not: an event to the draft of a place. The account sees
# the event, and no place.


def limited_fields(user: Any, model: type[Model]) -> list[Any]:
    """Fields of the kind that may lead to records which the account may not see."""
    hidden_with = getattr(model, "hidden_with", ())
    return [
        field
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model is not None
        and field.name not in hidden_with
        and not sees_all(user, field.related_model)
    ]


def with_what_is_seen(rows: Rows, user: Any, select_related: Iterable[str] = ()) -> Rows:
    """The rows, which lead to nothing that the account may not see."""
    limited = [field.name for field in limited_fields(user, rows.model)]
    names = [name for name in select_related if name.partition("__")[0] not in limited]
    found = rows.select_related(None) if limited else rows
    found = found.select_related(*names) if names else found
    for name in limited:
        related: Any = rows.model._meta.get_field(name).related_model
        choices = seen(related._default_manager.all(), user)
        found = found.prefetch_related(Prefetch(name, queryset=choices))
    return found


def fields_with_hidden(user: Any, record: Model) -> list[str]:
    """Fields of this record that lead to records which the account may not see."""
    found = []
    for field in limited_fields(user, type(record)):
        rows = field.related_model._default_manager.all()
        if field.many_to_many:
            keys = _keys_of_many(record, field)
        else:
            keys = [key for key in (record.serializable_value(field.name),) if key is not None]
        if seen(rows.filter(pk__in=keys), user).count() < len(keys):
            found.append(field.name)
    return found


def _keys_of_many(record: Model, field: Any) -> list[Any]:
    """Whatever was loaded of them before."""
    links = field.remote_field.through._default_manager
    own = links.filter(**{field.m2m_field_name(): record.pk})
    return list(own.values_list(field.m2m_reverse_field_name(), flat=True))
