"""Which events a word is found in: their own text, or a name of who and where they are about.

A word has one query. The database answers it by three indexes of words: the events whose text has
it, and the actors and places that are named so. Their events are found in the columns of the state.
So each word, phrase or excluded word is a set of events, and a search is their sum.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from config.search.query import WEIGHTS, Query, Term
from events.index.columns import Ints, Mask
from events.index.facts import ROLE_BITS, fetch_packed, packed, unpacked
from events.index.state import State

# The keys in a column of whatever has a name with the word.
_NAMED = """
    (SELECT {packed} FROM {table}
    WHERE name_vector(name) @@ search_query(%(term)s::text[]))
"""
_TEXT = f"""
    SELECT {packed("event_id")},
        string_agg(float8send(
            ts_rank(%(weights)s::float4[], document, search_query(%(term)s::text[]))
        ), ''::bytea) FILTER (WHERE %(is_ranked)s)
    FROM event_facts WHERE document @@ search_query(%(term)s::text[])
"""  # noqa: S608 - words of this module
_WORD = f"""
    SELECT numnode(search_query(%(term)s::text[])) = 0, found.*,
        {_NAMED.format(table="actors_actor", packed=packed("id"))},
        {_NAMED.format(table="actors_actorname", packed=packed("actor_id"))},
        {_NAMED.format(table="events_location", packed=packed("id"))},
        {_NAMED.format(table="events_locationname", packed=packed("location_id"))}
    FROM ({_TEXT}) AS found
"""  # noqa: S608 - words of this module
_NAME_WEIGHT = WEIGHTS[2]


@dataclass(frozen=True)
class Found:
    """The events in which one word or phrase is found. `is_common`: it is nothing but words like
    "the", which are not searched for. `relevance` is 0 unless it was asked for."""

    mask: Mask
    is_common: bool
    relevance: NDArray[np.float64]

    @cached_property
    def is_known(self) -> bool:
        return bool(self.mask.any())


class Words:
    """What words are found in, each asked once."""

    def __init__(self, state: State, *, are_ranked: bool = False) -> None:
        self.state = state
        self._are_ranked = are_ranked
        self._found: dict[Term, Found] = {}

    def find(self, term: Term) -> Found:
        """Of an excluded term, where it is."""
        included = term.included
        if included not in self._found:
            self._found[included] = self._fetched(included)
        return self._found[included]

    def answering(self, query: Query) -> Mask:
        """The events that answer to a query: to all terms of any of its alternatives."""
        mask = np.zeros(self.state.size, dtype=np.bool_)
        for terms in query.alternatives:
            mask |= self._answering_all(terms)
        return mask

    def relevance(self, query: Query) -> NDArray[np.float64]:
        """How well each event answers: by where each word stands, and how often."""
        wanted = dict.fromkeys(query.wanted)
        return sum((self.find(term).relevance for term in wanted), np.zeros(self.state.size))

    def _answering_all(self, terms: tuple[Term, ...]) -> Mask:
        asked = [term for term in terms if not self.find(term).is_common]
        mask = np.full(self.state.size, bool(asked) or all(t.is_excluded for t in terms))
        for term in asked:
            found = self.find(term).mask
            mask &= ~found if term.is_excluded else found
        return mask

    def _fetched(self, term: Term) -> Found:
        values = {"term": [term.code], "is_ranked": self._are_ranked, "weights": WEIGHTS}
        [(is_common, events, ranks, *named)] = fetch_packed(_WORD, values)
        is_named = self._named(*map(unpacked, named))
        keys = unpacked(events)
        relevance = np.where(is_named, _NAME_WEIGHT, 0.0)
        self._add(relevance, keys, np.frombuffer(ranks or b"", dtype=">f8"))
        return Found(self.state.mask_of(keys) | is_named, is_common, relevance)

    def _named(self, actors: Ints, also: Ints, places: Ints, also_places: Ints) -> Mask:
        """The events in which somebody of these names takes part or speaks, or that are in such a
        place."""
        state = self.state
        part = state.columns["part"]
        people = np.concatenate([actors, also])
        there = np.concatenate([places, also_places])
        return (
            part.having(np.isin(part.ids >> ROLE_BITS, people), state.size)
            | state.columns["speaker"].having_any(people, state.size)
            | state.columns["location"].having_any(there, state.size)
        )

    def _add(self, relevance: NDArray[np.float64], keys: Ints, ranks: NDArray[np.float64]) -> None:
        if self._are_ranked and self.state.size:
            places = np.minimum(np.searchsorted(self.state.keys, keys), self.state.size - 1)
            are_there = self.state.keys[places] == keys
            relevance[places[are_there]] += ranks[are_there]
