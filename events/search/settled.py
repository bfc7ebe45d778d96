"""What words find among events that are alike, as far as their profiles tell (`ProfileWords`)."""

from dataclasses import replace
from typing import Any

from config.rows import fetch
from events.known_dates import Sql
from events.search.query import Query, any_of

# Profiles of which it is known whether all their events answer to a query, or none can.
_JUDGED = """
    SELECT profile_id, {sure} AS is_sure, {may_be} AS may_be
    FROM events_profilewords AS words
    WHERE ever IS NOT NULL AND NOT EXISTS (
        SELECT FROM events_profilewords AS other
        WHERE other.profile_id = words.profile_id AND other.id <> words.id
    )
"""
_COUNTED = """
    WITH judged AS MATERIALIZED ({judged})
    SELECT coalesce(sum(number) FILTER (WHERE is_sure), 0),
        coalesce(sum(number) FILTER (WHERE (is_sure OR NOT may_be) IS NOT TRUE), 0)
    FROM events_spantally LEFT JOIN judged USING (profile_id)
"""


def judged(query: Query) -> Sql:
    """As SQL: `profile_id`, whether all its events answer to the query, and whether any may."""
    sure, of_sure = _answers(query, "always", "ever")
    may_be, of_may_be = _answers(query, "ever", "always")
    return _JUDGED.format(sure=sure, may_be=may_be), [*of_sure, *of_may_be]


def count_settled(query: Query) -> tuple[int, int]:
    """How many events surely answer to it by their profiles, and of how many that is not known."""
    sql, values = judged(query)
    [(sure, unknown)] = fetch(_COUNTED.format(judged=sql), values)
    return int(sure), int(unknown)


def _answers(query: Query, wanted: str, excluded: str) -> Sql:
    """That a document answers to the query which has the words of the column `wanted`, and none
    but those of `excluded`."""
    alternatives, values = [], list[Any]()
    for terms in query.alternatives:
        asked = [term for term in terms if not term.is_excluded]
        others = [replace(term, is_excluded=False) for term in terms if term.is_excluded]
        conditions = ["TRUE"]
        if asked:
            # Words like "the" alone ask for nothing.
            codes = [term.code for term in asked]
            conditions.append(f"(numnode(search_query(%s)) = 0 OR {_has(wanted)})")
            values += [codes, codes]
        if others:
            conditions.append(f"NOT {_has(excluded)}")
            values.append(any_of(others))
        alternatives.append(" AND ".join(conditions))
    return f"({' OR '.join(alternatives)})", values


def _has(column: str) -> str:
    """Of a phrase that any may have, no more is known than its words."""
    query = "search_query(%s)"
    return f"{column} @@ {f'loosely({query})' if column == 'ever' else query}"
