"""A document that is made while it is sent."""

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any

from config.db.snapshot import snapshot
from config.http.slots import Slot
from events.exports.formats import Format
from events.exports.selection import Selection

# Characters that are sent at once.
_PIECE = 65_536


class Stream:
    """The pieces of a document; the first is made at once.

    So a database that fails at the beginning is found out while the answer can still be 503. One
    that fails later ends the stream in the middle, and the document is seen to be cut. The slot
    among the exports of this process is given back at the end, whatever ends it.
    """

    def __init__(self, form: Format, selection: Selection[Any], slot: Slot) -> None:
        self._pieces = _pieces(form, selection, slot)
        self._first: bytes | None = next(self._pieces, b"")

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        first, self._first = self._first, None
        return next(self._pieces) if first is None else first

    def close(self) -> None:
        """Ends the reading too; called when the answer is sent, or its reader is gone."""
        self._pieces.close()


def _pieces(form: Format, selection: Selection[Any], slot: Slot) -> Generator[bytes, None, None]:
    with slot, snapshot(), closing(_generator(form, selection)) as parts:
        held: list[str] = []
        size = 0
        for part in parts:
            held.append(part)
            size += len(part)
            if size >= _PIECE:
                yield "".join(held).encode()
                held.clear()
                size = 0
        if held:
            yield "".join(held).encode()


def _generator(form: Format, selection: Selection[Any]) -> Generator[str, None, None]:
    yield from form.parts(selection)
