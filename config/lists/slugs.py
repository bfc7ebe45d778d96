"""Parameters that name rows by a slug or a code."""

from collections.abc import Callable, Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from config.http.former_slugs import present_slugs

# Rows that may be named, or what makes them when a filter set is.
Rows = QuerySet[Any] | Callable[[], QuerySet[Any]]


class SlugsField(forms.MultipleChoiceField):
    """Slugs of rows; cleaned to those rows, of which `found` has each that the query names."""

    default_error_messages = {"invalid_choice": gettext_lazy("There is no “%(value)s” here.")}

    def __init__(self, *, queryset: Rows, slug: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.queryset = queryset() if callable(queryset) else queryset.all()
        self.slug = slug
        self.found: dict[str, Model] = {}

    def find(self, slugs: list[str]) -> None:
        rows = self.queryset.filter(**{f"{self.slug}__in": slugs})
        self.found = {getattr(row, self.slug): row for row in rows}

    def valid_value(self, value: Any) -> bool:
        return value in self.found

    def clean(self, value: Any) -> list[Model]:
        return [self.found[slug] for slug in super().clean(value)]


class SlugFilter(django_filters.Filter):
    """Repeatable: rows named by a slug or a code."""

    field_class = SlugsField

    def __init__(self, *args: Any, queryset: Rows, slug: str = "slug", **kwargs: Any) -> None:
        self.queryset = queryset
        super().__init__(*args, queryset=queryset, slug=slug, **kwargs)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__in": value})


def resolve_slugs(filters: Mapping[str, django_filters.Filter], data: QueryDict) -> None:
    """Find the rows that the data name, by one query for each parameter.

    Where rows are named by former slugs, the data get the present ones.
    """
    for name in data:
        if not isinstance(declared := filters.get(name), SlugFilter):
            continue
        field, slugs = declared.field, data.getlist(name)
        field.find(slugs)
        missing = set(slugs) - field.found.keys()
        if missing and (present := present_slugs(field.queryset, field.slug, missing)):
            slugs = list(dict.fromkeys(present.get(slug, slug) for slug in slugs))
            data.setlist(name, slugs)
            field.find(slugs)
