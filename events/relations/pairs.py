"""Pairs of actors by the number of published events in which both take part.

Only the roots stand in the list, what is part of nothing that is public: bodies count for their
root, and who surely held an office at the time counts for the root of the office's body, not for
themselves. A pair's number is the number of events on its page that have a direction or are shared.
"""

from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from actors.models import Actor, Tenure
from events.index.columns import Ints
from events.index.facts import ROLE_BITS
from events.index.offices import parts_in_office
from events.index.state import State


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors in the order of the alphabet, and how many events they share."""

    first: Actor
    second: Actor
    number: int

    @property
    def number_in_words(self) -> str:
        return ngettext("%(number)s shared event", "%(number)s shared events", self.number) % {
            "number": self.number
        }

    def get_absolute_url(self) -> str:
        return reverse("relations:relation_detail", args=[self.first.slug, self.second.slug])


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs, most events first: the keys of both roots, the lower first, and the number."""

    low: Ints
    high: Ints
    numbers: Ints
    roots: dict[int, int]

    def with_any(self, actors: QuerySet[Actor]) -> "Pairs":
        """Those with one of the actors, or of the roots that they are part of."""
        keys = actors.order_by().values_list("pk", flat=True)
        wanted = np.array([self.roots[pk] for pk in keys if pk in self.roots], dtype=np.int64)
        found = np.isin(self.low, wanted) | np.isin(self.high, wanted)
        return Pairs(self.low[found], self.high[found], self.numbers[found], self.roots)

    def between(self, first: int, last: int) -> list[Pair]:
        columns = (self.low, self.high, self.numbers)
        found = list(zip(*(column[first:last].tolist() for column in columns), strict=True))
        named = Actor.objects.in_bulk({pk for low, high, _number in found for pk in (low, high)})
        return [_pair(named[low], named[high], number) for low, high, number in found]


def count_pairs(state: State) -> Pairs:
    roots = _roots()
    events, actors, sides = _sides(state, roots)
    low, high = _pairs(events, actors, sides)
    keys, codes = np.unique(np.concatenate([low, high]), return_inverse=True)
    size = max(len(keys), 1)
    both, numbers = np.unique(codes[: len(low)] * size + codes[len(low) :], return_counts=True)
    order = np.argsort(-numbers, kind="stable")
    both = both[order]
    return Pairs(keys[both // size], keys[both % size], numbers[order], roots)


def _roots() -> dict[int, int]:
    """Of each published actor the outermost published actor that it is part of, or itself."""
    lineages = dict(Actor.objects.published().order_by().values_list("pk", "lineage"))
    return {pk: next(a for a in lineage if a in lineages) for pk, lineage in lineages.items()}


def _sides(state: State, roots: dict[int, int]) -> tuple[Ints, Ints, Ints]:
    """Which actor stands for which root in which event, as three parallel arrays."""
    part = state.columns["part"]
    actor_of_code = part.ids >> ROLE_BITS
    root_of_code = np.array([roots.get(pk, 0) for pk in actor_of_code.tolist()], dtype=np.int64)
    events = part.rows.astype(np.int64)
    actors, sides = actor_of_code[part.codes], root_of_code[part.codes]
    office_events, people, bodies = _in_office(state, roots)
    # Who holds an office stands for it, and not for themselves.
    holding = np.isin(_combined(events, actors), _combined(office_events, people))
    stays = (sides > 0) & ((actors != sides) | ~holding)
    return (
        np.concatenate([events[stays], office_events]),
        np.concatenate([actors[stays], people]),
        np.concatenate([sides[stays], bodies]),
    )


def _in_office(state: State, roots: dict[int, int]) -> tuple[Ints, Ints, Ints]:
    """The same of those who held an office of a body, for its root."""
    tenures = Tenure.objects.published().filter(body__in=roots).only("person", "body", "held")
    nothing = np.empty(0, dtype=np.int64)
    events, people, bodies = [nothing], [nothing], [nothing]
    rows = state.columns["part"].rows
    for tenure, places in parts_in_office(state, tenures):
        events.append(rows[places].astype(np.int64))
        people.append(np.full(len(places), tenure.person_id))
        bodies.append(np.full(len(places), roots[tenure.body_id or 0]))
    return np.concatenate(events), np.concatenate(people), np.concatenate(bodies)


def _combined(events: Ints, actors: Ints) -> Ints:
    """Both as one number: events are positions, and keys of actors are smaller than 2 to the 40."""
    return (events << 40) + actors


def _pairs(events: Ints, actors: Ints, sides: Ints) -> tuple[Ints, Ints]:
    """The lower and the higher root of each pair in each event."""
    order = np.lexsort([sides, events])
    events, actors, sides = events[order], actors[order], sides[order]
    if not len(events):
        return events, events
    is_new = np.ones(len(events), dtype=np.bool_)
    is_new[1:] = (events[1:] != events[:-1]) | (sides[1:] != sides[:-1])
    starts = np.flatnonzero(is_new)
    least = np.minimum.reduceat(actors, starts)
    greatest = np.maximum.reduceat(actors, starts)
    events, sides = events[starts], sides[starts]
    low, high = [sides[:0]], [sides[:0]]
    # Each root of an event with the next one, with the one after it, and so on.
    for step in range(1, int(np.bincount(events).max())):
        is_shared = events[:-step] == events[step:]
        # Not one person on both sides alone.
        is_shared &= np.minimum(least[:-step], least[step:]) < np.maximum(
            greatest[:-step], greatest[step:]
        )
        low.append(sides[:-step][is_shared])
        high.append(sides[step:][is_shared])
    return np.concatenate(low), np.concatenate(high)


def _pair(low: Actor, high: Actor, number: int) -> Pair:
    first, second = sorted((low, high), key=lambda actor: (actor.sort_name, actor.pk))
    return Pair(first, second, number)
