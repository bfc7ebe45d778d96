"""Rows that belong to a record by more than one path, edited on its page in one flat formset.

Such a row names what it is about by the prefix of another row of the page (`participations-0`), so
that it can be about a row that is not saved yet.
"""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.text import capfirst

from config.admin.parts import RowsInParts


class NamesRow(forms.CharField):
    """The prefix of another row of the page: where a new row belongs, and no change of it."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class FlatRows(RowsInParts):
    """`rows_of` says which rows belong to the record; no column of theirs is set to it."""

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        instance: Model | None = None,
        save_as_new: bool = False,
        prefix: str | None = None,
        queryset: "QuerySet[Any] | None" = None,
        **kwargs: Any,
    ) -> None:
        self.instance = instance or self.fk.remote_field.model()
        self.save_as_new = save_as_new
        super().__init__(data, files, prefix=prefix, instance=self.instance, **kwargs)
        self.queryset = self.rows_of(self.instance, queryset)
        self.unique_fields = set[str]()
        self.fk = None  # the admin would look for a field of that name

    @classmethod
    def rows_of(cls, record: Model, rows: "QuerySet[Any] | None" = None) -> "QuerySet[Any]":
        raise NotImplementedError

    @classmethod
    def parent_name(cls) -> str:
        return ""

    @property
    def name_in_words(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    def row_named(self, name: str) -> Any | None:
        """The form of that row of the page, if it is there."""
        prefix, _, number = name.rpartition("-")
        formset = self.siblings.get(prefix)
        if formset is None or not number.isdecimal() or int(number) >= len(formset.forms):
            return None
        return formset.forms[int(number)]

    def add_fields(self, form: Any, index: int | None) -> None:
        forms.BaseModelFormSet.add_fields(self, form, index)
        self.load_referred(form)

    # As of a formset without a parent.

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        return forms.BaseModelFormSet._construct_form(self, i, **kwargs)  # type: ignore[attr-defined]

    def save_new(self, form: Any, commit: bool = True) -> Any:
        return forms.BaseModelFormSet.save_new(self, form, commit)

    def get_unique_error_message(self, unique_check: Any) -> str:
        return forms.BaseModelFormSet.get_unique_error_message(self, unique_check)
