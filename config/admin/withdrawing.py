"""Withdrawing what published records rest on: the curator is asked first, and may withdraw both."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from config.admin.base import PublishableAdmin
from config.admin.dependents import Dependents
from config.admin.slugs import SlugForm
from config.admin.states import sent
from config.db.publication import State

# The field of the confirmation page that says which records the curator was asked about.
CONFIRMED = "withdrawn_together"
_CODE = "withdrawal"


class WithdrawalForm(SlugForm):
    """Is refused until the curator has confirmed that dependent records are withdrawn, too."""

    admin: "AsksBeforeWithdrawing"
    dependents: Dependents | None = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        record: Any = self.instance
        is_leaving = "state" in self.cleaned_data and self.cleaned_data["state"] != State.PUBLISHED
        if record.pk and record.is_published and is_leaving:
            self.dependents = Dependents(self.admin.resting_on([record]))
            if self.dependents.number and self.data.get(CONFIRMED) != self.dependents.digest:
                message = _("Published records would lose their last published source.")
                self.add_error(None, ValidationError(message, code=_CODE))
        return cleaned

    @property
    def is_asking(self) -> bool:
        """Whether nothing but the confirmation is missing."""
        errors = [error for some in self.errors.as_data().values() for error in some]
        return [error.code for error in errors] == [_CODE]


class AsksBeforeWithdrawing(PublishableAdmin):
    """A model on whose published rows other published records rest."""

    form = WithdrawalForm

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> type[Any]:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.admin = self
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        response = super().changeform_view(request, object_id, form_url, extra_context)
        context = getattr(response, "context_data", None) or {}
        form = getattr(context.get("adminform"), "form", None)
        if isinstance(form, WithdrawalForm) and form.dependents and form.is_asking:
            return self._ask_to_withdraw(request, form.dependents, form.instance)
        return response

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if getattr(form, "dependents", None):
            self.withdraw_together(request, form.dependents)
        super().save_model(request, obj, form, change)

    def _ask_to_withdraw(
        self, request: HttpRequest, dependents: Dependents, record: Any
    ) -> TemplateResponse:
        """The same request again, to be confirmed."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw what rests on this alone?"),
            "subtitle": None,
            "opts": self.opts,
            "record": record,
            "dependents": dependents,
            "may_withdraw": dependents.may_be_withdrawn_by(request),
            "sent": sent(request, CONFIRMED),
            "confirmed": CONFIRMED,
        }
        return TemplateResponse(request, "admin/withdrawal.html", context)
