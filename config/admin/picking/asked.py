"""Drafts that a form asks for when no script makes them at once.

Beside the suggestions for words that choose no record, a form that comes back offers to make a
draft. `<field>_pick` is then `new actors.actor person`, the model and the kind. For a path of
places it is `new events.location`, with a kind for each new name in `<field>_kind0`,
`<field>_kind1` … It is `add …` where the field holds several records. The draft is made before the
form is read, and stands in it as if it had been chosen.
"""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.exceptions import NotRegistered
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict

from config.admin.picking.addresses import PickedAdmin, picked_admin
from config.admin.picking.drafts import Asked
from config.admin.picking.posted import read

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin

_ENDING = "_pick"
_NEW, _ADD = "new", "add"
_MOST = 20  # drafts that one form asks for


class MakesAskedDrafts(_ModelAdmin):
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            self.make_asked_drafts(request)
        return super().changeform_view(request, *args, **kwargs)

    def make_asked_drafts(self, request: HttpRequest) -> None:
        """The posted fields hold them afterwards, as if they had been chosen."""
        data = request.POST.copy()
        names = [name for name in data if _asks(data, name)][:_MOST]
        for name in names:
            self._make_asked(request, data, name.removesuffix(_ENDING))
        if names:
            request.POST = data  # type: ignore[assignment]

    def _make_asked(self, request: HttpRequest, data: QueryDict, name: str) -> None:
        picks = data.pop(f"{name}{_ENDING}")
        way, label, *kinds = next(str(pick) for pick in picks if _is_new(pick)).split(" ")
        try:
            made = self._admin_of(label).make_drafts(request, _asked(data, name, kinds))
        except ValidationError as error:
            request.refusal = error.messages  # type: ignore[attr-defined]
            return
        record = made.records[-1]
        self.message_user(request, f"{record}: {made.in_words}", messages.SUCCESS)
        if way == _ADD:
            others = [str(pick) for pick in picks if not _is_new(pick)]
            data.setlist(name, [*data.getlist(name), *others, str(record.pk)])
            data[f"{name}_text"] = data[f"{name}_shown"] = ""
        else:
            data[name] = str(record.pk)
            data[f"{name}_text"] = data[f"{name}_shown"] = str(record)

    def _admin_of(self, label: str) -> PickedAdmin:
        try:
            return picked_admin(self.admin_site, apps.get_model(label))
        except (LookupError, ValueError, TypeError, NotRegistered) as error:
            raise PermissionDenied from error


def _is_new(pick: object) -> bool:
    return str(pick).split(" ")[0] in (_NEW, _ADD) and " " in str(pick)


def _asks(data: QueryDict, name: str) -> bool:
    """Where the words were changed since, they are looked for anew, and nothing is made."""
    if not name.endswith(_ENDING) or not any(map(_is_new, data.getlist(name))):
        return False
    sent = read(data, name.removesuffix(_ENDING))
    return bool(sent.text) and sent.is_as_shown


def _asked(data: QueryDict, name: str, kinds: list[str]) -> Asked:
    given = sorted(key for key in data if key.startswith(f"{name}_kind"))
    return Asked(
        data.get(f"{name}_text", ""),
        kinds or [str(data[key]) for key in given],
        data.get(f"{name}_locator", ""),
        data.get(f"{name}_whole") == "1",
    )
