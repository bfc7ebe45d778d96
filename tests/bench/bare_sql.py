"""The least that PostgreSQL must be asked for each page: the same rows, nothing kept, no HTML.

Written out whole, so that each can be put behind EXPLAIN. They ask the tables of records, not those
that the site keeps for its own speed, and fetch what a page shows: rows with their actors and
citations, and, where the case has them, the number of all rows and the facets country, actor and
kind. (Our page counts places and standings beside those; that work is not counted here.)
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.rows import TupleRow

Row = tuple[Any, ...]
Session = Connection[TupleRow]

# Conditions on `event`; `%(…)s` are filled from Question.values.
EVERYTHING = "true"
IN_COUNTRY = """event.id IN (
    SELECT event.id FROM events_event AS event
    JOIN events_location AS place ON place.id = event.location_id AND place.state = 'published'
    JOIN actors_country AS country ON country.id = place.country_id
    WHERE country.iso3 = %(country)s
    UNION
    SELECT taking.event_id FROM events_participation AS taking
    JOIN actors_actor AS actor ON actor.id = taking.actor_id AND actor.state = 'published'
    JOIN actors_country AS country ON country.id = actor.country_id
    WHERE country.iso3 = %(country)s
)"""
WITH_BOTH_ACTORS = """event.id IN (
    SELECT taking.event_id FROM events_participation AS taking
    JOIN actors_actor AS actor ON actor.id = taking.actor_id AND actor.state = 'published'
    WHERE actor.slug = %(first)s
    INTERSECT
    SELECT taking.event_id FROM events_participation AS taking
    JOIN actors_actor AS actor ON actor.id = taking.actor_id AND actor.state = 'published'
    WHERE actor.slug = %(second)s
)"""
WITH_WORD = """event.id IN (
    SELECT event_id FROM events_eventfacts
    WHERE document @@ websearch_to_tsquery('public.chancery', %(word)s)
)"""
SINCE = "event.last_day >= %(day)s"

_ROWS = """
SELECT event.id, event.slug, event.title, event.date, event.standing, event.summary,
    kind.name, place.slug, place.name, country.iso3, country.name
FROM events_event AS event
JOIN events_eventtype AS kind ON kind.id = event.kind_id
LEFT JOIN events_location AS place ON place.id = event.location_id AND place.state = 'published'
LEFT JOIN actors_country AS country ON country.id = place.country_id
WHERE event.state = 'published' AND {after} AND {condition}
ORDER BY event.sort_day DESC, event.id DESC
LIMIT {limit}
"""
_AFTER = "(event.sort_day, event.id) < (%(sort_day)s, %(id)s)"
_ACTORS = """
SELECT taking.event_id, taking.role, taking.is_alleged, actor.slug, actor.name, country.iso3
FROM events_participation AS taking
JOIN actors_actor AS actor ON actor.id = taking.actor_id AND actor.state = 'published'
LEFT JOIN actors_country AS country ON country.id = actor.country_id
WHERE taking.event_id = ANY(%(events)s)
ORDER BY taking.id
"""
_CITATIONS = """
SELECT citation.event_id, citation.locator, source.slug, source.title
FROM events_citation AS citation
JOIN events_source AS source ON source.id = citation.source_id AND source.state = 'published'
WHERE citation.event_id = ANY(%(events)s)
ORDER BY source.sort_title, citation.locator, citation.id
"""
_COUNT = """
SELECT count(*) FROM events_event AS event WHERE event.state = 'published' AND {condition}
"""
# The narrowed events are found once, for their number and all facets.
_COUNTED = """
WITH narrowed AS MATERIALIZED (
    SELECT event.id, event.location_id, event.kind_id
    FROM events_event AS event WHERE event.state = 'published' AND {condition}
)
(SELECT 'all' AS facet, '' AS value, '' AS label, count(*) AS number FROM narrowed)
UNION ALL
(SELECT 'country', country.iso3, country.name, counted.number
FROM (
    SELECT pair.country_id, count(*) AS number
    FROM (
        SELECT narrowed.id, place.country_id
        FROM narrowed
        JOIN events_location AS place
            ON place.id = narrowed.location_id AND place.state = 'published'
        UNION
        SELECT narrowed.id, actor.country_id
        FROM narrowed
        JOIN events_participation AS taking ON taking.event_id = narrowed.id
        JOIN actors_actor AS actor ON actor.id = taking.actor_id AND actor.state = 'published'
    ) AS pair
    GROUP BY pair.country_id
) AS counted
JOIN actors_country AS country ON country.id = counted.country_id
ORDER BY counted.number DESC, country.name LIMIT 13)
UNION ALL
(SELECT 'actor', actor.slug, actor.name, counted.number
FROM (
    SELECT taking.actor_id, count(DISTINCT taking.event_id) AS number
    FROM narrowed JOIN events_participation AS taking ON taking.event_id = narrowed.id
    GROUP BY taking.actor_id
) AS counted
JOIN actors_actor AS actor ON actor.id = counted.actor_id AND actor.state = 'published'
ORDER BY counted.number DESC, actor.name LIMIT 13)
UNION ALL
(SELECT 'kind', kind.slug, kind.name, counted.number
FROM (SELECT kind_id, count(*) AS number FROM narrowed GROUP BY kind_id) AS counted
JOIN events_eventtype AS kind ON kind.id = counted.kind_id
ORDER BY counted.number DESC, kind.name LIMIT 13)
"""
_RECORD = """
SELECT event.id, event.slug, event.title, event.date, event.standing, event.standing_reason,
    event.summary, event.note, event.updated_at, kind.name, place.slug, place.name, place.latitude,
    place.longitude, country.iso3, country.name
