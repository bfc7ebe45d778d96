from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy

from events.api.citations import CITATIONS, Found, citations_field, citations_of
from events.api.following import FollowedFilterSet
from events.api.resources import Batch, Field, Resource, Schema, in_order
from events.api.schemas import (
    NAMED,
    SLUG_OR_NULL,
    TEXT,
    UUID_TEXT,
    address_fields,
    column,
    date_fields,
    many,
    named,
    nullable,
    record,
    word,
)
from events.filters.statements import StatementFilterSet
from events.models import Position, Statement
from events.models.changes import with_times
from events.models.statements import StatementQuerySet

NUMBER_OF_STATEMENT: Schema = {"type": "integer", "minimum": 1}


class _Filters(FollowedFilterSet, StatementFilterSet):
    pass


def rows() -> StatementQuerySet:
    return with_times(Statement.objects.published().for_list().with_positions())


class StatementBatch(Batch):
    @cached_property
    def citations(self) -> Found:
        positions = [position.pk for row in self.rows for position in row.positions.all()]
        return citations_of(statement=self.keys, position=positions)


def _position(batch: StatementBatch, position: Position) -> dict[str, Any]:
    return {
        "uuid": str(position.uuid),
        "stance": position.stance,
        "claim": position.claim.slug if position.claim else None,
        "event": position.event.slug if position.event else None,
        "statement": position.answered_id,
        "citations": batch.citations.get(("position", position.pk), []),
    }


def _positions(batch: StatementBatch, row: Statement) -> list[dict[str, Any]]:
    return [_position(batch, position) for position in row.positions.all()]


_POSITION = record(
    uuid=UUID_TEXT,
    stance=word(Position.Stance.choices),
    claim=SLUG_OR_NULL,
    event=SLUG_OR_NULL,
    statement=nullable(NUMBER_OF_STATEMENT),
    citations=CITATIONS,
)
STATEMENTS = Resource(
    name="statements",
    singular="statement",
    description=gettext_lazy(
        "What an actor said, when, where and to whom, and where it stands by it."
    ),
    filters=_Filters,
    rows=rows,
    listed=in_order("-sort_day", "-pk"),
    batch=StatementBatch,
    key="id",
    fields={
        **column("id", NUMBER_OF_STATEMENT, gettext_lazy("Its number in addresses.")),
        "speaker": Field(
            NAMED, gettext_lazy("Who said it."), lambda batch, row: named(row.speaker)
        ),
        **date_fields(lambda row: row.when, gettext_lazy("When it was said.")),
        **column(
            "date_basis", word(Statement.DateBasis.choices), gettext_lazy("How the date is known.")
        ),
        **column("date_reason", TEXT, gettext_lazy("From what an inferred date is inferred.")),
        "location": Field(
            nullable(NAMED),
            gettext_lazy("Where it was said; null where not given."),
            lambda batch, row: named(row.location),
        ),
        "occasion": Field(
            nullable(NAMED),
            gettext_lazy("The event at which it was said, not the one it is about."),
            lambda batch, row: named(row.occasion),
        ),
        "audience": Field(
            many(NAMED),
            gettext_lazy("To whom."),
            lambda batch, row: [named(actor) for actor in row.audience.all()],
        ),
        **column("paraphrase", TEXT, gettext_lazy("What was said, in the editors’ words.")),
        **column(
            "quote",
            TEXT,
            gettext_lazy("The speaker’s own words, short; empty where none are kept."),
        ),
        **column("note", TEXT, gettext_lazy("The curators’ note.")),
        "positions": Field(
            many(_POSITION),
            gettext_lazy(
                "What it asserts, denies, calls for …: each stance on one claim, one event or one "
                "other statement."
            ),
            _positions,
        ),
        **citations_field("statement"),
        **address_fields("statements", "id"),
    },
)
