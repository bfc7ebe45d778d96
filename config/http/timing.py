"""How long the site took for an answer, told with it: https://www.w3.org/TR/server-timing/"""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_only_middleware


@sync_only_middleware
def server_timing(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """`Server-Timing: total;dur=…` in milliseconds; of a stream, until its first byte can go out.

    Stands before all but DatabaseFaults, so that nothing is left out that takes time.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = get_response(request)
        taken = (time.perf_counter() - began) * 1000
        response["Server-Timing"] = f"total;dur={taken:.1f}"
        return response

    return middleware
