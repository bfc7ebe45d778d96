"""Autocomplete fields: any text may be sent for a key, and what rows refer to is loaded at once."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest
from django.utils.functional import cached_property

from config.admin.keys import is_key
from config.search.vocabularies import Vocabulary

if TYPE_CHECKING:
    _ModelChoiceIterator = ModelChoiceIterator[Model]
    _ModelChoiceField = forms.ModelChoiceField[Model]
    _BaseModelAdmin = admin.options.BaseModelAdmin[Any]
    _Select = AutocompleteSelect
else:
    _ModelChoiceField, _BaseModelAdmin, _Select = forms.ModelChoiceField, object, object
    _ModelChoiceIterator = ModelChoiceIterator


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


class _Words:
    """The words of a vocabulary by slug, in their order; read when first asked for."""

    def __init__(self, rows: Any) -> None:
        self._rows = rows

    @cached_property
    def by_slug(self) -> dict[str, Model]:
        return {word.slug: word for word in self._rows.in_order()}


class _WordIterator(_ModelChoiceIterator):
    field: "WordChoiceField"

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for word in self.field.words.by_slug.values():
            yield self.choice(word)

    def __len__(self) -> int:
        return len(self.field.words.by_slug) + (self.field.empty_label is not None)

    def __bool__(self) -> bool:
        return True


class WordChoiceField(_ModelChoiceField):
    """A choice in a vocabulary, which is read once for all the rows of a form."""

    iterator = _WordIterator

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        # Copies of the field share it: a form is made of one for each row.
        self.words = _Words(queryset)
        super().__init__(queryset, **kwargs)

    def to_python(self, value: Any) -> Model | None:
        if value in self.empty_values:
            return None
        slug = value.slug if isinstance(value, Vocabulary) else str(value)
        if slug not in self.words.by_slug:
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return self.words.by_slug[slug]

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)


class AutocompletesByKey(_BaseModelAdmin):
    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site))
        elif issubclass(db_field.related_model, Vocabulary):
            kwargs.setdefault("form_class", WordChoiceField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, WordChoiceField):
            # Words are changed and deleted on pages of their own.
            widget: Any = field.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
