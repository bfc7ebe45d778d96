"""Pages that fail in every way that config.faults tells apart."""

from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from config import health

handler500 = "config.faults.server_error"


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


def count(request):
    return HttpResponse(str(get_user_model().objects.count()))


def plain(request):
    return HttpResponse("fine")


urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    *(
        path(view.__name__ + end, view)
        for view in (away, lost, in_template, in_session, bug, slow, locked, count, plain)
        for end in ("", ".json")
    ),
    path("api/away", away),
]


class FailingMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        away()
