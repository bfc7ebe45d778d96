from collections import defaultdict
from functools import cached_property

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from events.api.citations import Found, citations_field, citations_of
from events.api.following import FollowedFilterSet
from events.api.resources import Batch, Field, Resource, in_order
from events.api.schemas import (
    BOOLEAN,
    NAMED,
    NUMBER_OR_NULL,
    SLUG_TEXT,
    TEXT,
    address_fields,
    column,
    named,
    nullable,
    word,
)
from events.filters.statements import ClaimFilterSet
from events.models import Claim, Position
from events.models.changes import with_times
from events.models.claims import ClaimQuerySet


class _Filters(FollowedFilterSet, ClaimFilterSet):
    pass


def rows() -> ClaimQuerySet:
    return with_times(Claim.objects.published().for_list())


class ClaimBatch(Batch):
    @cached_property
    def citations(self) -> Found:
        return citations_of(claim=self.keys)

    @cached_property
    def stances(self) -> dict[int, dict[str, int]]:
        """How many public statements take which stance on each claim."""
        positions = Position.objects.published().filter(claim__in=self.keys)
        counted = positions.order_by("stance").values_list("claim", "stance").annotate(Count("pk"))
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for claim, stance, number in counted:
            found[claim][stance] = number
        return found


def _number(name: str, description: str | Promise) -> dict[str, Field]:
    def number(batch: ClaimBatch, row: Claim) -> int | float | None:
        value = getattr(row, name)
        if value is None:
            return None
        return int(value) if value == value.to_integral_value() else float(value)

    return {name: Field(NUMBER_OR_NULL, description, number)}


CLAIMS = Resource(
    name="claims",
    singular="claim",
    description=gettext_lazy("Propositions and numbers on which actors take positions."),
    filters=_Filters,
    rows=rows,
    listed=in_order("pk"),
    batch=ClaimBatch,
    fields={
        **column("slug", SLUG_TEXT, gettext_lazy("Its name in addresses.")),
        "event": Field(
            nullable(NAMED),
            gettext_lazy("The event that it is about; null for none."),
            lambda batch, row: named(row.event),
        ),
        **column(
            "kind",
            word(Claim.Kind.choices),
            gettext_lazy("A proposition, or a number with its unit."),
        ),
        **column("text", TEXT, gettext_lazy("The claim as a neutral sentence.")),
        **_number("low", gettext_lazy("The low end of a number; null for a proposition.")),
        **_number("high", gettext_lazy("The high end; the same for a single number.")),
        **column("unit", TEXT, gettext_lazy("What is counted or measured.")),
        **column("is_approximate", BOOLEAN, gettext_lazy("Whether the source says “about”.")),
        **column("number_in_words", TEXT, gettext_lazy("The number as it was claimed.")),
        "stances": Field(
            {
                "type": "object",
                "propertyNames": word(Position.Stance.choices),
                "additionalProperties": {"type": "integer", "minimum": 1},
            },
            gettext_lazy(
                "How many statements take which stance on it; /api/statements?claim=… has them."
            ),
            lambda batch, row: batch.stances.get(row.pk, {}),
        ),
        **column("note", TEXT, gettext_lazy("The curators’ note.")),
        **citations_field("claim"),
        **address_fields("claims", has_page=False),
    },
)
