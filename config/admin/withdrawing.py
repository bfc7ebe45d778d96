"""Withdrawing what published records rest on: the curator is asked first, and may withdraw both."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import islice
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.admin.base import NAMED_AT_MOST, PublishableAdmin
from config.admin.publishing import set_state
from config.admin.slugs import SlugForm
from config.db.publication import State

# The field of the confirmation page that says which records the curator was asked about.
CONFIRMED = "withdrawn_together"
_CODE = "withdrawal"


class Dependents:
    """Published records that some sources alone support, by kind."""

    def __init__(self, rows: Sequence[QuerySet[Any]]) -> None:
        self.rows = rows

    @cached_property
    def _keys(self) -> list[str]:
        return [
            f"{rows.model._meta.model_name}:{key}"
            for rows in self.rows
            for key in rows.order_by("pk").values_list("pk", flat=True)
        ]

    @property
    def number(self) -> int:
        return len(self._keys)

    @property
    def digest(self) -> str:
        """The same as long as these are the same records."""
        return sha256(" ".join(self._keys).encode()).hexdigest()

    @property
    def named(self) -> list[str]:
        records = (record for rows in self.rows for record in rows.order_by("pk")[:NAMED_AT_MOST])
        return [
            f"{capfirst(str(record._meta.verbose_name))}: {record}"
            for record in islice(records, NAMED_AT_MOST)
        ]

    @property
    def more(self) -> int:
        return max(0, self.number - NAMED_AT_MOST)

    def may_be_withdrawn_by(self, request: HttpRequest) -> bool:
        metas = [rows.model._meta for rows in self.rows if rows.exists()]
        return all(
            request.user.has_perm(f"{meta.app_label}.change_{meta.model_name}") for meta in metas
        )

    def withdraw(self, request: HttpRequest) -> None:
        if not self.may_be_withdrawn_by(request):
            raise PermissionDenied
        user = cast(int, request.user.pk)
        for rows in self.rows:
            set_state(rows, State.WITHDRAWN, user_id=user, needs_citation=False)


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

    def resting_on(self, rows: Iterable[Model]) -> list[QuerySet[Any]]:
        """Published records, by kind, that nothing published but these rows supports."""
        raise NotImplementedError

    @admin.action(
        permissions=["change"],
        description=gettext_lazy("Withdraw the selected %(verbose_name_plural)s"),
    )
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        going = list(
            queryset.filter(state=State.PUBLISHED).select_for_update(of=("self",)).order_by("pk")
        )
        dependents = Dependents(self.resting_on(going))
        if dependents.number and request.POST.get(CONFIRMED) != dependents.digest:
            return self._ask_to_withdraw(request, dependents, going)
        self._withdraw_together(request, dependents)
        self._set_state(request, queryset, State.WITHDRAWN)
        return None

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
            return self._ask_to_withdraw(request, form.dependents, [form.instance])
        return response

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if getattr(form, "dependents", None):
            self._withdraw_together(request, form.dependents)
        super().save_model(request, obj, form, change)

    def _withdraw_together(self, request: HttpRequest, dependents: Dependents) -> None:
        if number := dependents.number:
            dependents.withdraw(request)
            message = _("Withdrawn together, because nothing else published supports them: %d.")
            self.message_user(request, message % number, messages.SUCCESS)

    def _ask_to_withdraw(
        self, request: HttpRequest, dependents: Dependents, going: list[Any]
    ) -> TemplateResponse:
        """The same request again, to be confirmed."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw what rests on this alone?"),
            "subtitle": None,
            "opts": self.opts,
            "going": going[:NAMED_AT_MOST],
            "more_going": max(0, len(going) - NAMED_AT_MOST),
            "dependents": dependents,
            "may_withdraw": dependents.may_be_withdrawn_by(request),
            "sent": [
                (name, value)
                for name, values in request.POST.lists()
                if name not in ("csrfmiddlewaretoken", CONFIRMED)
                for value in values
            ],
            "confirmed": CONFIRMED,
        }
        return TemplateResponse(request, "admin/withdrawal.html", context)
