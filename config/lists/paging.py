"""Pages of a list: numbered ones near its start, and behind them pages that begin at a cursor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from config.http.addresses import with_query
from config.lists.cursors import CursorError, Keyset
from config.lists.filtering import Problem, StrictFilterSet

PAGE_SIZE = 50
# A numbered page costs what all the pages before it do; a cursor leads on from the last of them.
NUMBERED = 20
Row = TypeVar("Row")
ModelRow = TypeVar("ModelRow", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page, and how many there are in all.

    `number` counts from 1; None for a page that begins at a cursor. `next` is what leads to the
    next page, as it stands in a query.
    """

    rows: list[Row]
    number: int | None
    count: int
    query: str
    problem: Problem | None = None
    next: str = ""

    @property
    def is_only(self) -> bool:
        return self.number == 1 and not self.next

    @property
    def last(self) -> int:
        return last_page(self.count)

    @property
    def first_row(self) -> int:
        return ((self.number or 1) - 1) * PAGE_SIZE + 1

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) - 1

    def query_with(self, place: str) -> str:
        """The query string of this list, at a place such as "page=2"."""
        return with_query("", "&".join(part for part in (self.query, place) if part))

    @property
    def first_query(self) -> str:
        return self.query_with("")

    @property
    def previous_query(self) -> str | None:
        if self.number is None or self.number == 1:
            return None
        return self.query_with(f"page={self.number - 1}" if self.number > 2 else "")

    @property
    def next_query(self) -> str | None:
        return self.query_with(self.next) if self.next else None


def last_page(count: int) -> int:
    return max(1, -(-count // PAGE_SIZE))


class Listed(Protocol[Row]):
    """A list in its order, which pages are taken from. A cursor says where a page begins."""

    def count(self) -> int: ...

    def between(self, start: int, stop: int) -> Sequence[Row]: ...

    def behind(self, cursor: str, number: int) -> Sequence[Row]:
        """So many rows behind the cursor; raises CursorError for what is none of this order."""
        ...

    def cursor_of(self, row: Row) -> str: ...


@dataclass(frozen=True, slots=True)
class Queried(Generic[ModelRow]):
    """The rows of a queryset as such a list; `number` is how many, where that is known already."""

    rows: QuerySet[ModelRow]
    keyset: Keyset
    number: int | None = None

    def count(self) -> int:
        return self.rows.order_by().count() if self.number is None else self.number

    def between(self, start: int, stop: int) -> Sequence[ModelRow]:
        return list(self._in_order[start:stop])

    def behind(self, cursor: str, number: int) -> Sequence[ModelRow]:
        return list(self.keyset.after(self._in_order, cursor)[:number])

    def before(self, cursor: str, number: int) -> Sequence[ModelRow]:
        """So many rows before the cursor and at it."""
        back = self.keyset.reversed
        rows = self.rows.order_by(*back.fields)
        return list(back.after(rows, cursor, is_included=True)[:number])[::-1]

    def cursor_of(self, row: ModelRow) -> str:
        return self.keyset.cursor_of(row)

    @property
    def _in_order(self) -> QuerySet[ModelRow]:
        return self.rows.order_by(*self.keyset.fields)


def paginate(filters: StrictFilterSet, listed: Listed[Row]) -> Page[Row]:
    """The page that the query names; a page that does not exist has a problem and no rows."""
    if filters.problems:
        return Page([], 1, 0, filters.query)
    count = listed.count()
    cursor = filters.data.get("after")
    number = None
    try:
        if cursor is None:
            number = _number(filters, count)
            start = (number - 1) * PAGE_SIZE
            fetched = listed.between(start, start + PAGE_SIZE + 1) if count else []
        else:
            fetched = _behind(filters, listed, cursor)
    except _NoPageError as error:
        return Page([], 1, 0, filters.query, error.problem)
    shown = list(fetched[:PAGE_SIZE])
    leads_on = ""
    if len(fetched) > PAGE_SIZE:
        is_numbered = number is not None and number < NUMBERED
        leads_on = (
            f"page={(number or 0) + 1}" if is_numbered else f"after={listed.cursor_of(shown[-1])}"
        )
    return Page(shown, number, count, filters.query, next=leads_on)


def page_of(
    filters: StrictFilterSet, count: int, fetch: Callable[[int, int], list[Row]]
) -> Page[Row]:
    """A numbered page of rows that are counted already; `fetch` takes the ends of a slice."""
    number, last = asked_page(filters), last_page(count)
    if number is None or number > last:
        return Page([], 1, 0, filters.query, _no_page(filters, last))
    start = (number - 1) * PAGE_SIZE
    leads_on = f"page={number + 1}" if number < last else ""
    return Page(fetch(start, start + PAGE_SIZE), number, count, filters.query, next=leads_on)


def asked_page(filters: StrictFilterSet) -> int | None:
    """The number of the page that the query names; None where it is no number of a page."""
    asked = filters.data.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return None
    return int(asked) or None


class _NoPageError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _number(filters: StrictFilterSet, count: int) -> int:
    number, last = asked_page(filters), last_page(count)
    if number is None or number > last:
        raise _NoPageError(_no_page(filters, min(last, NUMBERED)))
    if number > NUMBERED:
        message = _("Only the first %(last)s pages have numbers; “Next” on page %(last)s leads on.")
        raise _NoPageError(Problem("page", message % {"last": NUMBERED}))
    return number


def _no_page(filters: StrictFilterSet, last: int) -> Problem:
    message = _("There is no page “%(asked)s”; they run from 1 to %(last)s.")
    asked = filters.data.get("page", "")[:40]
    return Problem("page", message % {"asked": asked, "last": last})


def _behind(filters: StrictFilterSet, listed: Listed[Row], cursor: str) -> Sequence[Row]:
    if "page" in filters.data:
        raise _NoPageError(Problem("after", _("This takes the place of “page”; give one of them.")))
    try:
        return listed.behind(cursor, PAGE_SIZE + 1)
    except CursorError as error:
        raise _NoPageError(no_page_after(filters)) from error


def no_page_after(filters: StrictFilterSet) -> Problem:
    """The cursor that the query names is none of the order."""
    message = _("No page begins after “%(asked)s” in this order.")
    return Problem("after", message % {"asked": filters.data.get("after", "")[:40]})
