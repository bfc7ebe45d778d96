"""Rows of an inline, shown in parts: the form holds one part, and the others stay untouched."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, QuerySet, Window
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import urlencode

from config.admin.choices import RowChoiceField, WordChoiceField
from config.admin.keys import is_key

if TYPE_CHECKING:
    _BaseInlineFormSet = forms.BaseInlineFormSet[Model, Model, forms.ModelForm[Model]]
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _BaseInlineFormSet, _ModelAdmin = forms.BaseInlineFormSet, admin.ModelAdmin

ROWS = 50  # of one part
_LAST = 10**9  # part that is looked for: the database counts rows by a number of 64 bits
_ENDING = "-part"  # after the prefix of the inline: ?participations-part=2
_LINKED = 3  # parts before and after the one shown, beside the first and the last


@dataclass(frozen=True)
class Part:
    number: int
    total: int  # rows of all parts

    @property
    def start(self) -> int:
        return (self.number - 1) * ROWS

    @property
    def first(self) -> int:
        return self.start + 1

    @property
    def last(self) -> int:
        return min(self.start + ROWS, self.total)


def part_asked_for(text: str, total: int) -> Part:
    """The nearest one where there is none of that number; the first if it is no number."""
    number = int(text) if is_key(text) else 1
    return Part(max(1, min(number, -(-total // ROWS))), total)


def read_part(rows: "QuerySet[Any]", text: str) -> tuple[Part, list[Any]]:
    """The part that is asked for, and its rows, each with the number of all rows."""
    counted = rows.annotate(_total=Window(Count("*")))
    number = min(max(1, int(text)), _LAST) if is_key(text) else 1
    found = list(counted[(number - 1) * ROWS : number * ROWS])
    if found or number == 1:
        return Part(number, found[0]._total if found else 0), found
    part = part_asked_for(text, rows.count())
    return part, list(rows[part.start : part.last])


class RowsInParts(_BaseInlineFormSet):
    """Of an inline: one part of its rows; the same number of queries whatever their number."""

    model: type[Model]
    fk: Any
    prefix: str
    queryset: QuerySet[Any]

    def __init__(
        self,
        *args: Any,
        query: QueryDict | None = None,
        is_refused: bool = False,
        siblings: "dict[str, Any] | None" = None,
        **kwargs: Any,
    ) -> None:
        self.query = query or QueryDict()
        self.is_refused = is_refused
        super().__init__(*args, **kwargs)
        # By prefix, the formsets of the page that were made so far: rows may name rows of theirs.
        self.siblings = {} if siblings is None else siblings
        self.siblings[self.prefix] = self

    @classmethod
    def rows_of(cls, record: Model, rows: "QuerySet[Any] | None" = None) -> "QuerySet[Any]":
        """The rows that belong to the record; of these where some are given."""
        rows = cls.model._default_manager.all() if rows is None else rows
        return rows.filter(**{cls.fk.name: record})

    @classmethod
    def parent_name(cls) -> str:
        """The field that leads to the record; empty where no single one does."""
        return str(cls.fk.name)

    @cached_property
    def part(self) -> Part:
        asked = self.query.get(self.prefix + _ENDING, "")
        return part_asked_for(asked, self._shown_rows.count()) if self.is_bound else self._read[0]

    @cached_property
    def _read(self) -> tuple[Part, list[Any]]:
        return read_part(self._shown_rows, self.query.get(self.prefix + _ENDING, ""))

    @property
    def holds_all(self) -> bool:
        """Whether no stored row stands in another part."""
        return not self.is_bound and self.part.total <= len(self._stored)

    def part_links(self) -> list[tuple[Part, str]]:
        """Parts near the one shown, the first and the last, with where each is."""
        count = -(-self.part.total // ROWS)
        near = range(self.part.number - _LINKED, self.part.number + _LINKED + 1)
        links = []
        for number in sorted({1, count, *near} & set(range(1, count + 1))):
            query = self.query.copy()
            query[self.prefix + _ENDING] = str(number)
            address = f"?{query.urlencode()}#{self.prefix}-group"
            links.append((Part(number, self.part.total), address))
        return links

    @property
    def _all_rows(self) -> "QuerySet[Model]":
        return self.queryset.order_by(*self.model._meta.ordering or (), "pk")

    @property
    def _shown_rows(self) -> "QuerySet[Model]":
        """Those that the page may show, part by part."""
        return self._all_rows

    @cached_property
    def _sent_keys(self) -> list[str]:
        """Of the rows that the form was opened with."""
        name = self.model._meta.pk.name
        numbers = range(self.initial_form_count())
        return [str(self.data.get(f"{self.add_prefix(number)}-{name}")) for number in numbers]

    @cached_property
    def _stored(self) -> dict[str, Model]:
        """By key, the rows that this form holds."""
        if self.is_bound:
            keys = [key for key in self._sent_keys if is_key(key)]
            rows: Any = self._all_rows.filter(pk__in=keys) if keys else []
        else:
            rows = self._read[1]
        return {str(row.pk): row for row in rows}

    def get_queryset(self) -> list[Model | None]:  # type: ignore[override]
        """The rows in the order of their forms; None where one is gone meanwhile."""
        if self.is_bound:
            return [self._stored.get(key) for key in self._sent_keys]
        return list(self._stored.values())

    def _existing_object(self, pk: int) -> Model | None:
        return self._stored.get(str(pk))

    def rows_elsewhere(self) -> "QuerySet[Model]":
        """Stored rows that this form does not hold."""
        return self._all_rows.exclude(pk__in=list(self._stored))

    @cached_property
    def _referred(self) -> dict[str, dict[str, Model]]:
        """By field and key, what the rows refer to."""
        loaded = {}
        for name, field in self.form.base_fields.items():
            if isinstance(field, RowChoiceField):
                keys = [row.serializable_value(name) for row in self._stored.values()]
                numbers = range(self.total_form_count()) if self.is_bound else ()
                keys += [self.data.get(f"{self.add_prefix(number)}-{name}") for number in numbers]
                loaded[name] = field.load(keys, self._joined(name))
        return loaded

    def _joined(self, name: str) -> list[Model]:
        """What was read together with the rows by this field."""
        relation: Any = self.model._meta.get_field(name)
        rows = [row for row in self._stored.values() if relation.is_cached(row)]
        return [one for row in rows if (one := getattr(row, name)) is not None]

    if TYPE_CHECKING:

        def _should_delete_form(self, form: Any) -> bool: ...

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        self.load_referred(form)

    def load_referred(self, form: Any) -> None:
        """Gives the fields of a row the records that they refer to."""
        for name, records in self._referred.items():
            form.fields[name].loaded = records

    def full_clean(self) -> None:
        """A row that is as it was is not checked again, and none where the form is refused."""
        rows: list[Any] = self.forms if self.is_bound else []
        for form in rows:
            is_as_it_was = not (form.instance._state.adding or form.has_changed())
            if self.is_refused or is_as_it_was:
                form._errors = ErrorDict()
                form.cleaned_data = form.initial | {
                    name: records.get(str(form.initial.get(name)))
                    for name, records in self._referred.items()
                }
                for name, field in form.fields.items():
                    if isinstance(field, WordChoiceField):
                        form.cleaned_data[name] = field.to_python(form.initial.get(name))
        if self.is_refused:
            self._errors: list[Any] = []
            self._non_form_errors = self.error_class()
        else:
            super().full_clean()

    def save_new_objects(self, commit: bool = True) -> list[Any]:
        """In one write: the database goes over the record once, and not for each new row."""
        self.saved_forms: list[Any] = getattr(self, "saved_forms", [])
        rows: list[Any] = super().save_new_objects(commit=False)
        if commit:
            self.model._default_manager.bulk_create(rows)
        return rows


class InParts(_ModelAdmin):
    """Keeps the parts shown when a form comes back."""

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        added = {
            "query": request.GET,
            "is_refused": bool(getattr(request, "refusal", "")),
            "siblings": request.__dict__.setdefault("formsets", {}),
        }
        return super().get_formset_kwargs(request, obj, inline, prefix) | added

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # A form without an address is sent to the page's own; with one, the query is forgotten.
        kwargs["form_url"] = kwargs.get("form_url") or _address_of_parts(request.GET)
        return super().render_change_form(request, context, *args, **kwargs)


def _address_of_parts(query: QueryDict) -> str:
    parts = {name: str(query[name]) for name in query if name.endswith(_ENDING)}
    return f"?{urlencode(parts)}" if parts else ""
