"""Autocomplete fields: any text may be sent for a key, and what rows refer to is loaded at once."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Model
from django.http import HttpRequest

from config.admin.keys import is_key

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Model]
    _BaseModelAdmin = admin.options.BaseModelAdmin[Any]
    _Select = AutocompleteSelect
else:
    _ModelChoiceField, _BaseModelAdmin, _Select = forms.ModelChoiceField, object, object


class _ByKey(_Select):
    """Text that is no key chooses nothing; Django would look it up and fail."""

    choices: Any

    def optgroups(self, name: str, value: Iterable[str], attr: Any = None) -> list[Any]:
        return super().optgroups(name, [text for text in map(str, value) if is_key(text)], attr)


class KeySelect(_ByKey, AutocompleteSelect):
    pass


class KeySelectMultiple(_ByKey, AutocompleteSelectMultiple):
    pass


class RowSelect(KeySelect):
    """Shows what is chosen by the records that its field has loaded."""

    def optgroups(self, name: str, value: Iterable[str], attr: Any = None) -> list[Any]:
        field: Any = self.choices.field
        chosen = [text for text in map(str, value) if is_key(text)]
        if not field.loaded.keys() >= set(chosen):
            return super().optgroups(name, chosen, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        for record in map(field.loaded.__getitem__, chosen):
            label = field.label_from_instance(record)
            options.append(self.create_option(name, record.pk, label, True, len(options)))
        return [(None, options, 0)]


class RowChoiceField(_ModelChoiceField):
    """A choice in one row of many. `loaded` holds the records that the rows refer to, by key."""

    loaded: Mapping[str, Model] = {}

    def to_python(self, value: Any) -> Model | None:
        return self.loaded.get(str(value)) or super().to_python(value)

    def load(self, keys: Iterable[Any]) -> dict[str, Model]:
        wanted = {key for key in map(str, keys) if is_key(key)}
        if self.queryset is None or not wanted:
            return {}
        return {str(row.pk): row for row in self.queryset.filter(pk__in=wanted)}


class AutocompletesByKey(_BaseModelAdmin):
    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
