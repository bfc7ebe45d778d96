"""What records need, by kind and name: each a filter of the kind's list in the admin."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from actors.models import Actor, ActorName, Tenure
from config.admin.needs import Need, NeedsFilter, needs_filter
from config.db.publication import State
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
from events.models.support import uncited_in_drafts, uncited_in_public

Rows = QuerySet[Any]
# What readers are told is in no source. Of countries the program brings what is cited.
FACTS: tuple[type[Model], ...] = (
    Event,
    Participation,
    EventLink,
    Claim,
    Statement,
    Position,
    Tenure,
    Actor,
    ActorName,
    Location,
    LocationName,
)
_PUBLISHED = State.PUBLISHED


def asks(name: str) -> Callable[[Rows], Rows]:
    """A condition that stands in the QuerySet of the model."""

    def find(rows: Rows) -> Rows:
        found: Rows = getattr(rows, name)()
        return found

    return find


def drafts_used(uses: Callable[[], list[Rows]], rows: Rows) -> Rows:
    """Drafts that one of the `uses` leads to; each of these is a subquery of OuterRef("pk")."""
    used = Q()
    for use in uses():
        used |= Q(Exists(use))
    return rows.filter(used, state=State.DRAFT)


def _uses_of_actors() -> list[Rows]:
    """A part in an event, a statement, an office of it, and what is part of it."""
    return [
        Participation.objects.filter(actor=OuterRef("pk"), event__state=_PUBLISHED),
        Statement.objects.filter(speaker=OuterRef("pk"), state=_PUBLISHED),
        Tenure.objects.filter(body=OuterRef("pk"), person__state=_PUBLISHED),
        Actor.objects.filter(part_of=OuterRef("pk"), state=_PUBLISHED),
    ]


def _uses_of_locations() -> list[Rows]:
    return [
        Event.objects.filter(location=OuterRef("pk"), state=_PUBLISHED),
        Statement.objects.filter(location=OuterRef("pk"), state=_PUBLISHED),
        Location.objects.filter(parent=OuterRef("pk"), state=_PUBLISHED),
    ]


def _uses_of_sources() -> list[Rows]:
    cited = Citation.objects.filter(source=OuterRef("pk"))
    paths = ["event", "claim", "statement", "actor", "location", "participation__event"]
    paths += ["position__statement", "link__from_event", "tenure__person"]
    return [cited.filter(**{f"{path}__state": _PUBLISHED}) for path in paths]


def _uses_of_claims() -> list[Rows]:
    return [
        Position.objects.filter(claim=OuterRef("pk"), statement__state=_PUBLISHED),
        EventLink.objects.filter(to_claim=OuterRef("pk"), from_event__state=_PUBLISHED),
    ]


def _uses_of_events() -> list[Rows]:
    return [
        Position.objects.filter(event=OuterRef("pk"), statement__state=_PUBLISHED),
        EventLink.objects.filter(to_event=OuterRef("pk"), from_event__state=_PUBLISHED),
        Claim.objects.filter(event=OuterRef("pk"), state=_PUBLISHED),
    ]


def _uses_of_statements() -> list[Rows]:
    return [Position.objects.filter(answered=OuterRef("pk"), statement__state=_PUBLISHED)]


_UNCITED = {
    "uncited-public": Need(gettext_lazy("no source recorded, and published"), uncited_in_public),
    "uncited-draft": Need(gettext_lazy("no source recorded, in drafts"), uncited_in_drafts),
}
_USES = {
    Actor: _uses_of_actors,
    Location: _uses_of_locations,
    Source: _uses_of_sources,
    Claim: _uses_of_claims,
    Event: _uses_of_events,
    Statement: _uses_of_statements,
}
_OWN: dict[type[Model], dict[str, Need]] = {
    Event: {
        "one-source": Need(gettext_lazy("in one source only"), asks("with_one_source")),
        "place": Need(gettext_lazy("without a place"), asks("without_place")),
        "date": Need(gettext_lazy("without a date"), asks("without_date")),
    },
    Statement: {"position": Need(gettext_lazy("without a position"), asks("without_position"))},
    Source: {
        "address": Need(gettext_lazy("without an address or a copy"), asks("without_address"))
    },
    Actor: {"double": Need(gettext_lazy("named like another"), asks("namesakes"))},
    Location: {"double": Need(gettext_lazy("named like another"), asks("namesakes"))},
    EventLink: {"impossible": Need(gettext_lazy("before its cause"), asks("impossible"))},
    Tenure: {"impossible": Need(gettext_lazy("ended before it began"), asks("impossible"))},
}


def needs_of(model: type[Model]) -> dict[str, Need]:
    """By the value of the parameter `needs`."""
    needs = dict(_UNCITED) if model in FACTS else {}
    if model in _USES:
        label = gettext_lazy("draft that published records use")
        needs["publishing"] = Need(label, partial(drafts_used, _USES[model]))
    return needs | _OWN.get(model, {})


def filter_of(model: type[Model]) -> type[NeedsFilter]:
    """For the list of the kind."""
    return needs_filter(model, needs_of(model))
