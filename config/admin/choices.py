"""Fields that choose records: any text may be sent for a key, and what rows refer to is loaded at
once."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest
from django.utils.functional import cached_property

from config import rights
from config.admin.keys import is_key
from config.admin.picking.posted import Typed
from config.admin.picking.widgets import PickInput, PickManyInput
from config.search.vocabularies import Vocabulary

if TYPE_CHECKING:
    _ModelChoiceIterator = ModelChoiceIterator[Model]
    _ModelChoiceField = forms.ModelChoiceField[Model]
    _ModelMultipleChoiceField = forms.ModelMultipleChoiceField[Model]
    _BaseModelAdmin = admin.options.BaseModelAdmin[Any]
    _Field = forms.ModelChoiceField[Model]
else:
    _ModelChoiceIterator = ModelChoiceIterator
    _ModelChoiceField = forms.ModelChoiceField
    _ModelMultipleChoiceField = forms.ModelMultipleChoiceField
    _BaseModelAdmin, _Field = object, object


class _Picked(_Field):
    """A field with a picker. `loaded` holds the records that rows refer to, by key."""

    loaded: Mapping[str, Model] = {}
    widget: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By text, the keys of the records of this name; the copies in the forms of rows share it.
        self._named: dict[str, list[str]] = {}

    def resolve(self, text: str) -> str:
        """The key of the only record of this name."""
        keys = self._keys_named(text)
        return keys[0] if len(keys) == 1 else Typed(text)

    def _keys_named(self, text: str) -> list[str]:
        if text not in self._named:
            picked, request = self.widget.admin, self.widget.request
            can_see = picked.has_view_permission(request)
            rows = picked.rows_named(request, text) if can_see else []
            self._named[text] = [str(row.pk) for row in rows]
        return self._named[text]

    def refusal(self, typed: Typed) -> ValidationError:
        words = self.widget.admin.words_for(typed, len(self._keys_named(typed)))
        return ValidationError(words, code="not_named")


class RowChoiceField(_Picked, _ModelChoiceField):
    """A choice of one record, in a form or in one row of many."""

    def to_python(self, value: Any) -> Model | None:
        if isinstance(value, Typed):
            raise self.refusal(value)
        return self.loaded.get(str(value)) or super().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return isinstance(data, Typed) or super().has_changed(initial, data)

    def load(self, keys: Iterable[Any], joined: Iterable[Model] = ()) -> dict[str, Model]:
        """By key. `joined` were read already, with the rows that refer to them."""
        # One that goes along unseen has no picker to say more of it.
        picked = getattr(self.widget, "admin", None)
        found = {} if picked else {str(row.pk): row for row in joined}
        wanted = {key for key in map(str, keys) if is_key(key)} - found.keys()
        if self.queryset is None or not wanted:
            return found
        rows = self.queryset.filter(pk__in=wanted)
        request = getattr(self.widget, "request", None)
        read = picked.for_picking(request, picked.with_names(request, rows)) if picked else rows
        return found | {str(row.pk): row for row in read}


class ManyChoiceField(_Picked, _ModelMultipleChoiceField):
    def clean(self, value: Any) -> Any:
        for text in value or ():
            if isinstance(text, Typed):
                raise self.refusal(text)
        return super().clean(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        is_typed = any(isinstance(text, Typed) for text in data or ())
        return is_typed or super().has_changed(initial, data)


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
    """The fields in `autocomplete_fields` are pickers, without Django's links to pop-ups."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        wrapped: Any = getattr(field, "widget", None)
        if isinstance(wrapped, RelatedFieldWidgetWrapper) and isinstance(wrapped.widget, PickInput):
            field.widget = wrapped.widget
        elif isinstance(field, WordChoiceField):
            # Words are changed and deleted on pages of their own.
            wrapped.can_change_related = wrapped.can_delete_related = False
            wrapped.can_view_related = False
        return field

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest
    ) -> QuerySet[Any] | None:
        """What the account may see; of records that a row is to belong to, those it may change."""
        choices = super().get_field_queryset(db, db_field, request)
        rows = db_field.related_model._default_manager.all() if choices is None else choices
        if db_field.name in getattr(db_field.model, "belongs_to", ()):
            rows = rights.of_reached(rows, request.user)
        return rights.seen(rows, request.user)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = PickInput(db_field, self.admin_site, request)
            kwargs["form_class"] = RowChoiceField
        elif issubclass(db_field.related_model, Vocabulary):
            kwargs.setdefault("form_class", WordChoiceField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = PickManyInput(db_field, self.admin_site, request)
            kwargs["form_class"] = ManyChoiceField
        return super().formfield_for_manytomany(db_field, request, **kwargs)
