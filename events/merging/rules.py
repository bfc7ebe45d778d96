"""Of each kind that is merged: the values that are chosen together, and what leads to a record."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, ActorName, Tenure
from events.models import (
    Citation,
    Claim,
    Event,
    EventLink,
    Location,
    LocationName,
    Participation,
    Position,
    Source,
    Statement,
)
from events.models.aspects import Aspect

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


@dataclass(frozen=True)
class Group:
    """Fields that are chosen together, because they say one thing. The first one says whether
    there is a value."""

    label: "StrOrPromise"
    fields: tuple[str, ...]
    # What a citation of it says that it is of.
    aspect: str = ""
    # The text of a claim with the value.
    claim: "StrOrPromise" = ""

    @property
    def name(self) -> str:
        return self.fields[0]


@dataclass(frozen=True)
class Relation:
    """Rows of `model` lead to the record by `field`."""

    model: type[Model]
    field: str
    label: "StrOrPromise"
    # What the name of a row is made of.
    related: tuple[str, ...] = ()
    # A field in which rows agree that say the same; empty: all rows of the other are looked at.
    shared: str = ""

    @property
    def column(self) -> str:
        return f"{self.field}_id"


_NOTE = Group(_("Note for readers"), ("note",), Aspect.NOTE)

GROUPS: dict[type[Model], tuple[Group, ...]] = {
    Actor: (
        Group(_("Name"), ("name",), Aspect.NAME),
        Group(_("Kind"), ("kind",), Aspect.KIND),
        Group(_("Part of"), ("part_of",)),
        Group(_("Country"), ("country",), Aspect.PLACE),
        Group(_("In short"), ("summary",)),
        _NOTE,
    ),
    Location: (
        Group(_("Name"), ("name",), Aspect.NAME),
        Group(_("Kind"), ("kind",), Aspect.KIND),
        Group(_("Lies in"), ("parent",), Aspect.PLACE),
        Group(_("Country"), ("country",)),
        Group(_("Coordinates"), ("latitude", "longitude", "precision"), Aspect.COORDINATES),
        _NOTE,
    ),
    Event: (
        Group(_("What happened"), ("title",), Aspect.TITLE, _("What happened is this: %(value)s.")),
        Group(
            _("When"), ("date", "date_basis", "date_reason"), Aspect.DATE, _("The date: %(value)s.")
        ),
        Group(_("Where"), ("location",), Aspect.PLACE, _("It happened here: %(value)s.")),
        Group(_("What kind"), ("kind",), Aspect.KIND, _("It was of this kind: %(value)s.")),
        Group(_("How sure"), ("standing", "standing_reason"), Aspect.STANDING),
        Group(_("In short"), ("summary",)),
        _NOTE,
    ),
    Source: (
        Group(_("Title"), ("title",)),
        Group(_("Kind"), ("kind",)),
        Group(_("Author"), ("author",)),
        Group(_("Publisher"), ("publisher",)),
        Group(_("Published"), ("date",)),
        Group(_("Language"), ("language",)),
        Group(_("Address"), ("url", "accessed_on")),
        Group(_("Archived address"), ("archived_url", "archived_on")),
        Group(_("Licence"), ("licence",)),
        Group(_("Note for readers"), ("note",)),
    ),
}
# Columns that no curator chooses: the identity of the record, and what is kept of it.
NOT_CHOSEN = {
    *("id", "uuid", "slug", "state", "internal_note", "created_at", "updated_at", "lineage"),
    *("published_at", "standing_since"),
}
# Of two rows that say the same: what one can say otherwise than the other. Notes are joined.
ROW_GROUPS: dict[type[Model], tuple[Group, ...]] = {
    Participation: (Group(_("only alleged"), ("is_alleged",)),),
    EventLink: (Group(_("basis"), ("basis",)),),
    Citation: (Group(_("how it was read"), ("access", "via")),),
    Tenure: (
        Group(_("body"), ("body",)),
        Group(_("how the beginning is known"), ("began_is",)),
        Group(_("end"), ("ended", "ended_is")),
    ),
}

RELATIONS: dict[type[Model], tuple[Relation, ...]] = {
    Actor: (
        Relation(ActorName, "actor", _("Other names")),
        Relation(Participation, "actor", _("Roles in events"), ("event", "role", "actor"), "event"),
        Relation(Statement, "speaker", _("Statements made"), ("speaker",)),
        Relation(
            Statement.audience.through,
            "actor",
            _("Statements made to it"),
            ("statement__speaker",),
            "statement",
        ),
        Relation(Tenure, "person", _("Offices held"), ("person", "body"), "office"),
        Relation(Tenure, "body", _("Offices of it"), ("person", "body")),
        Relation(Actor, "part_of", _("What is part of it")),
        Relation(Citation, "actor", _("Citations"), ("source",), "source"),
    ),
    Location: (
        Relation(LocationName, "location", _("Other names")),
        Relation(Event, "location", _("Events here")),
        Relation(Statement, "location", _("Statements made here"), ("speaker",)),
        Relation(Location, "parent", _("What lies in it")),
        Relation(Citation, "location", _("Citations"), ("source",), "source"),
    ),
    Event: (
        Relation(Participation, "event", _("Who took part"), ("role", "actor"), "actor"),
        Relation(Claim, "event", _("Claims and numbers")),
        Relation(Position, "event", _("Positions on it"), ("statement__speaker",), "statement"),
        Relation(Statement, "occasion", _("Statements made at it"), ("speaker",)),
        Relation(
            EventLink,
            "from_event",
            _("Links to other events and claims"),
            ("from_event", "to_event", "to_claim"),
        ),
        Relation(
            EventLink,
            "to_event",
            _("Links from other events"),
            ("from_event", "to_event"),
            "from_event",
        ),
        Relation(Citation, "event", _("Citations"), ("source",), "source"),
    ),
    Source: (
        Relation(Citation, "source", _("Citations"), ("source",), "locator"),
        Relation(Citation, "via", _("Citations found in it"), ("source",)),
    ),
}
# What leads to a record and goes with it: the standings that readers saw the event with, and a
# view.
LEFT_BEHIND = {"events.paststanding.event", "events.statementevent.event"}


def names_of(model: type[Model]) -> Relation | None:
    """The other names of a kind of record that has such."""
    return next(
        (each for each in RELATIONS[model] if each.model in (ActorName, LocationName)), None
    )


def columns_of(model: type[Model]) -> tuple[Any, ...]:
    """The fields of a row that are stored and not computed from others."""
    return tuple(field for field in model._meta.concrete_fields if not field.generated)
