"""Claims, statements and positions of the page of an event, the last two in flat formsets.

A position names its statement (`of`) and what it is on (`on`) by rows of the page; what it is on
can be a stored claim of another part of the page, too (`claim:12`).
"""

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.admin import StackedInline, TabularInline
from config.admin.flat import FlatRows, NamesRow
from config.admin.numbers import NumberField, understood
from config.admin.numbers import read as read_number
from config.admin.parts import RowsInParts
from config.admin.slugs import free_slug
from config.db.publication import State
from events.admin.event_form.belonging import EVENT, positions_of, statements_of
from events.models import Claim, Event, Position, Statement

if TYPE_CHECKING:
    _ClaimForm = forms.ModelForm[Claim]
    _StatementForm = forms.ModelForm[Statement]
    _PositionForm = forms.ModelForm[Position]
else:
    _ClaimForm = _StatementForm = _PositionForm = forms.ModelForm


class KeepField(forms.BooleanField):
    """Whether a record stays a draft when its event is published; no change of the record."""

    def __init__(self) -> None:
        super().__init__(required=False, label=gettext_lazy("keep as draft"))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class NumberForm(_ClaimForm):
    """A claim, whose number is one field."""

    number = NumberField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        claim: Claim = self.instance
        if claim.low is not None and claim.high is not None:
            self.initial["number"] = read_number(
                f"{'~' if claim.is_approximate else ''}{claim.low:f}–{claim.high:f}"
            ).text
        if "text" not in self.fields:  # the claim may be looked at alone
            return
        self.fields["text"].label = _("What is claimed")
        self.fields["number"].widget.attrs["placeholder"] = "53, ~70, 65–80"
        self.fields["unit"].label = _("Of what")
        self.fields["unit"].help_text = ""
        self.fields["unit"].widget.attrs["placeholder"] = _("people killed")

    @property
    def number_in_words(self) -> str:
        return understood(str(self["number"].value() or ""))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "number" not in cleaned or "unit" not in cleaned:
            return cleaned
        claim: Claim = self.instance
        if cleaned["number"]:
            number = read_number(cleaned["number"])
            claim.kind, claim.low, claim.high = Claim.Kind.NUMBER, number.low, number.high
            claim.is_approximate = number.is_approximate
            if not cleaned["unit"]:
                self.add_error("unit", _("Of what? Give a unit: people killed, km …"))
        else:
            claim.kind, claim.low, claim.high = Claim.Kind.PROPOSITION, None, None
            claim.is_approximate = False
            if cleaned["unit"]:
                self.add_error("number", _("How many? A unit needs a number."))
        return cleaned


class ClaimRowForm(NumberForm):
    keep = KeepField()


