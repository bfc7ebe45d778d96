"""What a reader meant: words that nothing has are exchanged for the nearest that something has.

Only plain words are: phrases in quotation marks and excluded words stand as they were typed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from config.rows import fetch
from events.search.query import Query, Term, parse

_CORRECTED = 6  # words of one question at most; more of them are no typos
_ALTERNATIVES = 3
_PART = re.compile(r"[^\W\d_][^\W_]*(?:['’][^\W_]+)*")


class Searched(NamedTuple):
    """Documents to search: their table, its key, and what a document `found` has to join to be one
    that the public may see; of events there is no other."""

    table: str
    key: str
    joined: str


EVENTS = Searched("events_eventfacts", "event_id", "")
STATEMENTS = Searched(
    "events_statementsearch",
    "statement_id",
    """JOIN events_statement AS statement
        ON statement.id = found.statement_id AND statement.state = 'published'
    JOIN actors_actor AS speaker
        ON speaker.id = statement.speaker_id AND speaker.state = 'published'""",
)
# Whether a term is nothing but words like "the", and whether a document has it: one of the last
# that were made, as a frequent word is soon found there, or one that the index has. Left to itself
# the planner reads documents from the first on, whatever all of those that have the word.
_LOOK_UP = """
    SELECT %s, numnode(search_query(%s)) = 0, EXISTS (
        SELECT FROM (SELECT * FROM {table} ORDER BY {key} DESC LIMIT 500) AS found {joined}
        WHERE document @@ search_query(%s)
    ) OR EXISTS (
        WITH holding AS MATERIALIZED (
            SELECT {key} FROM {table} WHERE document @@ search_query(%s)
        ) SELECT FROM holding AS found {joined}
    )
"""
# The words of names and titles that are written most like a word, and those that sound like it.
_CANDIDATES = """
    SELECT asked.word, asked.key, near.word, near.spelling, near.is_name, near.sounds_alike
    FROM (SELECT word, search_text(word) AS key FROM unnest(%s::text[]) AS word) AS asked
    CROSS JOIN LATERAL (
        (SELECT word, spelling, is_name, sound <> '' AND sound = sound_key(asked.key)
            AS sounds_alike FROM events_searchword ORDER BY lower(word) <-> asked.key LIMIT 20)
        UNION
        (SELECT word, spelling, is_name, true FROM events_searchword
         WHERE sound = sound_key(asked.key) AND sound <> ''
         ORDER BY lower(word) <-> asked.key LIMIT 20)
    ) AS near
"""


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
    # None of its words is one that is searched for; these are all too common.
    common: tuple[str, ...] = ()

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


def understand(words: str, searched: Searched = EVENTS) -> Understood:
    """One query, and two more where a word is unknown to the documents searched."""
    query = parse(words)
    seen = _look_up(query.terms, searched)
    if all(seen[term].is_common for term in query.terms):
        return Understood(query, query, common=tuple(term.text for term in query.terms))
    unknown = [
        term
        for term in dict.fromkeys(query.wanted)
        if not (term.is_phrase or seen[term].is_common or seen[term].is_known)
    ]
    corrections = tuple(_correct(unknown[:_CORRECTED], searched))
    corrected = {c.asked: c.instead for c in corrections}
    return Understood(
        query,
        query.with_terms(corrected),
        corrections,
        unknown=tuple(term.text for term in unknown if term not in corrected),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    is_common: bool
    is_known: bool


def _look_up(terms: Iterable[Term], searched: Searched) -> dict[Term, _Seen]:
    distinct = list(dict.fromkeys(terms))
    if not distinct:
        return {}
    # Each term as a constant, so that the planner knows whether it is rare.
    codes = [[term.code.removeprefix("-")] for term in distinct]
    parameters = [p for number, code in enumerate(codes) for p in (number, code, code, code)]
    look_up = _LOOK_UP.format(**searched._asdict())
    rows = fetch(" UNION ALL ".join([look_up] * len(distinct)), parameters)
    return {distinct[number]: _Seen(common, known) for number, common, known in rows}


def _correct(unknown: list[Term], searched: Searched) -> list[Correction]:
    """For each word what is surely found in its place; none for a word that nothing is near."""
    parts = {term: _PART.findall(term.text) for term in unknown}
    near = _candidates({word for words in parts.values() for word in words})
    offered = {term: _offers(term, words, near) for term, words in parts.items()}
    seen = _look_up((offer for offers in offered.values() for offer, _ in offers), searched)
    corrections = []
    for term, offers in offered.items():
        known = [(offer, rank) for offer, rank in offers if seen[offer].is_known]
        best = [offer for offer, rank in known if rank == known[0][1]]
        if best:
            corrections.append(Correction(term, tuple(best[:_ALTERNATIVES])))
    return corrections


def _offers(
    term: Term, words: list[str], near: dict[str, list[_Near]]
) -> list[tuple[Term, tuple[int, bool]]]:
    """What may stand in place of a term, nearest first: of "Khan-Shaykhun" each word for itself."""
    choices = [near.get(word, []) for word in words]
    if not choices or not all(choices):
        return []
    if len(choices) == 1:
        return [(Term(choice.spelling), choice.rank) for choice in choices[0]]
    return [(Term(" ".join(choice[0].spelling for choice in choices)), choices[0][0].rank)]


def _candidates(words: set[str]) -> dict[str, list[_Near]]:
    found: dict[str, dict[str, _Near]] = {}
    if not words:
        return {}
    rows = fetch(_CANDIDATES, [sorted(words)])
    for asked, key, word, spelling, is_name, sounds_alike in rows:
        distance = count_edits(key, word)
        if distance <= _edits_allowed(key, sounds_alike=sounds_alike):
            near = _Near(spelling, (distance - sounds_alike, not is_name))
            known = found.setdefault(asked, {})
            known[word] = min(near, known.get(word, near), key=lambda n: n.rank)
    return {
        asked: sorted(near.values(), key=lambda n: (*n.rank, n.spelling))[:8]
        for asked, near in found.items()
    }


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
