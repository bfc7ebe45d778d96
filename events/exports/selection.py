"""What an output is made from: the records under a filter, and the addresses around them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

from events.exports.addresses import Addresses
from events.exports.collection import Collection
from events.exports.identity import urn_of
from events.models import Chronology, DeletedEvent

# Entries of one page of a feed.
ENTRIES = 100
Found = TypeVar("Found", bound=Collection[Any])


@dataclass(frozen=True)
class Selection(Generic[Found]):
    """The records under a filter, in its order; `title` says the filter in words.

    `page` is the address of the list under the same filter, `itself` that of the output. What it
    holds is read when first asked for: within a snapshot (`config.db.snapshot`), as that has it.
    """

    title: str
    page: str
    itself: str
    addresses: Addresses
    chronology: Chronology
    found: Found

    @property
    def title_of_site(self) -> str:
        """The name of the chronology, and what of it this is."""
        return f"{self.chronology.name} – {self.title}"

    @cached_property
    def urn(self) -> str:
        """The identity of what the filter finds, whatever addresses it has."""
        return urn_of(self.found.name, self.found.filters)

    @cached_property
    def count(self) -> int:
        """Ahead of the rows: for formats that say it at their beginning."""
        return self.found.listed.count()

    def records(self) -> Iterator[Any]:
        return self.found.read(self.found.keys)


@dataclass(frozen=True)
class FeedPage(Selection[Found]):
    """One page of a feed (RFC 5005): the next hundred records of the selection.

    `after` is the cursor that the page begins behind, "" for the first page. `address_of` gives
    the address of the page behind a cursor. Raises CursorError where `after` is none.
    """

    after: str
    address_of: Callable[[str], str]

    def records(self) -> Iterator[Any]:
        return self.found.read(self._keys)

    @property
    def _keys(self) -> list[int]:
        return [row.pk for row in self._rows[:ENTRIES]]

    @property
    def changed_at(self) -> datetime | None:
        return self.found.changed_at

    def deleted(self) -> list[DeletedEvent]:
        """On the first page, what went."""
        if self.after:
            return []
        return self.found.deleted(self._keys, ENTRIES, are_all=not self.next)

    @cached_property
    def _rows(self) -> list[Any]:
        """Those of the page, and one more if there is one."""
        listed = self.found.listed
        if self.after:
            return list(listed.behind(self.after, ENTRIES + 1))
        return list(listed.between(0, ENTRIES + 1))

    @property
    def first(self) -> str:
        return self.address_of("")

    @property
    def next(self) -> str | None:
        if len(self._rows) <= ENTRIES:
            return None
        return self.address_of(self.found.listed.cursor_of(self._rows[ENTRIES - 1]))

    @property
    def previous(self) -> str | None:
        """The page that ends where this one begins."""
        if not self.after:
            return None
        before = self.found.listed.before(self.after, ENTRIES + 1)
        # A page begins behind a record, which is the last of the page before.
        is_first = len(before) <= ENTRIES
        return self.address_of("" if is_first else self.found.listed.cursor_of(before[0]))

    @property
    def pages(self) -> dict[str, str]:
        """Addresses of pages by their relation to this one, as RFC 5005 names it."""
        found = {"first": self.first, "previous": self.previous, "next": self.next}
        return {relation: address for relation, address in found.items() if address}