FROM events_event AS event
JOIN events_eventtype AS kind ON kind.id = event.kind_id
LEFT JOIN events_location AS place ON place.id = event.location_id AND place.state = 'published'
LEFT JOIN actors_country AS country ON country.id = place.country_id
WHERE event.slug = %(slug)s AND event.state = 'published'
"""
_CLAIMS = """
SELECT claim.slug, claim.kind, claim.text, claim.low, claim.high, claim.unit, citation.locator,
    source.slug, source.title
FROM events_claim AS claim
JOIN events_citation AS citation ON citation.claim_id = claim.id
JOIN events_source AS source ON source.id = citation.source_id AND source.state = 'published'
WHERE claim.event_id = ANY(%(events)s) AND claim.state = 'published'
ORDER BY claim.kind, claim.id
"""
_PLACE_IN_ORDER = """
SELECT event.sort_day, event.id FROM events_event AS event WHERE event.state = 'published'
ORDER BY event.sort_day DESC, event.id DESC OFFSET %(offset)s LIMIT 1
"""


@dataclass(frozen=True)
class Question:
    """Which events, and whether the page also counts them. `after` is a place in the order."""

    condition: str = EVERYTHING
    values: dict[str, Any] = field(default_factory=dict)
    has_facets: bool = True
    after: tuple[int, int] | None = None


@dataclass(frozen=True)
class Page:
    """`counted` are the number of all rows and the facets: facet, value, label, number."""

    rows: list[Row]
    actors: list[Row]
    citations: list[Row]
    counted: list[Row] = field(default_factory=list)

    @property
    def slugs(self) -> list[str]:
        return [row[1] for row in self.rows]

    def numbers(self, facet: str) -> list[int]:
        """Of one facet, the largest first; `all` is the number of all rows."""
        return [row[3] for row in self.counted if row[0] == facet]


def page(session: Session, question: Question, limit: int = 50) -> Page:
    """A page of the timeline: three statements, and a fourth for the number of rows and facets."""
    rows = _rows(session, question, f"{limit:d}")
    events = {"events": [row[0] for row in rows]}
    actors, citations = _fetch(session, _ACTORS, events), _fetch(session, _CITATIONS, events)
    if not question.has_facets:
        return Page(rows, actors, citations)
    counted = _COUNTED.format(condition=question.condition)
    return Page(rows, actors, citations, _fetch(session, counted, question.values))


def everything(session: Session, question: Question) -> Page:
    """All rows of an export, with the actors and citations of each: three statements."""
    rows = _rows(session, question, "ALL")
    events = {"events": [row[0] for row in rows]}
    return Page(rows, _fetch(session, _ACTORS, events), _fetch(session, _CITATIONS, events))


def detail(session: Session, slug: str) -> list[Row]:
    """One event with its actors, citations and claims: four statements."""
    record = _fetch(session, _RECORD, {"slug": slug})
    events = {"events": [record[0][0]]}
    parts = [_fetch(session, each, events) for each in (_ACTORS, _CITATIONS, _CLAIMS)]
    return record + [row for part in parts for row in part]


def count(session: Session, question: Question) -> int:
    """How many events answer to the question, whatever page of them it asks for."""
    counted = _COUNT.format(condition=question.condition)
    number: int = _fetch(session, counted, question.values)[0][0]
    return number


def place_of_row(session: Session, number: int) -> tuple[int, int]:
    """The day and id of the row that is the `number`-th, newest first. Costs time; never timed."""
    sort_day, event = _fetch(session, _PLACE_IN_ORDER, {"offset": number - 1})[0]
    return sort_day, event


def slug_of_actor(session: Session, name: str) -> str:
    statement = "SELECT slug FROM actors_actor WHERE name = %(name)s"
    slug: str = _fetch(session, statement, {"name": name[:300]})[0][0]
    return slug


def slug_of_event(session: Session, event: int) -> str:
    statement = "SELECT slug FROM events_event WHERE id = %(id)s"
    slug: str = _fetch(session, statement, {"id": event})[0][0]
    return slug


def title_of_event(session: Session, event: int) -> str:
    statement = "SELECT title FROM events_event WHERE id = %(id)s"
    title: str = _fetch(session, statement, {"id": event})[0][0]
    return title


def since(day: date) -> Question:
    """What may have happened on that day or later."""
    return Question(SINCE, {"day": day.toordinal()}, has_facets=False)


def _rows(session: Session, question: Question, limit: str) -> list[Row]:
    after, values = "true", dict(question.values)
    if question.after:
        after, values["sort_day"], values["id"] = _AFTER, *question.after
    return _fetch(
        session, _ROWS.format(after=after, condition=question.condition, limit=limit), values
    )


def _fetch(session: Session, statement: str, values: dict[str, Any]) -> list[Row]:
    # The statements are the constants above; values go beside them.
    return session.execute(statement.encode(), values).fetchall()
