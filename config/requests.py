"""Requests that no page can answer are refused once, before anything reads them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_only_middleware

from config import faults


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
                title="This address cannot be read",
                detail="It holds a NUL character (%00), which no text on this site contains.",
            )
        return get_response(request)

    return middleware
