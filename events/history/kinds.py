"""The kinds of rows that history is kept of, and what leads from one to another."""

from functools import cache
from typing import Any

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RenameField
from django.db.models import ForeignKey, Model

from actors.models import Actor, ActorKind, ActorName, Country, CountryName, Tenure
from events.models import (
    Chronology,
    Citation,
    Claim,
    Event,
    EventLink,
    EventType,
    Location,
    LocationName,
    Participation,
    Position,
    Role,
    Scale,
    ScaleScore,
    Source,
    Statement,
)
from events.models.events import PastStanding

# What leads to others comes after these. The order in which rows are written again.
_MODELS: tuple[type[Model], ...] = (
    Chronology,
    Country,
    CountryName,
    ActorKind,
    EventType,
    Role,
    Scale,
    ScaleScore,
    Source,
    Actor,
    ActorName,
    Tenure,
    Location,
    LocationName,
    Event,
    PastStanding,
    Claim,
    Statement,
    Statement.audience.through,
    Participation,
    EventLink,
    Position,
    Citation,
)
KINDS: dict[str, type[Model]] = {str(model._meta.model_name): model for model in _MODELS}
# Of each kind the columns that lead to what its rows belong to, with the kind of that: as in
# events/sql/history.sql.
OWNERS: dict[str, dict[str, str]] = {
    "actorname": {"actor_id": "actor"},
    "citation": {
        "event_id": "event",
        "participation_id": "participation",
        "link_id": "eventlink",
        "claim_id": "claim",
        "statement_id": "statement",
        "position_id": "position",
        "tenure_id": "tenure",
        "actor_id": "actor",
        "location_id": "location",
        "actor_name_id": "actorname",
        "location_name_id": "locationname",
        "country_id": "country",
    },
    "claim": {"event_id": "event"},
    "countryname": {"country_id": "country"},
    "eventlink": {"from_event_id": "event"},
    "locationname": {"location_id": "location"},
    "participation": {"event_id": "event"},
    "paststanding": {"event_id": "event"},
    "position": {"statement_id": "statement", "claim_id": "claim", "event_id": "event"},
    "scalescore": {"scale_id": "scale", "kind_id": "eventtype"},
    "statement_audience": {"statement_id": "statement"},
    "tenure": {"person_id": "actor"},
}
# What has no page of its own in the admin, and is part of a record of this kind.
PARTS = {"paststanding": "event", "statement_audience": "statement"}


def columns_of(kind: str) -> dict[str, Any]:
    """The fields that history keeps, by the names of their columns."""
    return {
        str(field.column): field
        for field in KINDS[kind]._meta.concrete_fields
        if not field.generated and field.name != "lineage"
    }


def references_of(kind: str) -> dict[str, tuple[str, str]]:
    """Of each column that leads to a row: the kind of that row, and the column it is found by."""
    found = {}
    for column, field in columns_of(kind).items():
        if isinstance(field, ForeignKey):
            target = str(field.related_model._meta.model_name)
            found[column] = (target, str(field.target_field.column))
    return found


@cache
def renamed_columns() -> dict[str, dict[str, str]]:
    """The columns of each kind that a migration has renamed: how they are named now."""
    renamed: dict[str, dict[str, str]] = {}
    loader = MigrationLoader(None)
    for key in sorted(loader.disk_migrations):
        if key[0] not in ("actors", "events"):
            continue
        for operation in loader.disk_migrations[key].operations:
            if isinstance(operation, RenameField):
                _note(renamed.setdefault(operation.model_name_lower, {}), operation)
    return renamed


def _note(names: dict[str, str], operation: RenameField) -> None:
    for ending in ("", "_id"):
        old, new = f"{operation.old_name}{ending}", f"{operation.new_name}{ending}"
        for before, after in list(names.items()):
            if after == old:
                names[before] = new
        names[old] = new
