"""What a reader is told when the site fails; a database that is away or too slow is a 503.

Django turns an exception into a response at the middleware it passes, so no single place sees all:
views are seen by `process_exception`, everything else by `server_error` (the handler500), and,
while DEBUG puts its own page there, by the signal that Django sends before.
"""

import re
import sys
from collections.abc import Callable
from typing import Any

import psycopg
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template import loader
from django.utils.decorators import sync_only_middleware

RETRY_AFTER = 5  # seconds; the embedded server is back sooner, a restarted one about then
_MACHINE_PATH = re.compile(r"/api/|.*\.[a-z0-9]+$", re.DOTALL)


def is_database_fault(error: BaseException | None) -> bool:
    """Down, out of connections, over a time limit: what may be gone when asked again.

    Django raises its own class from the driver's, the pool's time-out included. Its InterfaceError
    without the driver's says that the connection was lost earlier in a transaction.
    """
    while error is not None:
        if isinstance(error, OperationalError | psycopg.OperationalError):
            return True
        if isinstance(error, InterfaceError) and error.__cause__ is None:
            return True
        error = error.__cause__
    return False


def respond(
    request: HttpRequest, *, status: int, title: str, detail: str, kind: str = "about:blank"
) -> HttpResponse:
    """A plain page, or for machine formats a problem document (RFC 9457) of the type `kind`.

    Made without database, session, user or context processors: each of them may be what failed.
    """
    response: HttpResponse
    if _MACHINE_PATH.match(request.path_info):
        response = JsonResponse(
            {"type": kind, "title": title, "status": status, "detail": detail},
            status=status,
            content_type="application/problem+json",
        )
    else:
        page = loader.render_to_string("error.html", {"title": title, "detail": detail})
        response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """The handler500: Django calls it while it handles the exception."""
    if is_database_fault(sys.exc_info()[1]):
        return unavailable(request)
    return respond(
        request,
        status=500,
        title="Something went wrong",
        detail="The site made a mistake, and its keepers can see it in their log.",
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    response = respond(
        request,
        status=503,
        title="Not available just now",
        detail="The database does not answer in time. Please try again in a few seconds.",
    )
    response["Retry-After"] = str(RETRY_AFTER)
    return response


@sync_only_middleware
class DatabaseFaults:
    """Stands in MIDDLEWARE before all that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 500 and getattr(request, "had_database_fault", False):
            return unavailable(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return unavailable(request) if is_database_fault(error) else None


def _note_database_fault(request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None and is_database_fault(sys.exc_info()[1]):
        request.had_database_fault = True  # type: ignore[attr-defined]


got_request_exception.connect(_note_database_fault, dispatch_uid="config.faults")
