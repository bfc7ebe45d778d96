"""Conditions on what a citation supports, whatever kind of record that is.

Each is asked row by row of the records of a page, not of all that a source supports.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.lookups import IsNull

from config.db.publication import State

if TYPE_CHECKING:
    from events.models.citations import Citation, CitationQuerySet

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


def _of_each_kind(condition: Callable[[str], Any]) -> Case:
    """The condition that is given for the kind of record that a citation supports."""
    cases = (When(**{f"{target}__isnull": False}, then=condition(target)) for target in TARGETS)
    return Case(*cases, default=False, output_field=BooleanField())


def is_public(citation: "type[Citation]") -> Case:
    """The public may see the record: what that is, each model's own `published` says."""

    def condition(target: str) -> Any:
        model: Any = citation._meta.get_field(target).related_model
        public = model.objects.published().filter(pk=OuterRef(target))
        # Asked of one record, where EXISTS might gather all that are public beforehand.
        return IsNull(Subquery(public.order_by().values("pk")), False)

    return _of_each_kind(condition)


# By what a record that has no state of its own is hidden.
_OWNERS = {
    "participation": "event",
    "link": "from_event",
    "position": "statement",
    "tenure": "person",
    "actor_name": "actor",
    "location_name": "location",
}


def _citations_of(rows: QuerySet[Any]) -> Any:
    """Of each row."""
    cited: Any = rows.model._meta.get_field("citations")
    return cited.related_model._default_manager.filter(**{cited.field.name: OuterRef("pk")})


def uncited_in_public(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of which readers are told that no source is recorded."""
    public: Any = rows
    found: QuerySet[Any] = public.published()
    citations = _citations_of(rows)
    sources: Any = citations.model._meta.get_field("source").related_model
    # Without what is hidden, which is little: the sources of all citations would have to be joined.
    hidden = sources.objects.exclude(state=State.PUBLISHED).order_by().values("pk")
    return found.exclude(Exists(citations.exclude(source__in=hidden)))


def uncited_in_drafts(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those that no source is recorded of, and that the public may not see yet."""
    model: Any = rows.model
    owner = _OWNERS.get(target_of(model()), "")
    state = f"{owner}__state" if owner else "state"
    public = model._default_manager.all().published().order_by().values("pk")
    uncited = rows.exclude(Exists(_citations_of(rows))).exclude(pk__in=public)
    return uncited.exclude(**{state: State.WITHDRAWN})


def is_first(rows: "CitationQuerySet") -> Case:
    """None of these rows, in the same source, supports the record earlier."""
    place = OuterRef("sort_locator")
    is_earlier = Q(sort_locator__lt=place) | Q(sort_locator=place, pk__lt=OuterRef("pk"))
    earlier = rows.filter(is_earlier, source=OuterRef("source"))
    return _of_each_kind(lambda target: ~Exists(earlier.filter(**{target: OuterRef(target)})))


def is_sole(citation: "type[Citation]") -> Case:
    """No other source that the public may read supports the record."""
    others = citation.objects.published().exclude(source=OuterRef("source"))
    return _of_each_kind(lambda target: ~Exists(others.filter(**{target: OuterRef(target)})))
