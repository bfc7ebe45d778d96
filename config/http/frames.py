"""Room for the frames of a request, so that the depth of a call does not decide what it costs.

CPython keeps the frames of Python functions in chunks of 16 KiB. It takes a chunk from the system
when a call finds no room, and gives it back when that call returns. A page calls thousands of short
functions from the same depth; where a chunk ends just there, each of them takes some 40 µs instead
of 1. A frame that is larger than such a chunk makes CPython take one that is larger still, and in
the rest of it all other frames of the request have room.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_only_middleware

# Of 8 bytes: 256 KiB, for which CPython takes 512. The other half holds about a thousand frames.
# Memory that no call reaches is never touched.
WORDS = 32_768


@sync_only_middleware
def room_for_frames(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Stands before all others, so that their frames have that room, too."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    middleware.__code__ = middleware.__code__.replace(co_stacksize=WORDS)
    return middleware