class FollowEvent(RowsInParts):
    """Of records that are published with their event, unless they are kept as drafts."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        record, event = form.instance, cast(Event, self.instance)
        if record.pk and not record.is_published:
            is_withdrawn = record.state == State.WITHDRAWN
            form.initial["keep"] = event.is_published or is_withdrawn


class ClaimRows(FollowEvent):
    def save_new_objects(self, commit: bool = True) -> list[Any]:
        slugs: set[str] = set()
        for form in self.extra_forms:
            claim: Any = form.instance
            if form.has_changed() and not claim.slug:
                claim.slug = free_slug(Claim, claim.text)
                while claim.slug in slugs:
                    claim.slug = f"{claim.slug}-{len(slugs) + 1}"
                slugs.add(claim.slug)
        return super().save_new_objects(commit)


class ClaimRowInline(TabularInline):
    model = Claim
    form: type[Any] = ClaimRowForm
    formset = ClaimRows
    fields = ["text", "unit"]
    extra = 3


class StatementRowForm(_StatementForm):
    keep = KeepField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "speaker": _("Who says it"),
            "date": _("Said on"),
            "paraphrase": _("What was said, in our words"),
            "quote": _("The speaker’s own words, short"),
        }
        for name, label in labels.items():
            self.fields[name].label, self.fields[name].help_text = label, ""
        self.fields["paraphrase"].widget.attrs |= {"rows": 2}


class StatementRows(FollowEvent, FlatRows):
    @classmethod
    def get_default_prefix(cls) -> str:
        return "statements"

    @classmethod
    def rows_of(cls, record: Model, rows: "QuerySet[Any] | None" = None) -> "QuerySet[Any]":
        found = statements_of(record)  # type: ignore[arg-type]
        return found if rows is None else rows.filter(pk__in=found.order_by().values("pk"))

    def clean(self) -> None:
        super().clean()
        for form in self.initial_forms:
            if self._should_delete_form(form) and self._has_others(form.instance):
                raise forms.ValidationError(
                    _(
                        "“%(statement)s” takes positions elsewhere, too: delete it on its own "
                        "page, or take out its positions here."
                    ),
                    params={"statement": form.instance},
                )

    def _has_others(self, statement: Any) -> bool:
        """Whether it is about something beside this event."""
        event: Any = self.instance
        others = statement.positions.exclude(pk__in=positions_of(event).values("pk"))
        return bool(others.exists())


class StatementRowInline(StackedInline):
    model = Statement
    form: type[Any] = StatementRowForm
    formset = StatementRows
    fields = ["speaker", "date", "paraphrase", "quote"]
    autocomplete_fields = ["speaker"]
    select_related = ("speaker",)
    extra = 3


class PositionForm(_PositionForm):
    of = NamesRow()
    on = forms.CharField(required=False, label=gettext_lazy("On what"), widget=forms.Select())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance._state.adding
        self.fields["stance"].label = _("Position")
        if not self.is_new:
            del self.fields["on"]

    @property
    def statement_name(self) -> str:
        return str(self["of"].value() or "")


class PositionRows(FlatRows):
    """With one blank row for each statement of the page."""

    @classmethod
    def rows_of(cls, record: Model, rows: "QuerySet[Any] | None" = None) -> "QuerySet[Any]":
        found = positions_of(record)  # type: ignore[arg-type]
        return found if rows is None else rows.filter(pk__in=found.order_by().values("pk"))

    @property
    def _shown_rows(self) -> "QuerySet[Model]":
        shown = [form.instance.pk for form in self._statements.initial_forms]
        return self._all_rows.filter(statement__in=shown)

    @property
    def _statements(self) -> Any:
        return self.siblings["statements"]

    @cached_property
    def _names(self) -> dict[int, str]:
        return {form.instance.pk: form.prefix for form in self._statements.initial_forms}

    def total_form_count(self) -> int:
        if not self.is_bound:
            self.extra = len(self._statements.forms)
        return super().total_form_count()

    @cached_property
    def choices(self) -> list[tuple[str, Any]]:
        """What a new position can be on: the event, and rows of the page."""
        return [
            ("", "---------"),
            (EVENT, _("this event")),
            *self._claims(),
            *self._stored_claims(),
            *self._said(),
        ]

    def _claims(self) -> list[tuple[str, Any]]:
        formset = self.siblings.get("claims")
        forms_ = formset.forms if formset else []
        return [
            (form.prefix, form["text"].value() or _("row %(number)d of claims") % {"number": place})
            for place, form in enumerate(forms_, start=1)
        ]

    def _stored_claims(self) -> list[tuple[str, Any]]:
        formset = self.siblings.get("claims")
        if formset is None or self.instance.pk is None or formset.holds_all:
            return []
        rows: Any = formset.rows_elsewhere()[:500]
        return [(f"claim:{claim.pk}", claim.text) for claim in rows]

    def _said(self) -> list[tuple[str, Any]]:
        return [
            (form.prefix, _("statement: %(words)s") % {"words": words[:60]})
            for form in self._statements.forms
            if (words := str(form["paraphrase"].value() or ""))
        ]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "on" in form.fields:
            form.fields["on"].widget.choices = self.choices
        if not form.is_new:
            form.initial["of"] = self._names.get(form.instance.statement_id, "")
            form.fields["of"].disabled = True
        elif index is not None and not self.is_bound:
            place = index - self.initial_form_count()
            form.initial["of"] = self._statements.forms[place].prefix

    def by_statement(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        rows: list[Any] = self.forms
        for form in rows:
            found.setdefault(form.statement_name, []).append(form)
        return found

    def clean(self) -> None:
        super().clean()
        for form in self.extra_forms:
            if form.has_changed() and not self._should_delete_form(form):
                self._check(form)
        for statement in self._statements.extra_forms:
            if statement.has_changed() and not self._statements._should_delete_form(statement):
                self._check_statement(statement)

    def _check(self, form: Any) -> None:
        if not form.cleaned_data.get("on"):
            form.add_error("on", _("On what? Choose the event, a claim or a statement."))
        elif not self._is_there(form.cleaned_data["on"]):
            form.add_error("on", _("What this position is on is not there: choose again."))
        statement = self.row_named(form.statement_name)
        if statement is None or (statement.empty_permitted and not statement.has_changed()):
            form.add_error("stance", _("Whose position? Say who says what above."))

    def _is_there(self, name: str) -> bool:
        if name == EVENT:
            return True
        if name.startswith("claim:"):
            return name in dict(self.choices)
        row = self.row_named(name)
        if row is None:
            return False
        is_deleted = self.siblings[name.rpartition("-")[0]]._should_delete_form(row)
        return not is_deleted and not (row.empty_permitted and not row.has_changed())

    def _check_statement(self, statement: Any) -> None:
        """Without a position nothing leads from the event to what was said."""
        positions = self.by_statement().get(statement.prefix, [])
        if any(form.has_changed() for form in positions):
            return
        error = _("Which position does it take, and on what?")
        if not positions:
            raise forms.ValidationError(error)
        positions[0].add_error("stance", error)

    def _should_delete_form(self, form: Any) -> bool:
        return super()._should_delete_form(form) or self._is_of_deleted(form)

    def _is_of_deleted(self, form: Any) -> bool:
        statement = self.row_named(form.statement_name)
        return statement is not None and self._statements._should_delete_form(statement)

    def save_new(self, form: Any, commit: bool = True) -> Any:
        position = super().save_new(form, commit=False)
        statement: Any = self.row_named(form.statement_name)
        position.statement = statement.instance
        name = form.cleaned_data["on"]
        if name == EVENT:
            position.event = self.instance
        elif name.startswith("claim:"):
            position.claim_id = int(name.partition(":")[2])
        else:
            row: Any = self.row_named(name)
            setattr(position, "claim" if name.startswith("claims") else "answered", row.instance)
        return position


class PositionRowInline(TabularInline):
    model = Position
    form: type[Any] = PositionForm
    formset = PositionRows
    fields = ["stance"]
    select_related = ("statement__speaker", "claim", "event", "answered__speaker")
    extra = 0
