"""Pages that fail in every way that config.http.faults tells apart."""

import errno
import os

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config.http import health

handler400 = "config.http.faults.bad_request"
handler403 = "config.http.faults.forbidden"
handler500 = "config.http.faults.server_error"


def away(request=None):
    raise OperationalError("the server closed the connection")


def lost(request):
    raise InterfaceError("connection already closed")


def in_template(request):
    template = engines["django"].from_string("{{ away }}")
    return TemplateResponse(request, template, {"away": away})


def in_session(request):
    return HttpResponse(request.session.get("x", "nothing"))


def bug(request):
    raise ZeroDivisionError


def slow(request):
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 50")
        try:
            cursor.execute("SELECT pg_sleep(5)")
        finally:
            cursor.execute("RESET statement_timeout")


def locked(request):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = 50")
        cursor.execute("LOCK TABLE django_content_type")


def refused_by_database(request, state):
    """PostgreSQL itself raises what it does when its disk is full, and so on."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$")


def full_disk_here(request):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def host(request):
    return HttpResponse(request.get_host())


def posted(request):
    return HttpResponse(str(len(request.POST)))


def forbidden(request):
    raise PermissionDenied


def count(request):
    return HttpResponse(str(get_user_model().objects.count()))


def plain(request):
    return HttpResponse("fine")


urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    *(
        path(view.__name__ + end, view)
        for view in (
            away,
            lost,
            in_template,
            in_session,
            bug,
            slow,
            locked,
            count,
            plain,
            host,
            forbidden,
            full_disk_here,
        )
        for end in ("", ".json")
    ),
    path("api/away", away),
    path("refused/<str:state>.json", refused_by_database),
    path("refused/<str:state>", refused_by_database),
    path("admin/posted", csrf_exempt(posted)),
]


class FailingMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        away()
