"""Rows that are edited on the page of the record they belong to."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from config.admin.dates import DATE_FIELDS
from config.text import ProseField

if TYPE_CHECKING:
    _InlineModelAdmin = admin.options.InlineModelAdmin[Model, Model]
    _TabularInline = admin.TabularInline[Model, Model]
    _StackedInline = admin.StackedInline[Model, Model]
else:
    _InlineModelAdmin = object
    _TabularInline, _StackedInline = admin.TabularInline, admin.StackedInline


class _CuratedInline(_InlineModelAdmin):
    extra = 0
    view_on_site = False
    formfield_overrides = DATE_FIELDS | {
        ProseField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 30})}
    }
    # What the rows' names are made of.
    select_related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related(*self.select_related) if self.select_related else rows


class TabularInline(_CuratedInline, _TabularInline):
    pass


class StackedInline(_CuratedInline, _StackedInline):
    pass
