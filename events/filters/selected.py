"""The selected events as a list that is shown in pages: by number, or behind a cursor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from config.edtf.dates import AFTER_ALL, BEFORE_ALL
from config.lists.cursors import CursorError, cursor_of, read_cursor
from events.index.selection import Selection, Sorted


@dataclass(frozen=True, slots=True)
class SelectedEvents:
    """As `config.lists.paging` takes a list. A cursor holds what the order compares."""

    selection: Selection

    def count(self) -> int:
        return self.selection.count

    def between(self, start: int, stop: int) -> list[Sorted]:
        return self.selection.between(start, stop)

    def behind(self, cursor: str, number: int) -> list[Sorted]:
        """So many events behind the cursor; raises CursorError for what is none of this order."""
        return self.selection.behind(self._place(cursor), number)

    def before(self, cursor: str, number: int) -> list[Sorted]:
        """So many events before the cursor and at it."""
        return self.selection.before(self._place(cursor), number)

    def cursor_of(self, event: Sorted) -> str:
        return cursor_of(self._names, [_written(getattr(event, name)) for name in self._names])

    @property
    def _names(self) -> tuple[str, ...]:
        match self.selection.order.removeprefix("-"):
            case "updated":
                return ("updated_at", "pk")
            case "relevance":
                return ("relevance", "sort_day", "pk")
            case _:
                return ("sort_day", "pk")

    def _place(self, cursor: str) -> Sorted:
        values = read_cursor(self._names, cursor)
        place: dict[str, Any] = {"pk": 0, "sort_day": 0}
        for name, value in zip(self._names, values, strict=True):
            place[name] = _READ[name](value)
        return Sorted(**place)


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _read_number(value: Any) -> int:
    if (
        isinstance(value, bool)
        or not isinstance(value, int)
        or not BEFORE_ALL <= value <= AFTER_ALL
    ):
        raise CursorError(str(value))
    return value


def _read_relevance(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e30:
        raise CursorError(str(value))
    return float(value)


def _read_time(value: Any) -> datetime:
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise CursorError(str(value)) from error
    if time.tzinfo is None:
        raise CursorError(str(value))
    return time


_READ: dict[str, Callable[[Any], Any]] = {
    "pk": _read_number,
    "sort_day": _read_number,
    "updated_at": _read_time,
    "relevance": _read_relevance,
}
