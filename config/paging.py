"""Numbered pages of a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from config.filtering import Problem, StrictFilterSet

PAGE_SIZE = 50
Row = TypeVar("Row")
ModelRow = TypeVar("ModelRow", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page, counted from 1, and how many there are in all."""

    rows: list[Row]
    number: int
    count: int
    query: str
    problem: Problem | None = None

    @property
    def last(self) -> int:
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def first_row(self) -> int:
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) - 1

    def query_of(self, number: int) -> str:
        joined = f"{self.query}&" if self.query else ""
        return f"?{joined}page={number}" if number > 1 else f"?{self.query}"

    @property
    def previous_query(self) -> str | None:
        return self.query_of(self.number - 1) if self.number > 1 else None

    @property
    def next_query(self) -> str | None:
        return self.query_of(self.number + 1) if self.number < self.last else None


def paginate(filters: StrictFilterSet, rows: QuerySet[ModelRow]) -> Page[ModelRow]:
    """The page that the query names; a page that does not exist has a problem and no rows."""
    if filters.problems:
        return Page([], 1, 0, filters.query)
    return page_of(filters, rows.order_by().count(), lambda first, last: list(rows[first:last]))


def page_of(
    filters: StrictFilterSet, count: int, fetch: Callable[[int, int], list[Row]]
) -> Page[Row]:
    """The same of rows that are counted already; `fetch` takes the ends of a slice."""
    number = asked_page(filters)
    last = max(1, -(-count // PAGE_SIZE))
    if number is None or number > last:
        message = _("There is no page “%(asked)s”; they run from 1 to %(last)s.")
        asked = filters.data.get("page", "")[:40]
        problem = Problem("page", message % {"asked": asked, "last": last})
        return Page([], 1, 0, filters.query, problem)
    start = (number - 1) * PAGE_SIZE
    return Page(fetch(start, start + PAGE_SIZE), number, count, filters.query)


def asked_page(filters: StrictFilterSet) -> int | None:
    """The number of the page that the query names; None where it is no number of a page."""
    asked = filters.data.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return None
    return int(asked) or None
