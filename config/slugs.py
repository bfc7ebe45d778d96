"""Parameters that name rows by a slug or a code; what a query names is found at one go."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Field, Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from config.former_slugs import present_slugs
from config.rows import fetch
from config.subqueries import compiled

if TYPE_CHECKING:
    ModelMultipleChoiceField: Any = forms.ModelMultipleChoiceField
else:
    from django.forms import ModelMultipleChoiceField

# Kinds of columns that JSON carries as they are; others are fetched if anybody reads them.
_CARRIED = {
    "ArrayField",
    "BigAutoField",
    "BooleanField",
    "CharField",
    "ForeignKey",
    "SlugField",
    "TextField",
}


class SlugChoiceField(ModelMultipleChoiceField):
    """`found` are the rows that the query names here, of those that may be named."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("There is no “%(value)s” here."),
        "invalid_pk_value": gettext_lazy("There is no “%(pk)s” here."),
    }
    found: list[Model] | None = None

    def _check_values(self, value: Any) -> Any:
        if self.found is None:
            return super()._check_values(value)
        known = {getattr(row, self.key) for row in self.found}
        for asked in value:
            if asked not in known:
                message = self.error_messages["invalid_choice"]
                raise ValidationError(message, "invalid_choice", {"value": asked})
        return self.found

    @property
    def key(self) -> str:
        return self.to_field_name or "pk"


class SlugFilter(django_filters.ModelMultipleChoiceFilter):
    """Repeatable: rows named by a slug or a code."""

    field_class = SlugChoiceField

    def __init__(self, *args: Any, slug: str = "slug", **kwargs: Any) -> None:
        super().__init__(*args, to_field_name=slug, **kwargs)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__in": [row.pk for row in value]})


def find_rows(filters: Mapping[str, django_filters.Filter], data: QueryDict) -> None:
    """Give the fields of such filters the rows that the data name, by one query for all of them.

    Where rows are named by former slugs, which takes some more, the data get the present ones.
    """
    asked: dict[str, Any] = {
        name: filters[name].field for name in data if isinstance(filters.get(name), SlugFilter)
    }
    if not asked:
        return
    _fetch_rows(asked, data)
    if _name_by_present_slugs(asked, data):
        _fetch_rows(asked, data)


def _name_by_present_slugs(asked: dict[str, Any], data: QueryDict) -> bool:
    """Whether the data named any row by a former slug."""
    is_changed = False
    for name, field in asked.items():
        missing = {*data.getlist(name)} - {getattr(row, field.key) for row in field.found}
        if present := present_slugs(field.queryset, field.key, missing) if missing else {}:
            slugs = [present.get(slug, slug) for slug in data.getlist(name)]
            data.setlist(name, list(dict.fromkeys(slugs)))
            is_changed = True
    return is_changed


def _fetch_rows(asked: dict[str, Any], data: QueryDict) -> None:
    columns = {name: _columns(field.queryset.model) for name, field in asked.items()}
    parts = [_named(n, asked[n], columns[n], data.getlist(n)) for n in asked]
    found: dict[str, list[Model]] = {name: [] for name in asked}
    values = [value for _sql, some in parts for value in some]
    for name, row in fetch(" UNION ALL ".join(sql for sql, _values in parts), values):
        names = [column.attname for column in columns[name]]
        model = asked[name].queryset.model
        found[name].append(model.from_db(DEFAULT_DB_ALIAS, names, [row[n] for n in names]))
    for name, field in asked.items():
        field.found = found[name]


def _columns(model: type[Model]) -> "list[Field[Any, Any]]":
    return [f for f in model._meta.concrete_fields if f.get_internal_type() in _CARRIED]


def _named(
    name: str, field: Any, columns: "Iterable[Field[Any, Any]]", slugs: list[str]
) -> tuple[str, list[Any]]:
    rows = field.queryset.filter(**{f"{field.key}__in": slugs}).order_by()
    sql, values = compiled(rows.values(*(column.attname for column in columns)))
    return f"SELECT %s, to_json(named) FROM ({sql}) AS named", [name, *values]  # noqa: S608
