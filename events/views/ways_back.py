"""The ways back from the pages of events and statements, which stand in relations too."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from actors.models import Actor
from config.lists.filtering import only
from config.lists.way_back import WayBack, lead_back, way_back
from events.filters.events import EventFilterSet
from events.filters.statements import StatementFilterSet
from events.models import Event, Statement
from events.relations.filters import RelationFilterSet
from events.relations.record import find_relation

# Names the two actors between whom the record was found.
BETWEEN = "between"


def name_relation(first: Actor, second: Actor) -> str:
    """What links to records between two actors carry beside the filters."""
    return urlencode({BETWEEN: [first.slug, second.slug]}, doseq=True)


def way_back_of_event(request: HttpRequest) -> WayBack:
    """To the timeline, or to the relation in which the event was found."""
    label = _("Back to the timeline")
    return _to_relation(request) or way_back(
        request, "events:event_list", label, EventFilterSet, Event.objects.all()
    )


def way_back_of_statement(request: HttpRequest) -> WayBack:
    """To the statements, or to the relation in which the statement was found."""
    label = _("Back to the statements")
    return _to_relation(request) or way_back(
        request, "statements:statement_list", label, StatementFilterSet, Statement.objects.all()
    )


def is_in_relation(request: HttpRequest) -> bool:
    """Whether the record was found between two actors, where other kinds of records stand too."""
    return BETWEEN in request.GET


def _to_relation(request: HttpRequest) -> WayBack | None:
    slugs = request.GET.getlist(BETWEEN)
    relation = find_relation(*slugs) if len(slugs) == 2 else None
    if relation is None:
        return None
    first, second = relation.first, relation.second
    path = reverse("relations:relation_detail", args=[first.slug, second.slug])
    label = _("Back to %(first)s and %(second)s") % {"first": first.name, "second": second.name}
    asked = only(request.GET, {*RelationFilterSet.base_filters, "page"})
    return lead_back(
        asked, path, label, lambda data: RelationFilterSet(data, first=first, second=second)
    )
