"""Requests that no page can answer are refused once, before anything reads them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_only_middleware
from django.utils.translation import gettext as _

from config.http import faults

# Curators send forms and programs ask beforehand what they may send; all else is read.
_METHODS = {
    "/admin/": ("GET", "HEAD", "POST", "OPTIONS"),
    "/api/": ("GET", "HEAD", "OPTIONS"),
    "/": ("GET", "HEAD"),
}

# The parameter with which a curator asks for what is not published.
PREVIEW = "preview"


@sync_only_middleware
def refuse_methods(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A method that an address does not know is answered by those that it does (RFC 9110, 15.5.6),
    whatever view would have taken it for a GET."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        prefixes = (prefix for prefix in _METHODS if f"{request.path_info}/".startswith(prefix))
        methods = _METHODS[next(prefixes, "/")]
        if request.method in methods:
            return get_response(request)
        response = faults.respond(
            request,
            status=405,
            title=_("This cannot be done here"),
            detail=_("This address answers %(methods)s.") % {"methods": ", ".join(methods)},
        )
        response["Allow"] = ", ".join(methods)
        return response

    return middleware


@sync_only_middleware
def refuse_nul(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """PostgreSQL's text holds no NUL character: any query with one would fail."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "\0" in query or "%00" in query:
            return faults.respond(
                request,
                status=400,
                title=_("This address cannot be read"),
                detail=_("It holds a NUL character (%00), which no text on this site contains."),
            )
        return get_response(request)

    return middleware
