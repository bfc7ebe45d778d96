"""Numbered pages of a list."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from config.filtering import Problem, StrictFilterSet

PAGE_SIZE = 50
Row = TypeVar("Row", bound=Model)


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


def paginate(filters: StrictFilterSet, rows: QuerySet[Row]) -> Page[Row]:
    """The page that the query names; a page that does not exist has a problem and no rows."""
    asked = filters.data.get("page", "1")
    if filters.problems:
        return Page([], 1, 0, filters.query)
    count = rows.order_by().count()
    last = max(1, -(-count // PAGE_SIZE))
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10 and 1 <= int(asked) <= last):
        message = _("There is no page “%(asked)s”; they run from 1 to %(last)s.")
        problem = Problem("page", message % {"asked": asked[:40], "last": last})
        return Page([], 1, 0, filters.query, problem)
    start = (int(asked) - 1) * PAGE_SIZE
    return Page(list(rows[start : start + PAGE_SIZE]), int(asked), count, filters.query)
