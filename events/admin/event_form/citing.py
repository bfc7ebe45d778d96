"""Citations of the page of an event: one flat formset, each row naming its fact.

A fact is named by the row it stands in (`participations-0`), `event` is the event itself, and what
follows a colon is one aspect of it (`event:date`). A citation is stored only where a place in the
source was typed, or the source as a whole was ticked.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config import rights
from config.admin import TabularInline
from config.admin.choices import RowChoiceField
from config.admin.flat import FlatRows, NamesRow
from events.admin.event_form.belonging import ASPECTS, EVENT, TARGETS, citations_of
from events.admin.event_form.publishing import Plan
from events.models import Citation, Source

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Citation]
else:
    _ModelForm = forms.ModelForm


class CitationForm(_ModelForm):
    on = NamesRow()
    source = RowChoiceField(Source.objects.all(), required=False, widget=forms.HiddenInput)
    access = forms.ChoiceField(
        choices=Citation.Access.choices, required=False, widget=forms.HiddenInput
    )
    via = RowChoiceField(Source.objects.all(), required=False, widget=forms.HiddenInput)
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"hidden": True}))
    whole = forms.BooleanField(required=False, label=gettext_lazy("the source as a whole"))

    # Where a new citation names no source of its own: the one that is cited from.
    cited_from: Source | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locator = self.fields["locator"]
        locator.label, locator.help_text = _("Place in the source"), ""
        locator.widget.attrs = {"placeholder": _("¶, p., min."), "class": "place"}
        self.is_new = self.instance._state.adding
        if not self.is_new:
            self.initial["whole"] = not self.instance.locator

    @property
    def fact(self) -> str:
        return str(self["on"].value() or EVENT)

    @property
    def row_name(self) -> str:
        return self.fact.partition(":")[0]

    @property
    def shown_source(self) -> Source | None:
        """Whose title stands beside the place."""
        if not self.is_new:
            return self.instance.source
        field: Any = self.fields["source"]
        return field.loaded.get(str(self["source"].value())) or self.cited_from

    @property
    def aspect_words(self) -> str:
        """Which fact of the event, where it is cited apart."""
        aspect = self.fact.partition(":")[2]
        return str(Citation.Aspect(aspect).label) if aspect in ASPECTS else ""

    @property
    def edit_url(self) -> str:
        return reverse("admin:events_citation_change", args=[self.instance.pk])

    @property
    def removal(self) -> Any:
        return self["DELETE"] if "DELETE" in self.fields else None

    @property
    def hidden_parts(self) -> list[Any]:
        """What is edited on a page of its own, and goes along; of a new one only what it cites."""
        names = ["on", "source"] if self.is_new else ["on", "source", "access", "via", "note"]
        return [self[name] for name in (*names, "id") if name in self.fields]

    def has_changed(self) -> bool:
        if self.is_new:
            return bool({"locator", "whole"} & {*self.changed_data})
        return super().has_changed()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_new and not cleaned.get("source"):
            cleaned["source"] = self.cited_from
            if self.cited_from is None:
                self.add_error("locator", _("Choose above which source this is written in."))
        if "locator" in cleaned and not (cleaned["locator"] or cleaned.get("whole")):
            self.add_error(
                "locator", _("Say where in the source, or tick “the source as a whole”.")
            )
        return cleaned


class FactCitations(FlatRows):
    """With one blank row for each fact of the page."""

    # Sources to cite from; the first is the chosen one.
    offered: Sequence[Source] = ()
    plan: Plan

    def __init__(
        self, *args: Any, offered: Sequence[Source] = (), plan: Plan | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered, self.plan = offered, plan or Plan()

    @property
    def cited_from(self) -> Source | None:
        return next(iter(self.offered), None)

    @classmethod
    def rows_of(cls, record: Model, rows: "QuerySet[Any] | None" = None) -> "QuerySet[Any]":
        found = citations_of(record)  # type: ignore[arg-type]
        return found if rows is None else rows.filter(pk__in=found.order_by().values("pk"))

    @property
    def _shown_rows(self) -> "QuerySet[Model]":
        """Of the facts that the page shows."""
        shown = Q(event=self.instance.pk)
        for prefix, target in TARGETS.items():
            if prefix in self.siblings:
                rows = self.siblings[prefix].initial_forms
                shown |= Q(**{f"{target}__in": [form.instance.pk for form in rows]})
        return self._all_rows.filter(shown)

    @cached_property
    def fact_names(self) -> list[str]:
        """Of all rows of the page, blank ones too, in the order in which they are saved."""
        names = [EVENT, *(f"{EVENT}:{aspect}" for aspect in ASPECTS)]
        for prefix in TARGETS:
            if prefix in self.siblings:
                names += [form.prefix for form in self.siblings[prefix].forms]
        return names

    @cached_property
    def names_by_record(self) -> dict[tuple[str, int], str]:
        names = {(EVENT, self.instance.pk): EVENT}
        for prefix, target in TARGETS.items():
            if prefix in self.siblings:
                for form in self.siblings[prefix].initial_forms:
                    names[target, form.instance.pk] = form.prefix
        return names

    def total_form_count(self) -> int:
        if not self.is_bound:
            self.extra = len(self.fact_names)
        return super().total_form_count()

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.cited_from = self.cited_from
        if not form.is_new:
            name = self.names_by_record.get(form.instance.record_key, "")
            aspect = f":{form.instance.aspect}" if form.instance.aspect else ""
            form.initial["on"] = f"{name}{aspect}"
            form.fields["on"].disabled = True
        elif index is not None and not self.is_bound:
            form.initial["on"] = self.fact_names[index - self.initial_form_count()]

    def by_row(self) -> dict[str, list[Any]]:
        """The forms by the name of the row that they cite something of."""
        found: dict[str, list[Any]] = {}
        rows: list[Any] = self.forms
        for form in rows:
            found.setdefault(form.row_name, []).append(form)
        return found

    def clean(self) -> None:
        super().clean()
        for form in self.extra_forms:
            if form.has_changed() and not self._should_delete_form(form):
                self._check_row(form)
        self.plan.check(self)

    def _check_row(self, form: Any) -> None:
        if form.row_name == EVENT:
            return
        row = self.row_named(form.row_name)
        if row is None:
            form.add_error("locator", _("The row that this cites is gone."))
        elif row.empty_permitted and not row.has_changed():
            form.add_error("locator", _("This row is empty: fill it in, or take the place out."))

    def _should_delete_form(self, form: Any) -> bool:
        """A citation goes with the row that it cites."""
        return super()._should_delete_form(form) or self._is_of_deleted(form)

    def _is_of_deleted(self, form: Any) -> bool:
        row = self.row_named(form.row_name) if form.row_name != EVENT else None
        return row is not None and self.siblings[
            form.row_name.rpartition("-")[0]
        ]._should_delete_form(row)

    def save_new(self, form: Any, commit: bool = True) -> Any:
        citation = super().save_new(form, commit=False)
        name, _colon, citation.aspect = form.fact.partition(":")
        row = self.row_named(name)
        target = TARGETS[name.rpartition("-")[0]] if row else EVENT
        setattr(citation, target, row.instance if row else self.instance)
        return citation


class FactCitationInline(TabularInline):
    model = Citation
    form: type[Any] = CitationForm
    formset = FactCitations
    fields = ["source", "locator", "access", "via", "note"]
    select_related = ("source", "via")
    extra = 0

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[Any]:
        formset: type[Any] = super().get_formset(request, obj, **kwargs)
        sources = rights.seen(Source.objects.all(), request.user)
        for name in ("source", "via"):
            field = deepcopy(formset.form.base_fields[name])
            field.queryset = sources
            formset.form.base_fields[name] = field
        return formset


def cite(records: Iterable[tuple[str, Model]], source: Source, locator: str) -> int:
    """One citation of each record, given with what a citation calls it."""
    made = Citation.objects.bulk_create(
        Citation(source=source, locator=locator, **{target: record}) for target, record in records
    )
    return len(made)


def cite_positions(formset: FactCitations) -> None:
    """Where the words of a statement stand, its positions do, unless they are cited elsewhere."""
    positions = formset.siblings.get("positions")
    if positions is None:
        return
    added: list[Any] = formset.extra_forms
    newly = {form.row_name for form in added if form.has_changed()}
    wanted = [
        form.instance
        for form in positions.forms
        if form.instance.pk and (form.is_new or form.statement_name in newly)
    ]
    cited = set(
        Citation.objects.filter(position__in=wanted).order_by().values_list("position", flat=True)
    )
    _copy([position for position in wanted if position.pk not in cited])


def _copy(positions: list[Any]) -> None:
    """The citations of their statements."""
    rows = Citation.objects.filter(statement__in=[row.statement_id for row in positions], aspect="")
    found: dict[int | None, list[Citation]] = {}
    for citation in rows:
        found.setdefault(citation.statement_id, []).append(citation)
    names = ("source_id", "locator", "access", "via_id")
    Citation.objects.bulk_create(
        Citation(position=position, **{name: getattr(citation, name) for name in names})
        for position in positions
        for citation in found.get(position.statement_id, [])
    )
