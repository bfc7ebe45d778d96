"""What a list without a hit offers instead: the nearest names, and where else the words occur."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from actors.models import Actor
from config.http.addresses import with_query
from config.lists.paging import Page
from config.search.filters import SearchingFilterSet
from config.search.query import Query
from events.index.current import current_state
from events.index.words import Words
from events.models import Location, Source, Statement
from events.search.suggestions import Suggestion, suggest_nearest

_LABELS = {
    "events:event_list": gettext_lazy("Events"),
    "actors:actor_list": gettext_lazy("Actors"),
    "locations:location_list": gettext_lazy("Places"),
    "statements:statement_list": gettext_lazy("Statements"),
    "sources:source_list": gettext_lazy("Sources"),
}


@dataclass(frozen=True, slots=True)
class OtherList:
    """A list in which the words occur, and in how many of its records."""

    label: str | Promise
    address: str
    number: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    names: list[Suggestion]
    lists: list[OtherList]


def look_elsewhere(filters: SearchingFilterSet, page: Page[Any]) -> Elsewhere | None:
    """For a list in which nothing answers to the words that are searched for; None for others."""
    words = filters.chosen("q")
    if words is None or page.count or page.problem:
        return None
    asked = QueryDict(mutable=True)
    asked["q"] = words
    lists = [
        OtherList(_LABELS[name], with_query(reverse(name), asked.urlencode()), number)
        for name, number in _count(filters.understood.asked).items()
        if number
    ]
    return Elsewhere(suggest_nearest(words), lists)


def _count(query: Query) -> dict[str, int]:
    """How many records of each list have the words as they are typed."""
    state = current_state()
    return {
        "events:event_list": int(np.count_nonzero(Words(state).answering(query))),
        "actors:actor_list": Actor.objects.published().answering(query).count(),
        "locations:location_list": Location.objects.published().answering(query).count(),
        "statements:statement_list": Statement.objects.published().answering(query).count(),
        "sources:source_list": Source.objects.published().answering(query).count(),
    }
