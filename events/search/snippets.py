"""Where the words of a search stand in the rows of a page."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby
from operator import itemgetter

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from config.db.rows import fetch
from config.search.query import Query
from events.pages.entries import LENGTH, Entry, Said, shortened

# As the database's `words_of` has them.
_SEPARATORS = re.compile(
    r"""([\s\-\u2010-\u2015_./\\:;,!?@#&%+*=<>|~^"“”„«»\u2039›()\[\]{}…،؛؟·•]+)"""
)

SAID = 2  # claims and statements shown of one event


class Snippets:
    """The words that a search found on one page; each entry gets the texts around them.

    Entries that are not shown whole show neither their summary nor their place.
    """

    def __init__(
        self, entries: Iterable[Entry], query: Query | None, *, are_whole: bool = True
    ) -> None:
        self._are_whole = are_whole
        self.words: set[str] = set()
        # The names of one page are mostly the same.
        self._marked: dict[str, SafeString] = {}
        self._entries = {entry.key: entry for entry in entries}
        if query and query.wanted and self._entries:
            self._read(query)

    def mark(self) -> None:
        """Mark the words in what the whole entries show, and shorten them."""
        for entry in self._entries.values():
            if not self.words:
                entry.summary = shortened(entry.summary)
                continue
            entry.title = self.marked(entry.title)
            entry.summary = _mark(self.fragment(entry.summary))
            if entry.place:
                entry.place.name = self.marked(entry.place.name)
            for part in entry.parts:
                part.name = self.marked(part.name)
            entry.names = [self.marked(name) for name in entry.names]
            for said in entry.said:
                said.speaker = self.marked(said.speaker)
                said.text = _mark(self.fragment(said.text))

    def marked(self, text: str) -> SafeString:
        """The whole text."""
        if text not in self._marked:
            self._marked[text] = _mark(self.pieces(text))
        return self._marked[text]

    def pieces(self, text: str) -> list[tuple[str, bool]]:
        """The text in parts, and whether each is a word that was searched for."""
        return [(part, part in self.words) for part in _SEPARATORS.split(text) if part]

    def fragment(self, text: str) -> list[tuple[str, bool]]:
        """As `pieces`, but of a long text only what stands around the first word found."""
        pieces = self.pieces(text)
        words = [place for place, (part, _hit) in enumerate(pieces) if not _SEPARATORS.match(part)]
        first = next((n for n, place in enumerate(words) if pieces[place][1]), 0)
        start = max(0, min(first - LENGTH // 3, len(words) - LENGTH))
        end = start + LENGTH
        before = [("… ", False)] if start else []
        after = [(" …", False)] if end < len(words) else []
        last = words[end - 1] + 1 if after else len(pieces)
        return [*before, *pieces[words[start] if start else 0 : last], *after]

    def _read(self, query: Query) -> None:
        covered: dict[int, set[str]] = defaultdict(set)
        for match in sorted(_fetch(list(self._entries), query), key=self._place):
            self.words.update(match.words)
            is_shown = self._place(match)[0] == 0
            # What the row shows of a word anyway needs no line of its own.
            if not is_shown and not covered[match.event].issuperset(match.stems):
                self._add(match)
            covered[match.event].update(match.stems)

    def _place(self, match: "_Match") -> tuple[int, str, str]:
        """What the row shows anyway comes first, then names, then what was said."""
        if match.kind == "name":
            number = 0 if match.text in self._names_shown(self._entries[match.event]) else 1
        else:
            number = 0 if match.kind == "title" or self._shows_summary(match) else 2
        return number, match.by, match.text

    def _shows_summary(self, match: "_Match") -> bool:
        return match.kind == "summary" and self._are_whole

    def _names_shown(self, entry: Entry) -> set[str]:
        """What a row of the timeline shows of names anyway."""
        names = {part.name for part in entry.parts}
        return names | {entry.place.name} if self._are_whole and entry.place else names

    def _add(self, match: "_Match") -> None:
        entry = self._entries[match.event]
        if match.kind == "name":
            entry.names.append(match.text)
        elif len(entry.said) < SAID:
            by = _("Curators’ note") if match.kind == "note" else match.by
            entry.said.append(Said(by, match.text))


@dataclass(frozen=True, slots=True)
class _Match:
    """A text of an event, the words in it that were found, as they stand there and as stems."""

    event: int
    kind: str
    by: str
    text: str
    words: list[str]
    stems: list[str]


def _mark(pieces: list[tuple[str, bool]]) -> SafeString:
    written = []
    for hit, some in groupby(pieces, key=itemgetter(1)):
        text = escape("".join([text for text, _hit in some]))
        written.append(f"<mark>{text}</mark>" if hit else text)
    return mark_safe("".join(written))  # noqa: S308 - escaped


def _fetch(events: list[int], query: Query) -> list[_Match]:
    words = [word for term in query.wanted for word in split(term.text)]
    return [
        _Match(*row) for row in fetch("SELECT * FROM texts_with_words(%s, %s)", [events, words])
    ]


def split(text: str) -> list[str]:
    """The words of a text, as the database's words_of splits it."""
    return [part for part in _SEPARATORS.split(text)[::2] if part]
