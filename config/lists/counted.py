"""How many rows are under the filters of a list, and which of them a page has."""

from dataclasses import dataclass
from typing import Any

from config.lists.count_words import CountWords, written
from config.lists.paging import Page


@dataclass(frozen=True, slots=True)
class Counted:
    words: CountWords
    page: Page[Any]

    @property
    def in_words(self) -> str:
        page, words = self.page, self.words
        if not page.count:
            return str(words.none)
        if page.count > 1 and page.number is None:
            return written(words.rest, page.count, shown=len(page.rows))
        if page.count > 1 and not page.is_only:
            return written(words.part, page.count, first=page.first_row, last=page.last_row)
        return written(words.whole, page.count)

    @property
    def to_show(self) -> str:
        """The words of the button that shows them."""
        words, count = self.words, self.page.count
        return written(words.show, count) if count else str(words.none)
