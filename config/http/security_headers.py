"""The headers by which a browser is told what a page may do; on every answer, whatever went wrong.

Middleware of the libraries sets most of them, but an error that is raised before them, and what
the server answers by itself, passes none.
"""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_only_middleware


def security_headers(*, is_secure: bool) -> dict[str, str]:
    headers = {
        HEADER: build_policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": str(settings.SECURE_REFERRER_POLICY),
        "Cross-Origin-Opener-Policy": str(settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
    }
    if is_secure and settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = (
            f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
        )
    return headers


@sync_only_middleware
def complete_headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Stands first in MIDDLEWARE, and adds what nobody has set."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in security_headers(is_secure=request.is_secure()).items():
            if name not in response and not _is_exempt(response, name):
                response[name] = value
        return response

    return middleware


def _is_exempt(response: HttpResponseBase, name: str) -> bool:
    """The page that may stand in frames, and Django's own page on an error while DEBUG is on."""
    if name == "X-Frame-Options":
        return getattr(response, "xframe_options_exempt", False)
    return name == HEADER and settings.DEBUG and response.status_code in (404, 500)
