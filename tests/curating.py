"""Filling in the admin's forms as a browser does."""

from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


def address(model: type[Model] | Model, page: str) -> str:
    """Of the admin page `changelist`, `add`, `change` or `delete`."""
    args = [model.pk] if isinstance(model, Model) else []
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def opened(client: Client, page: str) -> dict[str, Any]:
    """What the form on the page would send if saved as it is."""
    context = client.get(page).context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    values = {bound.html_name: bound.value() for form in forms for bound in form}
    return {
        name: value for name, value in values.items() if value is not None and value is not False
    }


def inline_row(data: dict[str, Any], prefix: str, **values: Any) -> dict[str, Any]:
    """The form's data with one more row of an inline."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return data | row | {f"{prefix}-TOTAL_FORMS": number + 1}


def problems(response: HttpResponse) -> list[str]:
    """All that a form refuses; fails if it was saved."""
    assert response.status_code == 200, response.status_code
    found = []
    for errors in response.context["errors"]:
        found += [errors] if isinstance(errors, str) else errors
    return [str(message) for message in found]
