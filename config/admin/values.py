"""Values of a form's fields in one form that can be compared, signed and posted again.

A *plain* value is what JSON can hold: text, a number, true, false, null, or for a relation to many
the sorted list of its keys. Whatever a form shows or sends is compared as plain values, so that two
spellings of one value are no difference.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model
from django.forms.models import InlineForeignKeyField
from django.http import QueryDict

from config.admin.picking.posted import Typed
from config.admin.picking.widgets import PickInput

Plain = Any
Values = dict[str, Plain]


def plain(value: Any) -> Plain:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, str | bool | int | float) or value is None:
        return value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable):
        return sorted((plain(item) for item in value), key=lambda item: (str(type(item)), item))
    return str(value)


def model_field(form: Any, name: str) -> "Field[Any, Any] | None":
    """The column or relation that a field of the form stands for, if any."""
    try:
        field = form._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, Field) else None


def editable_names(form: Any) -> list[str]:
    """What somebody may change by this form: no key, no parent, nothing disabled.

    A field that stands for several columns says so by `is_stored`, and has text for its value.
    """
    names = []
    for name, field in form.fields.items():
        stored = model_field(form, name)
        if field.disabled or not (stored or getattr(field, "is_stored", False)):
            continue
        if stored is not None and stored.primary_key:
            continue
        if not isinstance(field, InlineForeignKeyField):
            names.append(name)
    return names


def stored_values(form: Any) -> Values:
    """Of the row that an unbound form was made with."""
    return {name: plain(form.initial.get(name)) for name in editable_names(form)}


def typed_value(form: Any, name: str, data: QueryDict) -> Plain:
    """What was typed, as the database would hold it; as it was typed where it cannot be read."""
    field, stored = form.fields[name], model_field(form, name)
    typed = field.widget.value_from_datadict(data, {}, form.add_prefix(name))
    try:
        if isinstance(field, forms.ModelMultipleChoiceField):
            return plain(_key(stored, key) for key in typed or ())
        if isinstance(field, forms.ModelChoiceField):
            return None if typed in field.empty_values else _key(stored, typed)
        value = field.clean(typed)
        return plain(stored.to_python(value) if stored else value)
    except ValidationError:
        return typed if isinstance(typed, str) else plain(typed)


def _key(relation: Any, typed: str) -> Plain:
    if isinstance(typed, Typed):
        return typed
    return relation.target_field.to_python(typed)


def is_omitted(form: Any, name: str, data: QueryDict) -> bool:
    """Whether the browser sent nothing for the field, not even that it is empty."""
    widget = form.fields[name].widget
    return bool(widget.value_omitted_from_data(data, {}, form.add_prefix(name)))


def post_value(form: Any, name: str, value: Plain, data: QueryDict) -> None:
    """Puts the value into the data as a browser would send it."""
    field, stored = form.fields[name], model_field(form, name)
    if stored is not None and not stored.is_relation:
        value = stored.to_python(value)
    sent = _sent(field.widget, form.add_prefix(name), field.prepare_value(value))
    for html_name, texts in sent.items():
        if texts:
            data.setlist(html_name, texts)
        else:
            data.pop(html_name, None)


def _sent(widget: Any, name: str, value: Any) -> dict[str, list[str]]:
    while hasattr(widget, "widget"):  # wrapped with the admin's links to the related record
        widget = widget.widget
    if isinstance(widget, PickInput):
        return widget.sent(name, value)
    if isinstance(widget, forms.MultiWidget):
        return _sent_in_parts(widget, name, value)
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"] if widget.check_test(value) else []}
    texts = widget.format_value(value)
    if isinstance(texts, list | tuple):
        return {name: [str(text) for text in texts]}
    return {name: ["" if texts is None else str(texts)]}


def _sent_in_parts(widget: Any, name: str, value: Any) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for part, suffix, partial in zip(
        widget.widgets, widget.widgets_names, widget.decompress(value), strict=True
    ):
        sent |= _sent(part, f"{name}{suffix}", partial)
    return sent


def is_same(form: Any, name: str, typed: Plain, value: Plain) -> bool:
    """Whether the typed value is the other, or all of it that the form can send.

    A form strips text and sends no microseconds: what it sends back unchanged is no change.
    """
    if typed == value:
        return True
    data = QueryDict(mutable=True)
    post_value(form, name, value, data)
    return bool(typed == typed_value(form, name, data))
