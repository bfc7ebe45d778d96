"""What a reader is told when the site fails; a database that is away or too slow is a 503.

Django turns an exception into a response at the middleware it passes, so no single place sees all:
views are seen by `process_exception`, everything else by `server_error` (the handler500), and,
while DEBUG puts its own page there, by the signal that Django sends before.
"""

import errno
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template import loader
from django.utils.decorators import sync_only_middleware
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.http.naming import last_name

_MACHINE_PATH = re.compile(r"/api/|.*\.[a-z0-9]+$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong for a while, as a reader is told; `retry_after` in seconds."""

    title: str | Promise
    detail: str | Promise
    # The embedded server is back sooner, a restarted one about then.
    retry_after: int = 5


MISTAKE = gettext_lazy(
    "The site made a mistake, and its keepers can see it in their log. Please try again. If it "
    "happens again, tell them what you did."
)
_NO_ANSWER = Fault(
    gettext_lazy("Not available just now"),
    gettext_lazy("The database does not answer in time. Please try again in a few seconds."),
)
_TWO_CHANGES = Fault(
    gettext_lazy("Two changes met"),
    gettext_lazy("Another change was made at the same moment. Please try again."),
)
_DISK = gettext_lazy("Its keepers must make room. What you sent was not saved.")
_FULL_DISK = Fault(gettext_lazy("The disk of the database is full"), _DISK, retry_after=60)
_FULL_DISK_HERE = Fault(gettext_lazy("The disk of the server is full"), _DISK, retry_after=60)
# By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html
_BY_STATE = {
    "25006": Fault(
        gettext_lazy("The database can only be read just now"),
        gettext_lazy(
            "It is being looked after, or is a copy of another. What you sent was not saved."
        ),
        retry_after=60,
    ),
    "25P03": _NO_ANSWER,
    "25P04": _NO_ANSWER,
    "40001": _TWO_CHANGES,
    "40P01": _TWO_CHANGES,
    "53100": _FULL_DISK,
    "53200": Fault(
        gettext_lazy("The database has no memory left"),
        gettext_lazy("Please try again, or ask for less at a time."),
    ),
    "53300": Fault(
        gettext_lazy("The database has no connection free"),
        gettext_lazy("Too many ask at a time. Please try again."),
    ),
    "53400": Fault(
        gettext_lazy("The database allows no more for this"),
        gettext_lazy("It needs more room than the database gives. Please ask for less at a time."),
    ),
}


def fault_in(error: BaseException | None) -> Fault | None:
    """What is down, full, over a limit: what may be gone when asked again. None for a mistake.

    Django raises its own class from the driver's, the pool's time-out included. Its InterfaceError
    without the driver's says that the connection was lost earlier in a transaction.
    """
    found: Fault | None = None
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return _FULL_DISK_HERE
        if isinstance(error, psycopg.Error) and error.sqlstate in _BY_STATE:
            return _BY_STATE[error.sqlstate]
        if isinstance(error, OperationalError | psycopg.OperationalError):
            # The last words of a server that could not start, too.
            found = _FULL_DISK if "No space left on device" in str(error) else _NO_ANSWER
        elif isinstance(error, InterfaceError) and error.__cause__ is None:
            found = _NO_ANSWER
        error = error.__cause__
    return found


def document(
    path: str,
    status: int,
    title: str | Promise,
    detail: str | Promise,
    kind: str = "about:blank",
    *,
    form: str = "",
) -> tuple[str, bytes]:
    """Media type and text: a plain page, or for machine formats a problem document (RFC 9457) of
    the type `kind`. `form` is the address of a form that was sent and not saved, for a way back.

    Made without database, session, user or context processors: each of them may be what failed.
    """
    if _MACHINE_PATH.match(path):
        problem = {"type": kind, "title": str(title), "status": status, "detail": str(detail)}
        return "application/problem+json", json.dumps(problem).encode()
    context = {"title": title, "detail": detail, "form": form, "site": last_name()}
    page = loader.render_to_string("error.html", context)
    return "text/html; charset=utf-8", page.encode()


def respond(
    request: HttpRequest,
    *,
    status: int,
    title: str | Promise,
    detail: str | Promise,
    kind: str = "about:blank",
) -> HttpResponse:
    path, form = request.path_info, _form_sent_to(request)
    media_type, content = document(path, status, title, detail, kind, form=form)
    response = HttpResponse(content, content_type=media_type, status=status)
    response["Cache-Control"] = "no-store"
    # What is raised before CommonMiddleware does not pass it again.
    response["Content-Length"] = str(len(content))
    return response


def _form_sent_to(request: HttpRequest) -> str:
    """The address of the curators' form that was sent and not saved, if it was one."""
    is_form = request.method == "POST" and request.path_info.startswith("/admin/")
    is_for_signing_in = request.path_info in ("/admin/login/", "/admin/logout/")
    return request.get_full_path() if is_form and not is_for_signing_in else ""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF_FAILURE_VIEW: most often somebody has signed in anew, in another window."""
    return respond(
        request,
        status=403,
        title=_("This form is out of date"),
        detail=_(
            "It was opened before you last signed in or out, or cookies are switched off, so "
            "nothing was saved."
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """The handler500: Django calls it while it handles the exception."""
    if fault := fault_in(sys.exc_info()[1]):
        return unavailable(request, fault)
    return respond(
        request,
        status=500,
        title=_("Something went wrong"),
        detail=MISTAKE,
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The handler400: what Django calls suspicious, from a host that is not ours to a form that is
    too large."""
    status, detail = 400, _("The site cannot read what was sent. Please go back and try again.")
    if isinstance(exception, DisallowedHost):
        detail = _(
            "The site is not known by the name that was asked for (ALLOWED_HOSTS). Please ask it "
            "by its own."
        )
    elif isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        status = 413
        detail = _("It holds more than the site takes at a time. Please send less.")
    return respond(request, status=status, title=_("This request is refused"), detail=detail)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The handler403."""
    return respond(
        request,
        status=403,
        title=_("Your account may not do this"),
        detail=_(
            "It has no right to it. Please sign in with another account, or ask the keepers of "
            "the site for the right."
        ),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The handler404."""
    return missing(
        request,
        status=404,
        title=_("There is no such page"),
        detail=_(
            "Nothing public is kept at this address. It may be mistyped, or the record may not "
            "be published. Please search for it."
        ),
    )


def missing(
    request: HttpRequest, *, status: int, title: str | Promise, detail: str | Promise
) -> HttpResponse:
    """As `respond`, with a search box for whoever looks for the page."""
    if _MACHINE_PATH.match(request.path_info):
        return respond(request, status=status, title=title, detail=detail)
    context = {"title": title, "detail": detail}
    response = render(request, "missing.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def unavailable(request: HttpRequest, fault: Fault) -> HttpResponse:
    response = respond(request, status=503, title=fault.title, detail=fault.detail)
    response["Retry-After"] = str(fault.retry_after)
    return response


@sync_only_middleware
class DatabaseFaults:
    """Stands in MIDDLEWARE before all that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        fault: Fault | None = getattr(request, "fault", None)
        if response.status_code == 500 and fault:
            return unavailable(request, fault)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        fault = fault_in(error)
        return unavailable(request, fault) if fault else None


def _note_fault(request: HttpRequest | None = None, **_others: Any) -> None:
    if request is not None:
        request.fault = fault_in(sys.exc_info()[1])  # type: ignore[attr-defined]


got_request_exception.connect(_note_fault, dispatch_uid="config.http.faults")
