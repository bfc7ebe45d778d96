"""What words find among events that are alike, as far as their profiles tell (`ProfileWords`)."""

from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, ExpressionWrapper, Q, Value, When
from django.db.models.expressions import RawSQL

from events.known_dates import Sql
from events.search.query import WEIGHTS, Query, TextQuery, answers_to, any_of

# So many events that surely answer to a search are worth counting by their profiles.
SETTLED = 10_000
# What a row tells of its profile, which has no other row.
_TELLS = """
    ever IS NOT NULL AND NOT EXISTS (
        SELECT FROM events_profilewords AS other
        WHERE other.profile_id = words.profile_id AND other.id <> words.id
    )
"""
# Profiles of which it is known whether all their events answer to a query, or none can, or all but
# those that have what it excludes.
_JUDGED = f"""
    SELECT profile_id, is_sure, may_be, may_be AND NOT is_sure AND has_wanted AS all_but, relevance
    FROM (
        SELECT profile_id, {{sure}} AS is_sure, {{may_be}} AS may_be, {{wanted}} AS has_wanted,
            {{rank}} AS relevance
        FROM events_profilewords AS words WHERE {_TELLS}
    ) AS words
"""
# As `relevance` of each event; NULL where they may differ.
_RANK = """
    CASE WHEN NOT unlike @@ any_word_of(search_query(%s))
    THEN ts_rank(%s::float4[], alike, search_query(%s))::double precision END
"""
_COUNTED = """
    WITH judged AS MATERIALIZED ({judged})
    SELECT ARRAY[
        coalesce(sum(number) FILTER (WHERE is_sure), 0),
        coalesce(sum(number) FILTER (WHERE (NOT may_be OR is_sure OR all_but) IS NOT TRUE), 0),
        coalesce(sum(number) FILTER (WHERE all_but), 0),
        coalesce(sum(number) FILTER (WHERE (NOT may_be OR relevance >= 0) IS NOT TRUE), 0)
    ]::bigint[] AS told
    FROM events_spantally LEFT JOIN judged USING (profile_id)
"""
# That all events of some profile have the words of one query.
ANY_TOLD = f"""
    EXISTS (
        SELECT FROM events_profilewords AS words
        WHERE always @@ search_query(%s) AND {_TELLS} AND EXISTS (
            SELECT FROM events_eventfacts AS facts WHERE facts.profile_id = words.profile_id
        )
    )
"""


class Told(NamedTuple):
    """How many events surely answer to a query by their profiles; of how many that is not known;
    how many answer, but for those of them that have what it excludes; and of how many that may
    answer it is not known how well."""

    sure: int
    unknown: int
    all_but: int
    unranked: int

    @property
    def is_enough(self) -> bool:
        """Whether it is worth to ask profiles first."""
        return self.sure + self.all_but >= max(self.unknown, SETTLED)


def judged(query: Query, *, are_ranked: bool = False) -> Sql:
    """As SQL: `profile_id`, whether all its events answer to the query, whether any may, whether
    some do not, but only those that are `excluded`, and how well each does, if they are ranked and
    all do alike."""
    sure, of_sure = _answers(query, "always", "ever")
    may_be, of_may_be = _answers(query, "ever", "always")
    wanted, of_wanted = "FALSE", list[Any]()
    if query.excluded:
        wanted, of_wanted = _answers(Query((tuple(query.wanted),)), "always", "ever")
    rank, of_rank = "NULL::double precision", list[Any]()
    if are_ranked:
        codes = query.ranked_by
        rank, of_rank = (_RANK, [codes, WEIGHTS, codes]) if codes else ("0.0", [])
    return (
        _JUDGED.format(sure=sure, may_be=may_be, wanted=wanted, rank=rank),
        [*of_sure, *of_may_be, *of_wanted, *of_rank],
    )


def inline(table: Sql) -> Sql:
    """`judged` where no statement around has it."""
    return f"({table[0]}) AS judged", table[1]


def count_told(query: Query) -> Sql:
    """As SQL: one row with an array, `told`, as `Told`."""
    sql, values = judged(query, are_ranked=True)
    return _COUNTED.format(judged=sql), values


def answers_as_told(query: Query, told: Sql) -> Case:
    """The condition on rows of a profile that have a `document`."""
    return Case(
        When(_are_told("profile_id", "is_sure", told), then=Value(True)),
        When(_are_told("profile_id", "NOT may_be", told), then=Value(False)),
        default=ExpressionWrapper(answers_to(query), output_field=BooleanField()),
    )


def answers_singly(query: Query) -> Case:
    """The condition on rows that have a `document`, of which few are left: the index of words is
    left alone, which would look for all that have them."""
    return Case(When(answers_to(query), then=Value(True)), default=Value(False))


def is_excluded(query: Query) -> Q:
    """The condition on rows that have a `document`, which keeps them from answering whatever else
    they have."""
    return Q(document=TextQuery(any_of(query.excluded)))


def are_not_told(told: Sql) -> Q:
    """The condition on profiles that their events may answer."""
    return ~Q(_are_told("id", "NOT may_be", told))


def _are_told(profile: str, what: str, told: Sql) -> RawSQL:
    table, values = told
    among = f"SELECT profile_id FROM {table} WHERE {what}"
    return RawSQL(f"({profile} IN ({among})) IS TRUE", values, BooleanField())


def _answers(query: Query, wanted: str, excluded: str) -> Sql:
    """That a document answers to the query which has the words of the column `wanted`, and none
    but those of `excluded`."""
    alternatives, values = [], list[Any]()
    for terms in query.alternatives:
        asked = [term for term in terms if not term.is_excluded]
        others = [term.included for term in terms if term.is_excluded]
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
