"""How answers are written: what the site makes, and what the server itself refuses."""

from typing import Any

from django.utils.translation import gettext_lazy
from waitress.task import ErrorTask, WSGITask

from config.http.faults import MISTAKE, document
from config.http.security_headers import security_headers

# Seconds that a connection may wait for its next request. A browser that sends one just then would
# meet a closed door, so the server closes it a while after the time that it tells.
KEEP_ALIVE = 60
_REFUSALS = {
    400: (
        gettext_lazy("This request cannot be read"),
        gettext_lazy("It is not written as HTTP/1.1 asks."),
    ),
    411: (
        gettext_lazy("The length of this request is not known"),
        gettext_lazy("A request with a body must say its length (Content-Length)."),
    ),
    413: (
        gettext_lazy("This is too large"),
        gettext_lazy("A request may hold at most ten megabytes. Please send less."),
    ),
    414: (
        gettext_lazy("This address is too long"),
        gettext_lazy("The site reads addresses of up to eight thousand bytes."),
    ),
    431: (
        gettext_lazy("This request has too many headers"),
        gettext_lazy("They may be of thirty-two thousand bytes."),
    ),
    500: (gettext_lazy("Something went wrong"), MISTAKE),
    501: (
        gettext_lazy("This request cannot be read"),
        gettext_lazy("Its body is encoded in a way that is not understood."),
    ),
}


class Persistent:
    """What waitress leaves open of HTTP.

    A connection stays open after an answer without a length, too: such an answer ends with its
    last chunk, or has no body. waitress would close it; each 304 would cost a connection."""

    _is_writing_head = False

    def build_response_header(self: Any) -> bytes:
        connection = self.request.headers.get("CONNECTION", "").lower()
        self._is_writing_head = self.version == "1.1" and connection != "close"
        head: bytes = super().build_response_header()  # type: ignore[misc]
        self._is_writing_head = False
        if self.request.command == "HEAD":
            self.chunked_response = False
        if not self.close_on_finish:
            head = head[:-2] + b"Keep-Alive: timeout=%d\r\n\r\n" % KEEP_ALIVE
        return head

    def write(self: Any, data: bytes) -> None:
        """The answer to HEAD is that to GET without its body, whatever the site gives."""
        super().write(b"" if self.request.command == "HEAD" else data)  # type: ignore[misc]

    def set_close_on_finish(self) -> None:
        if not self._is_writing_head:
            super().set_close_on_finish()  # type: ignore[misc]


class Answer(Persistent, WSGITask):
    """What the site answers."""


class Refusal(ErrorTask):
    """What the server answers itself, as plain a page as any, under the same headers."""

    def execute(self) -> None:
        error = self.request.error
        title, detail = _REFUSALS[error.code]
        media_type, body = document(self.request.path, error.code, title, detail)
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", media_type),
            ("Cache-Control", "no-store"),
            *security_headers(is_secure=False).items(),
        ]
        self.channel.is_refused = True
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)
