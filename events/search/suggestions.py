"""Actors, places and events whose name has a word that begins as what is typed, or is like it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from actors.models import Actor
from config.db.rows import fetch
from config.search.query import Query, Term, parse
from config.search.spelling import Seen, nearest_names, understand
from config.search.text import search_text
from events.models import Location

SHOWN = 8
LEAST = 2  # letters
MOST = 100  # characters
_OF_EACH = 3
NEAREST = 5
_CORRECTED = 4  # letters that are enough for a typo

_KINDS = {
    "actor": gettext_lazy("actor"),
    "event": gettext_lazy("event"),
    "location": gettext_lazy("place"),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One record; `found` is the name that was typed where it is not the one it goes by."""

    kind: str
    slug: str
    name: str
    found: str

    @property
    def url(self) -> str:
        return reverse(f"{self.kind}s:{self.kind}_detail", args=[self.slug])

    @property
    def kind_in_words(self) -> str | Promise:
        return _KINDS[self.kind]

    @property
    def parameter(self) -> str:
        """The filter that takes it; none takes an event."""
        return "" if self.kind == "event" else self.kind


def suggest(typed: str) -> list[Suggestion]:
    """At most eight, in one query; in more where nothing begins so and typos are corrected."""
    letters = len(search_text(typed).replace(" ", ""))
    if letters < LEAST:
        return []
    found = _fetch(parse(typed), typed)
    if not found and letters >= _CORRECTED:
        understood = understand(typed, _look_up)
        if understood.corrections:
            found = _fetch(understood.meant, understood.meant.typed)
    return found[:SHOWN]


def suggest_nearest(words: str) -> list[Suggestion]:
    """At most five actors and places with a name much like one of the words, the nearest first."""
    near = nearest_names(words)[:NEAREST]
    found = _fetch(parse(" or ".join(f'"{spelling}"' for spelling in near)), "")
    return [suggestion for suggestion in found if suggestion.kind != "event"][:NEAREST]


def _look_up(terms: Iterable[Term]) -> Mapping[Term, Seen]:
    """Which terms stand in a name of a published actor or place."""
    terms = list(terms)
    actors = Actor.objects.published().look_up(terms)
    others = [term for term in terms if not actors[term].is_known]
    return {**actors, **Location.objects.published().look_up(others)}


def _fetch(query: Query, typed: str) -> list[Suggestion]:
    if not query.terms:
        return []
    rows = fetch(
        "SELECT kind, slug, name, found, rank FROM suggested_records(%s, %s, %s)",
        [query.codes, typed, _OF_EACH],
    )
    return [
        Suggestion(kind, slug, name, found if found != name else "")
        for kind, slug, name, found, _rank in sorted(rows, key=lambda row: row[-1])
    ]
