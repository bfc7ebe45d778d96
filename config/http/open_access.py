"""What every answer under /api/ has in common, errors too: any site's scripts may read it, and it
says how often its reader may ask. Outputs, too, may be read by any site.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import sync_only_middleware
from django.utils.translation import gettext as _

from config.http import faults
from config.http.rates import Quota, RateLimit, reader_of

PREFIX = "/api/"
WINDOW = 60  # seconds
# A problem type of the draft that the two headers come from.
QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded"
EXPOSED = "Allow, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
METHODS = "GET, HEAD, OPTIONS"


def read_by_other_sites(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Scripts of any site may read the answer, also that nothing has changed: it is all public."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


@sync_only_middleware
def open_access(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Stands behind DatabaseFaults and a clock: a reader who asks too often costs no more."""
    limit = RateLimit(settings.API_RATE, WINDOW) if settings.API_RATE else None

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        quota = None
        if limit and request.method != "OPTIONS":
            quota = limit.take(reader_of(request))
        refused = _refuse(request, quota) if quota and quota.is_exceeded else None
        response = refused or get_response(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Methods"] = METHODS
            response["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
            response["Access-Control-Max-Age"] = "86400"
        if quota:
            _announce(response, quota)
        return response

    return middleware


def _refuse(request: HttpRequest, quota: Quota) -> HttpResponse:
    response = faults.respond(
        request,
        status=429,
        title=_("Too many requests"),
        detail=_(
            "%(limit)s requests in %(window)s seconds are answered; please ask again in %(reset)s "
            "seconds."
        )
        % {"limit": quota.limit, "window": quota.window, "reset": quota.reset},
        kind=QUOTA_EXCEEDED,
    )
    response["Retry-After"] = str(quota.reset)
    return response


def _announce(response: HttpResponseBase, quota: Quota) -> None:
    """As draft-ietf-httpapi-ratelimit-headers-10 writes it."""
    response["RateLimit-Policy"] = f'"address";q={quota.limit};w={quota.window}'
    response["RateLimit"] = f'"address";r={quota.remaining};t={quota.reset}'
