"""Filling in the admin's forms as a browser does."""

from html.parser import HTMLParser
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


class _Hidden(HTMLParser):
    """The values that a page's form sends without being touched."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.values.setdefault(str(given["name"]), []).append(given.get("value") or "")


def hidden_inputs(response: HttpResponse) -> dict[str, list[str]]:
    """What a page that asks sends when it is confirmed."""
    assert response.status_code == 200, response.status_code
    parser = _Hidden()
    # The page has a form to sign out as well.
    parser.feed(response.content.decode().partition('<div id="content"')[2])
    return parser.values


def choose(client: Client, action: str, *records: Any) -> HttpResponse:
    """Takes an action on rows of their list, as the curator does at first."""
    page = address(type(records[0]), "changelist")
    data = {"action": action, "_selected_action": [record.pk for record in records]}
    return client.post(page, data)


KINDS = ("event", "actor", "location", "source", "statement", "claim")
# Permissions to see what others have not published, and to change it.
OF_ALL_RECORDS = [f"{action}_{kind}" for action in ("review", "publish") for kind in KINDS]


def confirm(
    client: Client, response: HttpResponse, model: type[Model], **more: str
) -> HttpResponse:
    return client.post(address(model, "changelist"), hidden_inputs(response) | more)


class ConflictPage(HTMLParser):
    """What the page on a conflict says and would send, as a browser without scripts reads it."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        assert response.status_code == 200, response.status_code
        self.data: dict[str, Any] = {}
        # By the name of each choice: its values in order, and the one that is ticked.
        self.choices: dict[str, list[str]] = {}
        self.chosen: dict[str, str] = {}
        self.labels: list[str] = []
        self.words = ""
        self._area = ""
        self._in: list[str] = []
        self.feed(response.content.decode())
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name: value or "" for name, value in attrs}
        name = names.get("name", "")
        if tag == "textarea":
            self._area = name
            self.data[name] = ""
        elif tag == "input" and names.get("type") == "hidden":
            self.data[name] = names["value"]
        elif tag == "input" and names.get("type") == "radio":
            self.choices.setdefault(name.removeprefix("choice-"), []).append(names["value"])
            if "checked" in names:
                self.chosen[name.removeprefix("choice-")] = names["value"]
        elif tag == "legend":
            self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.data[self._area] = self.data[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "legend":
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if self._area:
            self.data[self._area] += data
            return
        self.words += data
        if self._in:
            self.labels.append(data)

    def answer(self, **choices: str) -> dict[str, Any]:
        """The form with these choices made; `__` stands for the colon of a row's field."""
        made = {name.replace("__", ":"): value for name, value in choices.items()}
        assert set(made) <= set(self.choices), self.choices
        return self.data | {f"choice-{key}": side for key, side in (self.chosen | made).items()}
