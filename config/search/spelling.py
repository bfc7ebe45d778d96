"""What a reader meant: words that nothing has are exchanged for the nearest that something has.

Only plain words are: phrases in quotation marks and excluded words stand as they were typed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from config.db.rows import fetch
from config.search.query import Query, Term, parse

_CORRECTED = 6  # words of one question at most; more of them are no typos
_ALTERNATIVES = 3
_PART = re.compile(r"[^\W\d_][^\W_]*(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Correction:
    """A word as it was typed, and what stands in its place."""

    asked: Term
    instead: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """A question: as it was asked, as it is answered, and what a reader is to be told of it."""

    asked: Query
    meant: Query
    corrections: tuple[Correction, ...] = ()
    unknown: tuple[str, ...] = ()
    # Words like "the", which are not searched for.
    common: tuple[str, ...] = ()

    @property
    def is_common(self) -> bool:
        """There is no word in it that is searched for."""
        return bool(self.asked.terms) and len(self.common) == len(self.asked.terms)

    @property
    def is_empty(self) -> bool:
        return not self.asked.terms

    @property
    def exact(self) -> str:
        """As one types it who means every word as it stands."""
        exact = {c.asked: (Term(c.asked.text, is_phrase=True),) for c in self.corrections}
        return self.asked.with_terms(exact).typed


@dataclass(frozen=True, slots=True)
class _Near:
    """A known word near to one that is not; the less `rank`, the nearer."""

    spelling: str
    rank: tuple[int, bool]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a term: whether it is nothing but words like "the", and whether any of the
    documents that are searched has it."""

    is_common: bool
    is_known: bool


LookUp = Callable[[list[Term]], Mapping[Term, Seen]]


def understand(words: str, look_up: LookUp) -> Understood:
    """What a question means where `look_up` says which words are known."""
    query = parse(words)
    seen = look_up(list(dict.fromkeys(query.terms)))
    common = tuple(term.text for term in query.terms if seen[term].is_common)
    unknown = [
        term
        for term in dict.fromkeys(query.wanted)
        if not (term.is_phrase or seen[term].is_common or seen[term].is_known)
    ]
    offered = _offered(unknown[:_CORRECTED])
    seen_of_offered = look_up(list(dict.fromkeys(_terms(offered))))
    known = {
        term: [offer for offer in offers if seen_of_offered[offer[0]].is_known]
        for term, offers in offered.items()
    }
    corrected = _nearest(known)
    return Understood(
        query,
        query.with_terms(corrected),
        tuple(Correction(term, instead) for term, instead in corrected.items()),
        unknown=tuple(term.text for term in unknown if term not in corrected),
        common=common,
    )


# A word, and how near it is to what was asked; the less, the nearer.
_Offer = tuple[Term, tuple[int, bool]]


def _offered(unknown: list[Term]) -> dict[Term, list[_Offer]]:
    """What each word may have meant, nearest first."""
    parts = {term: _PART.findall(term.text) for term in unknown}
    near = _candidates({word for words in parts.values() for word in words})
    return {term: _offers(term, words, near) for term, words in parts.items()}


def _terms(offered: dict[Term, list[_Offer]]) -> list[Term]:
    return [offer for offers in offered.values() for offer, _rank in offers]


def _nearest(offered: dict[Term, list[_Offer]]) -> dict[Term, tuple[Term, ...]]:
    """For each word those that are as near as the first; none for a word that nothing is near."""
    return {
        term: tuple(offer for offer, rank in offers if rank == offers[0][1])[:_ALTERNATIVES]
        for term, offers in offered.items()
        if offers
    }


def _offers(term: Term, words: list[str], near: dict[str, list[_Near]]) -> list[_Offer]:
    """What may stand in place of a term, nearest first: of "Khan-Shaykhun" each word for itself."""
    choices = [near.get(word, []) for word in words]
    if not choices or not all(choices):
        return []
    if len(choices) == 1:
        return [(Term(choice.spelling), choice.rank) for choice in choices[0]]
    return [(Term(" ".join(choice[0].spelling for choice in choices)), choices[0][0].rank)]


def _candidates(words: set[str]) -> dict[str, list[_Near]]:
    found: dict[str, dict[str, _Near]] = {}
    for asked, key, word, spelling, is_name, sounds_alike in _near_words(words):
        distance = count_edits(key, word)
        if distance <= _edits_allowed(key, sounds_alike=sounds_alike):
            near = _Near(spelling, (distance - sounds_alike, not is_name))
            known = found.setdefault(asked, {})
            known[word] = min(near, known.get(word, near), key=lambda n: n.rank)
    return {
        asked: sorted(near.values(), key=lambda n: (*n.rank, n.spelling))[:8]
        for asked, near in found.items()
    }


def nearest_names(words: str) -> list[str]:
    """Words of names that are somewhat like one of these, as if all sounded alike."""
    asked = {word for term in parse(words).wanted[:_CORRECTED] for word in _PART.findall(term.text)}
    near = {
        spelling: edits
        for _asked, key, word, spelling, is_name, _sounds in _near_words(asked)
        if is_name and (edits := count_edits(key, word)) <= _edits_allowed(key, sounds_alike=True)
    }
    return sorted(near, key=lambda spelling: (near[spelling], spelling))


def _near_words(words: set[str]) -> list[tuple[Any, ...]]:
    return fetch("SELECT * FROM near_words(%s)", [sorted(words)]) if words else []


def _edits_allowed(word: str, *, sounds_alike: bool) -> int:
    """How far a word may be from one of its length; short words are too easily others."""
    by_length = 0 if len(word) < 4 else 1 if len(word) < 6 else 2 if len(word) < 10 else 3
    return max(by_length, len(word) * 2 // 5) if sounds_alike else by_length


def count_edits(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with the next, to get from one to the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, against in enumerate(other, start=1):
            least = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]


def common_terms(terms: Iterable[Term]) -> set[Term]:
    """Those that are nothing but words like "the", which no document of a text has."""
    codes = {term: term.included.code for term in terms}
    common = {code for (code,) in fetch("SELECT common_terms(%s)", [list(codes.values())])}
    return {term for term, code in codes.items() if code in common}
