"""A filter of a list by what its rows need, with values that are fixed for each kind of record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.contrib.admin.options import ModelAdmin

Rows = QuerySet[Any]
PARAMETER = "needs"


@dataclass(frozen=True, slots=True)
class Need:
    """`find` narrows rows of one kind to those that need it."""

    label: str | Promise
    find: Callable[[Rows], Rows]


class NeedsFilter(admin.SimpleListFilter):
    """Stands in `list_filter` as what `filter_of` makes of it."""

    title = gettext_lazy("what is to be done")
    parameter_name = PARAMETER
    needs: Mapping[str, Need] = {}

    def lookups(
        self, request: HttpRequest, model_admin: "ModelAdmin[Any]"
    ) -> list[tuple[str, Any]]:
        return [(name, need.label) for name, need in self.needs.items()]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        value = self.value()
        if value is None:
            return queryset
        return self.needs[value].find(queryset) if value in self.needs else queryset.none()


def needs_filter(model: type[Model], needs: Mapping[str, Need]) -> type[NeedsFilter]:
    return type(f"{model.__name__}Needs", (NeedsFilter,), {"needs": needs})
