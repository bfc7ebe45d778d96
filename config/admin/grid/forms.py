"""The form of one row: that of the record, with the fields of the grid alone."""

from typing import Any

from django import forms
from django.http import HttpRequest

from config.admin.snapshots import FIELD


class RowForm:
    """Put before the form of an admin. What it would ask of the database for each row is asked once
    for all of them: records that are chosen are read before, and constraints are checked when the
    rows are written on trial."""

    use_required_attribute = False
    # What is refused as a whole is said once, not for each row.
    refusal = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields: dict[str, Any]
        self.fields.pop(FIELD, None)
        for field in self.fields.values():
            field.help_text = ""
            field.widget.attrs.pop("autofocus", None)
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs |= {"rows": 2}
        self.instance: Any
        self.instance.validate_constraints = _leave_to_the_database

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        chosen = {
            name for name, field in self.fields.items() if isinstance(field, forms.ModelChoiceField)
        }
        return excluded | chosen


def _leave_to_the_database(exclude: Any = None) -> None:
    pass


def row_form(model_admin: Any, request: HttpRequest, names: list[str]) -> type[Any]:
    """With the labels, widgets and checks of the record's own form; radio buttons become a list."""
    own = model_admin.get_form(request, None, change=True, fields=names)
    form = type(own.__name__, (RowForm, own), {})
    for field in form.base_fields.values():  # type: ignore[attr-defined]
        if isinstance(field.widget, forms.RadioSelect):
            field.widget = forms.Select(choices=field.choices)
    return form
