"""The box of a form in which a record is chosen by typing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config.admin.keys import is_key
from config.admin.picking.addresses import panel, picked_admin
from config.admin.picking.options import Option
from config.admin.picking.posted import PARTS, Typed, read


class PickInput(forms.Widget):
    """Of one record. See `posted` for what it sends."""

    is_many = False
    choices: Any = ()

    class Media:
        js = ["js/picker_fields.js", "js/picker.js", "js/picker_drafts.js"]

    def __init__(self, db_field: Any, admin_site: admin.AdminSite, request: HttpRequest) -> None:
        super().__init__()
        self.admin = picked_admin(admin_site, db_field.remote_field.model)
        self.request = request

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return read(data, name).one(self.choices.field.resolve)

    def sent(self, name: str, value: Any) -> dict[str, list[str]]:
        """What a browser would send of the value: keys alone."""
        keys = value if isinstance(value, list | tuple) else [value]
        texts = [str(key) for key in keys if key not in (None, "")]
        return {name: texts or ([] if self.is_many else [""])} | {
            f"{name}_{part}": [] for part in PARTS
        }

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        values = value if isinstance(value, list | tuple) else [value]
        typed = next((text for text in values if isinstance(text, Typed)), "")
        keys = [str(key) for key in values if key and not isinstance(key, Typed)]
        chosen = self._options([key for key in keys if is_key(key)])
        one = next(iter(chosen), None) if not self.is_many else None
        box = self.build_attrs(self.attrs, attrs)
        if self.is_many:
            box.pop("required", None)
        context = {
            "name": name,
            "address": self.admin.pick_address(),
            "chosen": one,
            "many": chosen if self.is_many else None,
            "text": typed or (one.name if one else ""),
            "box": box,
            "panel": self._panel(name, str(typed)),
        }
        return render_to_string("admin/_picker.html", context)

    def _options(self, keys: Iterable[str]) -> list[Option]:
        field, wanted = self.choices.field, list(keys)
        rows = [field.loaded[key] for key in wanted if key in field.loaded]
        if len(rows) < len(wanted):
            found = self.admin.get_queryset(self.request).filter(pk__in=wanted)
            rows = list(self.admin.for_picking(self.request, found))
        return self.admin.options(rows)

    def _panel(self, name: str, text: str) -> str:
        if not text or not self.admin.has_view_permission(self.request):
            return ""
        return panel(self.admin.offer(self.request, text), text, name=name, is_many=self.is_many)


class PickManyInput(PickInput):
    is_many = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return read(data, name).many(self.choices.field.resolve)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False
