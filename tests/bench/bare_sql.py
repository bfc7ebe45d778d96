"""The least that PostgreSQL must be asked for each page: the same rows, nothing kept, no HTML.

Written out whole, so that each can be put behind EXPLAIN. They ask the tables of records, not those
that the site derives for its own speed, and fetch what a page shows: rows with their actors and
citations, the number of all rows, and the facets country, actor and kind. (Our page counts more
facets beside those; that work is not counted here.)
"""

from dataclasses import dataclass, field
from typing import Any

from psycopg import Connection
from psycopg.rows import TupleRow

Row = tuple[Any, ...]
Session = Connection[TupleRow]

# Conditions on `event`; `%(…)s` are filled from Question.values.
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
# An actor with all that is part of it.
_WITH_ACTOR = """
    SELECT taking.event_id FROM events_participation AS taking
    JOIN actors_actor AS actor ON actor.id = taking.actor_id AND actor.state = 'published'
    WHERE actor.lineage @> ARRAY(SELECT id FROM actors_actor WHERE slug = %({name})s)
"""
WITH_BOTH_ACTORS = f"""event.id IN (
    {_WITH_ACTOR.format(name="first")} INTERSECT {_WITH_ACTOR.format(name="second")}
)"""
# A whole word of a title, a summary or an actor's name; no index helps.
WITH_WORD = r"""event.id IN (
    SELECT id FROM events_event
    WHERE title || ' ' || summary ILIKE '%%' || %(word)s || '%%'
        AND title || ' ' || summary ~* ('\m' || %(word)s || '\M')
    UNION
    SELECT taking.event_id FROM events_participation AS taking
    JOIN actors_actor AS actor ON actor.id = taking.actor_id AND actor.state = 'published'
    WHERE actor.name ~* ('\m' || %(word)s || '\M')
)"""

_ROWS = """
SELECT event.id, event.slug, event.title, event.date, event.standing, event.summary,
    kind.name, place.slug, place.name, country.iso3, country.name
FROM events_event AS event
JOIN events_eventtype AS kind ON kind.id = event.kind_id
LEFT JOIN events_location AS place ON place.id = event.location_id AND place.state = 'published'
LEFT JOIN actors_country AS country ON country.id = place.country_id
WHERE event.state = 'published' AND {after} AND {condition}
ORDER BY event.sort_day DESC, event.id DESC
LIMIT 50
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
    SELECT part, count(DISTINCT narrowed.id) AS number
    FROM narrowed
    JOIN events_participation AS taking ON taking.event_id = narrowed.id
    JOIN actors_actor AS actor ON actor.id = taking.actor_id AND actor.state = 'published'
    CROSS JOIN unnest(actor.lineage) AS part
    GROUP BY part
) AS counted
JOIN actors_actor AS actor ON actor.id = counted.part AND actor.state = 'published'
ORDER BY counted.number DESC, actor.name LIMIT 13)
UNION ALL
(SELECT 'kind', kind.slug, kind.name, counted.number
FROM (SELECT kind_id, count(*) AS number FROM narrowed GROUP BY kind_id) AS counted
JOIN events_eventtype AS kind ON kind.id = counted.kind_id
ORDER BY counted.number DESC, kind.name LIMIT 13)
"""


@dataclass(frozen=True)
class Question:
    """Which events; `after` is a place in the order, which moves no counts."""

    condition: str = "true"
    values: dict[str, Any] = field(default_factory=dict)
    after: tuple[int, int] | None = None


@dataclass(frozen=True)
class Page:
    """`counted` are the number of all rows and the facets: facet, value, label, number."""

    rows: list[Row]
    actors: list[Row]
    citations: list[Row]
    counted: list[Row]

    @property
    def slugs(self) -> list[str]:
        return [row[1] for row in self.rows]

    def numbers(self, facet: str) -> list[int]:
        """Of one facet, the largest first; `all` is the number of all rows."""
        return [row[3] for row in self.counted if row[0] == facet]


def page(session: Session, question: Question) -> Page:
    """A page of the timeline: four statements."""
    after, values = "true", dict(question.values)
    if question.after:
        after, values["sort_day"], values["id"] = _AFTER, *question.after
    rows = _fetch(session, _ROWS.format(after=after, condition=question.condition), values)
    events = {"events": [row[0] for row in rows]}
    return Page(
        rows,
        _fetch(session, _ACTORS, events),
        _fetch(session, _CITATIONS, events),
        _fetch(session, _COUNTED.format(condition=question.condition), question.values),
    )


def _fetch(session: Session, statement: str, values: dict[str, Any]) -> list[Row]:
    # The statements are the constants above; values go beside them.
    return session.execute(statement.encode(), values).fetchall()
