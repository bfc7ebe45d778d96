"""Date fields of the admin: EDTF by examples, and under each field what its text was read as."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from config.edtf.dates import DateError, explain
from config.edtf.fields import EdtfField
from config.edtf.typed import edtf_of

EXAMPLES = gettext_lazy(
    "As you would write it: 14 Nov 2021 · Nov 2021 · about 2011 · between 3 and 9 April 2017 · "
    "from … to …, or EDTF: 2017-04-04, 2011~, [2017-04-03..2017-04-09]. Empty: not known."
)


def understood(text: str) -> str:
    """One sentence: how the text is read, or why it cannot be."""
    try:
        return explain(edtf_of(text))
    except DateError as error:
        return _("Not understood: %(problem)s.") % {"problem": error}


@require_GET
def read_date(request: HttpRequest) -> JsonResponse:
    """`?text=` → `{"text": …, "understood": …}`; asked by edtf.js while a curator types."""
    text = request.GET.get("text", "")
    return JsonResponse({"text": text, "understood": understood(text)})


class EdtfInput(AdminTextInputWidget):
    class Media:
        js = ["js/edtf.js"]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        context = {
            "input": super().render(name, value, attrs, renderer),
            "understood": understood(value or ""),
            "address": reverse("admin:edtf"),
        }
        return render_to_string("admin/_edtf.html", context)


class EdtfFormField(forms.CharField):
    def __init__(self, *, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(help_text=f"{help_text} {EXAMPLES}".strip(), **kwargs)

    def to_python(self, value: Any) -> str:
        """The EDTF text of what was typed."""
        text = super().to_python(value)
        try:
            return edtf_of(text or "")
        except DateError as error:
            raise ValidationError(str(error), code="invalid_edtf") from error


# For `formfield_overrides` of model admins and inlines.
DATE_FIELDS: dict[type[Any], dict[str, Any]] = {
    EdtfField: {"form_class": EdtfFormField, "widget": EdtfInput}
}
