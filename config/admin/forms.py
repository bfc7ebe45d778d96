"""Forms of the admin: nothing uncited published."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _

from config.admin.parts import RowsInParts
from config.db.publication import Publishable


class CitedWhenPublished(RowsInParts):
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
        others: Any = self.rows_elsewhere().select_related("source")
        return [source for source in [*cited, *(row.source for row in others)] if source]

    def _is_deleted(self, form: Any) -> bool:
        return bool(self.can_delete and form.cleaned_data.get(DELETION_FIELD_NAME))
