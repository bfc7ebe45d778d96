"""A filter of a list by who entered its rows, as far as the admin's log knows."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from config.rights import keys_entered_by

if TYPE_CHECKING:
    from django.contrib.admin.options import ModelAdmin

PARAMETER = "entered_by"
ME = "me"


class EnteredBy(admin.SimpleListFilter):
    title = gettext_lazy("who entered it")
    parameter_name = PARAMETER

    def lookups(
        self, request: HttpRequest, model_admin: "ModelAdmin[Any]"
    ) -> list[tuple[str, Any]]:
        return [(ME, gettext_lazy("I"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if self.value() is None:
            return queryset
        if self.value() != ME or request.user.pk is None:
            return queryset.none()
        return queryset.filter(pk__in=keys_entered_by(request.user.pk, queryset.model))
