"""Forms of the admin: no lost update, nothing uncited published."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.admin.slugs import SlugForm
from config.publication import Publishable

if TYPE_CHECKING:
    _BaseInlineFormSet = forms.BaseInlineFormSet[Model, Model, forms.ModelForm[Model]]
else:
    _BaseInlineFormSet = forms.BaseInlineFormSet


class CuratedForm(SlugForm):
    """Refuses to overwrite what somebody else saved after this form was opened."""

    # What the database refused when the form was first saved: see CuratedAdmin.
    refusal = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.instance, Publishable) and self.instance.pk:
            self.fields["version"] = forms.CharField(widget=forms.HiddenInput, required=False)
            self.initial["version"] = self.instance.updated_at.isoformat()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.refusal:
            self.add_error(None, self.refusal)
        elif "version" in self.fields:
            self._refuse_if_outdated()

    def _refuse_if_outdated(self) -> None:
        # Locked, so that of two who save at the same moment the second sees what the first did.
        rows = type(self.instance)._default_manager.select_for_update(of=("self",))
        stored: Any = rows.filter(pk=self.instance.pk).first()
        if stored is None:
            self.add_error(None, _("Somebody has deleted this record meanwhile."))
            return
        version = stored.updated_at.isoformat()
        if self.cleaned_data.get("version") != version:
            self.add_error(None, self._conflict(stored))
            # The curator has been told: saving again is meant to overwrite.
            data = cast(QueryDict, self.data).copy()
            data[self.add_prefix("version")] = version
            self.data = data

    def _conflict(self, stored: Model) -> ValidationError:
        differing = [
            _("%(field)s: stored is “%(stored)s”, yours is “%(yours)s”.")
            % {
                "field": capfirst(str(field.verbose_name)),
                "stored": _shown(stored, field.name),
                "yours": _shown(self.instance, field.name),
            }
            for field in stored._meta.concrete_fields
            if field.name in self.fields
            and stored.serializable_value(field.name)
            != self.instance.serializable_value(field.name)
        ]
        message = _(
            "Somebody has changed this record since you opened it. Nothing of yours is saved yet; "
            "save again to put your text in place of theirs."
        )
        same = _("Its own fields are as you have them: what belongs to it, below, has changed.")
        return ValidationError([message, *(differing or [same])], code="conflict")


def _shown(record: Model, name: str) -> str:
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    return "" if value is None else str(value)


class CitedWhenPublished(_BaseInlineFormSet):
    """Citations of a record that must have one of a published source before the public sees it."""

    def clean(self) -> None:
        super().clean()
        record = self.instance
        if not (isinstance(record, Publishable) and record.is_published):
            return
        cited = self._cited()
        if any(source.is_published for source in cited):
            return
        message = _(
            "A published %(record)s needs at least one citation of a published source: say where "
            "in which source it is written."
        )
        if cited:
            message += " " + _("Not published: %(titles)s.")
        titles = ", ".join(dict.fromkeys(f"“{source}”" for source in cited))
        values = {"record": record._meta.verbose_name, "titles": titles}
        raise ValidationError(message % values, code="unsourced")

    def _cited(self) -> list[Any]:
        """The sources that the record would cite if this were saved."""
        remaining = [
            form
            for form in self.forms
            if (form.instance.pk or form.has_changed()) and not self._is_deleted(form)
        ]
        cited = [form.cleaned_data.get("source") for form in remaining if form.is_valid()]
        # What is stored and not on this page stays as it is.
        edited = [form.instance.pk for form in self.forms if form.instance.pk]
        model: Any = self.model
        stored = model._default_manager.filter(**{self.fk.name: self.instance.pk})
        others = stored.exclude(pk__in=edited).select_related("source")
        return [source for source in [*cited, *(row.source for row in others)] if source]

    def _is_deleted(self, form: Any) -> bool:
        return bool(self.can_delete and self._should_delete_form(form))  # type: ignore[attr-defined]
