"""A filter of a list by who entered its rows, as far as the admin's log knows."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Model, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.contrib.admin.options import ModelAdmin

PARAMETER = "entered_by"
ME = "me"


def keys_entered_by(user_id: int, model: type[Model]) -> "QuerySet[Any]":
    """Primary keys of the rows that this account has added."""
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    entries = LogEntry.objects.filter(user=user_id, content_type=kind, action_flag=ADDITION)
    keys = entries.annotate(key=Cast("object_id", BigIntegerField()))
    return keys.order_by().values("key")


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
