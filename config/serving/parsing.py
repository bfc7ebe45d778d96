"""Requests as they come from the network, and what is refused before the site sees it.

waitress reads them; this adds a limit of the first line, and refuses what two programs that read
one connection might not understand alike.
"""

from collections.abc import Callable
from typing import Any

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import BadRequest

# Bytes. A query of the timeline that chooses a hundred values is of some three thousand.
LONGEST_LINE = 8_190
LONGEST_HEADERS = 32_768
# The largest form of the admin, 20,000 fields, is of two or three million.
LONGEST_BODY = 10 * 2**20


class URITooLong(BadRequest):
    code = 414
    reason = "URI Too Long"


class LengthRequired(BadRequest):
    code = 411
    reason = "Length Required"


class RequestParser(HTTPRequestParser):
    """One request; bytes that follow it are given to `keep`, for the next."""

    # What stays where no request can be read.
    path = ""
    command = ""
    completed: bool
    error: BadRequest | None

    def __init__(self, adjustments: Any, keep: Callable[[bytes], None]) -> None:
        super().__init__(adjustments)
        self._keep = keep

    def received(self, data: bytes) -> int:
        taken: int = super().received(data)
        if not self.completed and not self.headers_finished:
            self._limit_line(self.header_plus.lstrip())
        if self.error is not None:
            # Nobody is asked to send what is refused.
            self.expect_continue = False
        if self.completed and not self.empty and taken < len(data):
            self._keep(data[taken:])
            return len(data)
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        self._limit_line(header_plus)
        if self.error is not None:
            return
        super().parse_header(header_plus)
        if self.version not in ("1.0", "1.1"):
            raise ParsingError("The version of HTTP is not known")
        if self.chunked or "TRANSFER_ENCODING" in self.headers:
            # Lengths said in two ways are how one request is hidden in another.
            self.error = LengthRequired("A body comes with Content-Length")
            self.completed = True

    def _limit_line(self, head: bytes) -> None:
        end = head.find(b"\r\n")
        if (len(head) if end < 0 else end) > LONGEST_LINE:
            self.error = URITooLong("")
            self.completed = True
