"""Where the words of a search stand in the rows of a page."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from events.models import Event
from events.search.query import Query, Term, any_of

# As the database's `spaced` has them.
_SEPARATORS = re.compile(
    r"""([\s\-\u2010-\u2015_./\\:;,!?@#&%+*=<>|~^"“”„«»\u2039›()\[\]{}…،؛؟·•]+)"""
)

LENGTH = 45  # words of a fragment
SAID = 2  # claims and statements shown of one event
# Every text of some events that search reads and that holds a word asked for, with those words.
# Statements are looked through only where the document says that one of them holds it.
_MATCHES = """
    WITH asked AS MATERIALIZED (
        SELECT search_query(%(codes)s) AS query, ARRAY(
            SELECT unnest(tsvector_to_array(to_tsvector('public.chancery', word)
                || name_vector(word)))
            FROM unnest(%(words)s::text[]) AS typed,
                string_to_table(search_text(typed), ' ') AS word
            WHERE numnode(search_term(word, false)) > 0
        ) AS lexemes
    ), shown AS MATERIALIZED (
        SELECT event.id, event.title, event.summary, event.location_id,
            ts_filter(found.document, '{d}') @@ asked.query AS is_said
        FROM asked, events_event AS event
        JOIN events_eventsearch AS found ON found.event_id = event.id
        WHERE event.id = ANY(%(events)s)
    ), texts (event_id, kind, by, text) AS (
        SELECT id, 'title', '', title FROM shown
        UNION ALL
        SELECT id, 'summary', '', summary FROM shown
        UNION ALL
        SELECT shown.id, 'name', '', name.name
        FROM shown
        JOIN events_participation AS taking ON taking.event_id = shown.id
        JOIN actors_actor AS actor ON actor.id = taking.actor_id AND actor.state = 'published'
        CROSS JOIN LATERAL (
            SELECT actor.name UNION SELECT name FROM actors_actorname WHERE actor_id = actor.id
        ) AS name
        UNION ALL
        SELECT shown.id, 'name', '', name.name
        FROM shown
        JOIN events_location AS place
            ON place.id = shown.location_id AND place.state = 'published'
        JOIN events_location AS around
            ON around.id = ANY(place.lineage) AND around.state = 'published'
        CROSS JOIN LATERAL (
            SELECT around.name
            UNION SELECT name FROM events_locationname WHERE location_id = around.id
        ) AS name
        UNION ALL
        SELECT shown.id, 'said', '', claim.text
        FROM shown
        JOIN events_claim AS claim ON claim.event_id = shown.id AND claim.state = 'published'
        WHERE shown.is_said
        UNION ALL
        SELECT about.event_id, 'said', speaker.name, concat_ws(' ', statement.paraphrase,
            CASE WHEN statement.quote <> '' THEN '“' || statement.quote || '”' END)
        FROM statements_about(ARRAY(SELECT id FROM shown WHERE is_said)) AS about
        JOIN events_statement AS statement
            ON statement.id = about.statement_id AND statement.state = 'published'
        JOIN actors_actor AS speaker
            ON speaker.id = statement.speaker_id AND speaker.state = 'published'
    ), parts AS MATERIALIZED (
        SELECT texts.*, words_of(text) AS word FROM texts
    ), hits AS MATERIALIZED (
        SELECT word, coalesce(stem[1], read) AS stem
        FROM (SELECT DISTINCT word FROM parts) AS words
        CROSS JOIN LATERAL search_text(word) AS read
        CROSS JOIN LATERAL ts_lexize('english_stem', read) AS stem
        WHERE (SELECT lexemes FROM asked) && (stem || ARRAY[read, singular(read)])
    )
    SELECT event_id, kind, by, text, array_agg(DISTINCT word), array_agg(DISTINCT stem)
    FROM parts JOIN hits USING (word)
    GROUP BY event_id, kind, by, text
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim about an event or, with a speaker, a statement."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """What else of an event holds a word that was searched for."""

    names: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


class Snippets:
    """The words that a search found on one page, and the texts around them, event by event."""

    def __init__(self, events: Iterable[Event], query: Query | None) -> None:
        self.words: set[str] = set()
        self.lines: dict[int, Lines] = defaultdict(Lines)
        self._shown = {event.pk: _names_shown(event) for event in events}
        if query and query.wanted and self._shown:
            self._read(query)

    def pieces(self, text: str) -> list[tuple[str, bool]]:
        """The text in parts, and whether each is a word that was searched for."""
        return [
            (part, unicodedata.normalize("NFKC", part) in self.words)
            for part in _SEPARATORS.split(text)
            if part
        ]

    def fragment(self, text: str) -> list[tuple[str, bool]]:
        """As `pieces`, but of a long text only what stands around the first word found."""
        pieces = self.pieces(text)
        words = [place for place, (part, _) in enumerate(pieces) if not _SEPARATORS.match(part)]
        first = next((n for n, place in enumerate(words) if pieces[place][1]), 0)
        start = max(0, min(first - LENGTH // 3, len(words) - LENGTH))
        end = start + LENGTH
        before = [("… ", False)] if start else []
        after = [(" …", False)] if end < len(words) else []
        last = words[end - 1] + 1 if after else len(pieces)
        return [*before, *pieces[words[start] if start else 0 : last], *after]

    def _read(self, query: Query) -> None:
        covered: dict[int, set[str]] = defaultdict(set)
        for match in sorted(_fetch(list(self._shown), query), key=self._place):
            self.words.update(match.words)
            is_shown = self._place(match)[0] == 0
            # What the row shows of a word anyway needs no line of its own.
            if not is_shown and not covered[match.event].issuperset(match.stems):
                self._add(match)
            covered[match.event].update(match.stems)

    def _place(self, match: "_Match") -> tuple[int, str, str]:
        """What the row shows anyway comes first, then names, then what was said."""
        if match.kind == "name":
            number = 0 if match.text in self._shown[match.event] else 1
        else:
            number = 2 if match.kind == "said" else 0
        return number, match.by, match.text

    def _add(self, match: "_Match") -> None:
        lines = self.lines[match.event]
        if match.kind == "name":
            lines.names.append(match.text)
        elif len(lines.said) < SAID:
            lines.said.append(Said(match.by, match.text))


@dataclass(frozen=True, slots=True)
class _Match:
    """A text of an event, the words in it that were found, as they stand there and as stems."""

    event: int
    kind: str
    by: str
    text: str
    words: list[str]
    stems: list[str]


def _names_shown(event: Event) -> set[str]:
    """What a row of the timeline shows of names anyway."""
    names = {row.actor.name for row in event.shown_participations}
    return names | ({event.place.name} if event.place else set())


def _fetch(events: list[int], query: Query) -> list[_Match]:
    words = [term.text for term in query.wanted]
    codes = any_of([Term(word) for text in words for word in split(text)])
    with connection.cursor() as cursor:
        cursor.execute(_MATCHES, {"events": events, "codes": codes, "words": words})
        return [_Match(*row) for row in cursor]


def split(text: str) -> list[str]:
    """The words of a text, as the database's words_of splits it."""
    parts = _SEPARATORS.split(unicodedata.normalize("NFKC", text))
    return [part for part in parts[::2] if part]
