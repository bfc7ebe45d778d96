"""What destroys asks for the password or a code once more, unless either was given of late.

The question is the answer to the request itself. It carries what was posted, so that nothing is
lost, and is sent to the same address. Only what looks like a password is not written into it.
"""

import time
from collections.abc import Iterator

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from config.accounts.attempts import refuse_in_status
from config.accounts.forms import ConfirmForm

FRESH_FOR = 15 * 60  # seconds
_MARK = "fresh_at"
_OF_THE_QUESTION = ("confirm-password", "confirm-code", "confirm-again")
_OWN_PAGES = {
    "password_change",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
}
_OF_ACCOUNTS = ("auth_user_", "auth_group_")
_ONLY_READ = ("_changelist", "_history")


def mark_as_fresh(request: HttpRequest) -> None:
    request.session[_MARK] = time.time()


def is_fresh(request: HttpRequest) -> bool:
    return time.time() - float(request.session.get(_MARK, 0)) < FRESH_FOR


def destroys(request: HttpRequest) -> bool:
    """Deleting one record or many; accounts and groups; one's own password and second factor."""
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    if name in _OWN_PAGES or name.endswith("_delete"):
        return True
    if name.startswith(_OF_ACCOUNTS) and not name.endswith(_ONLY_READ):
        return True
    return "delete_selected" in request.POST.getlist("action")


def question(request: HttpRequest) -> HttpResponse | None:
    """The page that asks, or, after the right answer, the way on. None: nothing stands in the way.

    A deletion that was confirmed already is confirmed anew.
    """
    is_answer = request.method == "POST" and "confirm-again" in request.POST
    if not is_answer:
        return None if is_fresh(request) else _ask(request, ConfirmForm(request))
    form = ConfirmForm(request, request.POST)
    if not is_fresh(request):
        if not form.is_valid():
            return _ask(request, form)
        mark_as_fresh(request)
    sent = request.POST.copy()
    for name in (*_OF_THE_QUESTION, "post"):
        sent.pop(name, None)
    if request.POST["confirm-again"] == "GET" or _is_a_confirmed_deletion(request):
        return HttpResponseRedirect(request.get_full_path())
    request.POST = sent  # type: ignore[assignment]
    return None


def _is_a_confirmed_deletion(request: HttpRequest) -> bool:
    """Of one record: the address by itself asks."""
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    return name.endswith("_delete")


def _ask(request: HttpRequest, form: ConfirmForm) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Confirm that it is you"),
        "subtitle": None,
        "form": form,
        "again": request.POST.get("confirm-again", request.method),
        "sent": list(_kept(request.POST)),
    }
    request.current_app = admin.site.name
    return refuse_in_status(render(request, "admin/confirm.html", context), form)


def _kept(sent: QueryDict) -> Iterator[tuple[str, str]]:
    for name, values in sent.lists():
        is_secret = "password" in name.lower() or name == "csrfmiddlewaretoken"
        if name not in _OF_THE_QUESTION and not is_secret:
            yield from ((name, str(value)) for value in values)
