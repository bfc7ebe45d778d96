"""Rows that are edited on the page of the record they belong to."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.db.models.fields.related import RelatedField
from django.http import HttpRequest

from config.admin.allowed import RowsFollowRecord
from config.admin.choices import AutocompletesByKey
from config.admin.dates import DATE_FIELDS
from config.admin.limits import MAX_ROWS
from config.admin.parts import RowsInParts
from config.db.text import ProseField

if TYPE_CHECKING:
    _InlineModelAdmin = admin.options.InlineModelAdmin[Model, Model]
    _TabularInline = admin.TabularInline[Model, Model]
    _StackedInline = admin.StackedInline[Model, Model]
else:
    _InlineModelAdmin = object
    _TabularInline, _StackedInline = admin.TabularInline, admin.StackedInline


class _CuratedInline(RowsFollowRecord, AutocompletesByKey, _InlineModelAdmin):
    formset: type[Any] = RowsInParts
    extra = 0
    max_num = MAX_ROWS
    view_on_site = False
    formfield_overrides = DATE_FIELDS | {
        ProseField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 30})}
    }
    # What the rows' names are made of.
    select_related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related(*self.select_related) if self.select_related else rows

    def get_field_queryset(
        self, db: str | None, db_field: "RelatedField[Any, Any]", request: HttpRequest
    ) -> QuerySet[Any] | None:
        """With what the names of the choices are made of."""
        choices = super().get_field_queryset(db, db_field, request)
        related = self.admin_site.get_model_admin(db_field.related_model).list_select_related
        if choices is None or isinstance(related, bool):
            return choices
        return choices.select_related(*related)


class TabularInline(_CuratedInline, _TabularInline):
    template = "admin/edit_inline/tabular_in_parts.html"


class StackedInline(_CuratedInline, _StackedInline):
    template = "admin/edit_inline/stacked_in_parts.html"
