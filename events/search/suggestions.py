"""Actors, places and events whose name has a word that begins as what is typed, or is like it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from config.db.rows import fetch
from events.search.snippets import split

SHOWN = 8
LEAST = 2  # letters
MOST = 100  # characters
_WORDS = 6
# For each word a condition that an index answers; `{named}` stands for all of them. The first half
# is the quicker where a table is read through, but knows one form of each letter only.
_BEGINNING = "(NOT %s OR named.sort_name LIKE %s) AND named.sort_name ~ name_pattern(%s)"
_NAMES = """
    (SELECT '{kind}' AS kind, owner.slug, owner.name,
        (array_agg(named.name ORDER BY {rank}, named.name <> owner.name, named.name))[1] AS found,
        min({rank}) AS rank
    FROM (
        SELECT id AS owner_id, name, sort_name FROM {table}
        UNION ALL SELECT {kind}_id, name, sort_name FROM {names}
    ) AS named
    JOIN {table} AS owner ON owner.id = named.owner_id AND owner.state = 'published'
    WHERE {named}
    GROUP BY owner.id
    ORDER BY rank, length(owner.name), owner.id
    LIMIT {limit})
"""
_EVENTS = """
    (SELECT 'event', event.slug, event.title, event.title, 1
    FROM events_event AS event
    WHERE event.id = ANY(ARRAY(SELECT events_titled(%s, {limit}))) AND event.state = 'published'
    ORDER BY event.sort_day DESC, event.id DESC
    LIMIT {limit})
"""


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
    def parameter(self) -> str:
        """The filter that takes it; none takes an event."""
        return "" if self.kind == "event" else self.kind


def suggest(typed: str) -> list[Suggestion]:
    """At most eight, in one query, or in two where nothing begins so."""
    words = split(typed)[:_WORDS]
    if sum(map(len, words)) < LEAST:
        return []
    found = _beginning(words) or (_alike(typed) if len(typed) > 3 else [])
    return found[:SHOWN]


def _beginning(words: list[str]) -> list[Suggestion]:
    # Names that begin with what is typed come before those that have it further on.
    rank = "CASE WHEN named.sort_name ~ ('^' || substr(name_pattern(%s), 3)) THEN 0 ELSE 1 END"
    named = " AND ".join([_BEGINNING] * len(words))
    parts: list[Any] = [words[0], words[0]]
    for word in words:
        parts += [word.isascii(), f"%{word.lower()}%", word]
    selects = _select(named, rank, 3)
    # Two letters begin a word of nearly every title.
    titled = " ".join(words) if max(map(len, words)) > LEAST else ""
    return _fetch([*selects, _EVENTS.format(limit=3)] if titled else selects, parts, titled)


def _alike(typed: str) -> list[Suggestion]:
    """Names with a part that is written much like what is typed."""
    rank = "sort_key(%s) <<-> named.sort_name"
    return _fetch(_select("sort_key(%s) <%% named.sort_name", rank, 4), [typed] * 3)


def _select(named: str, rank: str, limit: int) -> list[str]:
    return [
        _NAMES.format(kind=kind, table=table, names=names, named=named, rank=rank, limit=limit)
        for kind, table, names in (
            ("actor", "actors_actor", "actors_actorname"),
            ("location", "events_location", "events_locationname"),
        )
    ]


def _fetch(selects: list[str], of_names: list[Any], of_titles: str = "") -> list[Suggestion]:
    parameters = [*of_names, *of_names, *([of_titles] if of_titles else [])]
    rows = sorted(fetch(" UNION ALL ".join(selects), parameters), key=lambda row: row[-1])
    return [
        Suggestion(kind, slug, name, found if found != name else "")
        for kind, slug, name, found, _rank in rows
    ]
