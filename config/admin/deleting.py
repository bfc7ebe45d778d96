"""What a deletion takes along, what it changes and what stands in its way, by kind of record."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db.models import Model, ProtectedError, QuerySet, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config import rights

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin

NAMED = 50  # of one kind; a page that names ten thousand rows helps nobody
_Rows = list["QuerySet[Any]"]


def deleted_objects(
    records: Iterable[Any], request: HttpRequest, site: admin.AdminSite
) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
    """As the admin's own `get_deleted_objects`: names, counts, permissions lacking, obstacles."""
    rows = list(records)
    if not rows:
        return [], {}, set(), []
    collector = Collector(using="default")
    obstacles: Iterable[Any] = ()
    try:
        collector.collect(rows)
    except RestrictedError as error:
        obstacles = error.restricted_objects
    except ProtectedError as error:
        obstacles = error.protected_objects
    deleted = _deleted(collector)
    kinds = [_Kind(model, querysets, site, request) for model, querysets in deleted.items()]
    in_the_way = [_Kind(model, [q], site, request) for model, q in _by_model(obstacles).items()]
    counts = {kind.name: kind.count for kind in kinds if kind.count} | _changed(collector)
    lacking = {str(kind.model._meta.verbose_name) for kind in kinds if not kind.is_permitted}
    return _listed(kinds), counts, lacking, _listed(in_the_way)


class NamesWhatGoes(_ModelAdmin):
    """Asks before a deletion with names and numbers of what goes, in a page of bounded size."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        return deleted_objects(objs, request, self.admin_site)


class _Kind:
    """The rows of one model that a deletion concerns."""

    def __init__(
        self, model: type[Model], querysets: _Rows, site: admin.AdminSite, request: HttpRequest
    ) -> None:
        self.model, self.querysets, self.request = model, querysets, request
        self.admin = site.get_model_admin(model) if site.is_registered(model) else None
        self.count = sum(rows.count() for rows in querysets)
        self.name = str(model._meta.verbose_name_plural)

    @property
    def is_permitted(self) -> bool:
        if not self.count or not self.admin:
            return True
        user = self.request.user
        may = self.admin.has_delete_permission(self.request)
        return may and all(
            rights.in_reach(rows, user).count() == rows.count() for rows in self.querysets
        )

    @property
    def named(self) -> list[Any]:
        """The first rows, with what their names are made of."""
        rows = self.admin.get_queryset(self.request) if self.admin else None
        if rows is None:
            rows = self.model._default_manager.select_related()
        found: list[Any] = []
        for chosen in self.querysets:
            keys = chosen.order_by("pk").values_list("pk", flat=True)[: NAMED - len(found)]
            found += rows.filter(pk__in=list(keys))
        return [self._link(row) for row in found]

    def _link(self, row: Model) -> str:
        kind = capfirst(str(row._meta.verbose_name))
        if self.admin is None:
            return f"{kind}: {row}"
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        address = reverse(name, args=[quote(row.pk)])
        return format_html('{}: <a href="{}">{}</a>', kind, address, row)


def _listed(kinds: list[_Kind]) -> list[Any]:
    listed: list[Any] = []
    for kind in kinds:
        named = kind.named
        listed += named
        # Beyond those that are named, and those that the account may not see.
        if (more := kind.count - len(named)) > 0:
            listed.append(_("and %(number)d more %(name)s") % {"number": more, "name": kind.name})
    return listed


def _by_model(records: Iterable[Any]) -> dict[type[Model], "QuerySet[Any]"]:
    keys = defaultdict(list)
    for record in records:
        keys[type(record)].append(record.pk)
    return {model: model._base_manager.filter(pk__in=pks) for model, pks in keys.items()}


def _deleted(collector: Collector) -> dict[type[Model], _Rows]:
    deleted: dict[type[Model], _Rows] = defaultdict(list)
    for model, records in collector.data.items():
        deleted[model].append(model._base_manager.filter(pk__in=[row.pk for row in records]))
    for rows in collector.fast_deletes:
        deleted[rows.model].append(rows)
    # A row whose key is that of another is a part of it, kept by the database.
    return {model: rows for model, rows in deleted.items() if not model._meta.pk.remote_field}


def _changed(collector: Collector) -> dict[str, int]:
    """What stays, and leads to nothing any more."""
    changed = {}
    for (field, _value), querysets in collector.field_updates.items():
        sets: list[Any] = list(querysets)
        if number := sum(rows.count() for rows in sets):
            names = {"name": field.model._meta.verbose_name_plural, "field": field.verbose_name}
            changed[_("%(name)s that stay without their %(field)s") % names] = number
    return changed
