"""Conditions on what a citation supports, whatever kind of record that is.

As SQL, because each is a CASE over twelve tables that is asked row by row: of the fifty records of
a page, not of all that a source supports. Scalar subqueries, which the planner leaves as they are.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Model
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from events.models.citations import Citation

# What a citation can support, and under which name its natural key leads there.
TARGETS = (
    "event",
    "participation",
    "link",
    "claim",
    "statement",
    "position",
    "tenure",
    "actor",
    "location",
    "actor_name",
    "location_name",
    "country",
)
# Where a citation calls a record otherwise than its model is called.
_CALLED = {"eventlink": "link", "actorname": "actor_name", "locationname": "location_name"}


def target_of(record: Model) -> str:
    """What a citation calls this kind of record."""
    name = str(record._meta.model_name)
    return _CALLED.get(name, name)


def _of_each_target(condition: Callable[[str], str]) -> str:
    cases = (f"WHEN events_citation.{t}_id IS NOT NULL THEN {condition(t)}" for t in TARGETS)
    return f"CASE {' '.join(cases)} ELSE false END"


def _condition(sql: str, parameters: list[Any]) -> RawSQL:
    return RawSQL(sql, parameters, output_field=BooleanField())  # noqa: S611


@cache
def _public(citation: "type[Citation]") -> tuple[str, list[Any]]:
    """What is published is what each model's own `published` says."""
    parameters: list[Any] = []

    def condition(target: str) -> str:
        model: Any = citation._meta.get_field(target).related_model
        sql, values = model.objects.published().order_by().values("pk").query.sql_with_params()
        parameters.extend(values)
        return f"(SELECT true FROM ({sql}) AS public WHERE pk = events_citation.{target}_id)"  # noqa: S608

    return _of_each_target(condition), parameters


def is_public(citation: "type[Citation]") -> RawSQL:
    return _condition(*_public(citation))


def _first(target: str) -> str:
    return f"""(
        SELECT true FROM events_citation AS earlier
        WHERE earlier.{target}_id = events_citation.{target}_id
            AND earlier.source_id = events_citation.source_id
            AND (earlier.sort_locator, earlier.id)
                < (events_citation.sort_locator, events_citation.id)
            AND earlier.access LIKE %s
        LIMIT 1
    ) IS NULL"""  # noqa: S608


def _sole(target: str) -> str:
    return f"""(
        SELECT true FROM events_citation AS other
        JOIN events_source AS source ON source.id = other.source_id
        WHERE other.{target}_id = events_citation.{target}_id
            AND other.source_id <> events_citation.source_id AND source.state = 'published'
        LIMIT 1
    ) IS NULL"""  # noqa: S608


_FIRST = _of_each_target(_first)
_SOLE = _of_each_target(_sole)


def is_first(access: str) -> RawSQL:
    """Nothing in the same source, read in this way or (for "") any, supports the record earlier."""
    return _condition(_FIRST, [access or "%"] * len(TARGETS))


def is_sole() -> RawSQL:
    """No other source that the public may read supports the record."""
    return _condition(_SOLE, [])
