"""Pages that show what a server does with requests and answers."""

import os
import time
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

from config.http.health import healthz
from config.http.rates import reader_of

PIECE = b"x" * 65_536


def endless(request: HttpRequest) -> StreamingHttpResponse:
    """More than any buffer holds."""

    def pieces() -> Iterator[bytes]:
        for _ in range(10_000):
            yield PIECE

    return StreamingHttpResponse(pieces(), content_type="application/octet-stream")


def asked(request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        {
            "scheme": request.scheme,
            "host": request.get_host(),
            "reader": reader_of(request),
            "pid": os.getpid(),
        }
    )


def slow(request: HttpRequest) -> HttpResponse:
    time.sleep(1.5)
    return HttpResponse("done")


def received(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.body)))


urlpatterns = [
    path("healthz", healthz),
    path("endless", endless),
    path("asked", asked),
    path("slow", slow),
    path("admin/received", received),
]
