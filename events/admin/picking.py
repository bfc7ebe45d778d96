"""What pickers say of records beside their names, and the drafts that they make."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Actor, ActorKind, ActorName, Country
from config import rights
from config.admin.picking.addresses import PickedAdmin
from config.admin.picking.options import Part
from config.edtf.dates import parse
from events.admin.current_source import current_source
from events.models import (
    Citation,
    Claim,
    Event,
    EventType,
    Location,
    LocationName,
    Participation,
    Source,
    Statement,
)
from events.models.support import target_of

_NAMES = 3
_PATH = 5  # names in a path of places

# Kinds as value and name, one button each.


def actor_kinds() -> list[tuple[str, str]]:
    return list(ActorKind.objects.in_order().values_list("slug", "name"))


def location_kinds() -> list[tuple[str, str]]:
    return [(value, str(name)) for value, name in Location.Kind.choices]


def source_kinds() -> list[tuple[str, str]]:
    return [(value, str(name)) for value, name in Source.Kind.choices]


def _number(user: Any, model: type[Model], name: str) -> Subquery:
    """How many records of the kind lead to a row by the foreign key of this name."""
    rows = rights.seen(model._default_manager.order_by(), user)
    own = rows.filter(**{name: OuterRef("pk")})
    return Subquery(own.values(name).annotate(number=Count("pk")).values("number"))


def _names(rows: QuerySet[Any], name: str) -> ArraySubquery:
    own = rows.filter(**{name: OuterRef("pk")}).order_by("language", "sort_name")
    return ArraySubquery(own.values("name")[:_NAMES])


def _first_date(user: Any, name: str) -> Subquery:
    """The date of the first of the events that lead to a row by this path."""
    rows = rights.seen(Event.objects.all(), user)
    events = rows.filter(**{name: OuterRef("pk")}, earliest_on__isnull=False)
    return Subquery(events.order_by("earliest_on", "pk").values("date")[:1])


def _isolated(name: object) -> str:
    """For a line of text: a name in its own direction, whatever that of the line is."""
    return f"\u2068{name}\u2069"


def _also(names: list[str]) -> str:
    listed = ", ".join(f"“{_isolated(name)}”" for name in names)
    return _("also %(names)s") % {"names": listed} if names else ""


def _in_events(number: int | None, first: str | None) -> str:
    if not number:
        return ""
    if since := _month(first or ""):
        words = ngettext(
            "in %(number)d event, %(since)s", "in %(number)d events, from %(since)s", number
        )
        return words % {"number": number, "since": since}
    return ngettext("in %(number)d event", "in %(number)d events", number) % {"number": number}


def _month(date: str) -> str:
    """The month of a date, or the year where the month is not known."""
    read = parse(date) if date else None
    first, last = (read.earliest_on, read.latest_on) if read else (None, None)
    if first is None:
        return ""
    is_month = last is not None and (first.year, first.month) == (last.year, last.month)
    return date_format(first, "M Y") if is_month else str(first.year)


class CitesCurrentSource(PickedAdmin):
    """A model whose drafts cite the source that the curator cites from."""

    def source_for_drafts(self, request: HttpRequest) -> Source | None:
        return current_source(request)

    def cite_draft(self, request: HttpRequest, record: Model, source: Any, locator: str) -> None:
        if not request.user.has_perm("events.add_citation"):
            raise PermissionDenied
        target: dict[str, Any] = {target_of(record): record}
        citation = Citation(source=source, locator=locator, **target)
        citation.full_clean()
        citation.save()


class PickedActor(CitesCurrentSource):
    parts_of_drafts = ("actors.actorname", "events.citation")

    def for_picking(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        user = request.user
        annotated: QuerySet[Any] = rows.annotate(
            other_names=_names(ActorName.objects.all(), "actor"),
            events_taken_part_in=_number(user, Participation, "actor"),
            first_event=_first_date(user, "participations__actor"),
            statements_made=_number(user, Statement, "speaker"),
        )
        return annotated

    def facts(self, row: Any) -> list[str]:
        whole = _("part of %(name)s") % {"name": _isolated(row.part_of)} if row.part_of else ""
        country = str(row.country) if row.country else "" if whole else _("country not given")
        made = row.statements_made or 0
        statements = ngettext("%(number)d statement", "%(number)d statements", made)
        return [
            str(row.kind),
            whole,
            country,
            _also(row.other_names),
            _in_events(row.events_taken_part_in, row.first_event),
            statements % {"number": made} if made else "",
        ]

    def draft_kinds(self) -> list[tuple[str, str]]:
        return actor_kinds()

    def new_draft(self, name: str, kind: str, within: Any | None) -> Actor:
        return Actor(name=name, kind_id=kind)


class PickedLocation(CitesCurrentSource):
    parts_of_drafts = ("events.locationname", "events.citation")

    def for_picking(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        user = request.user
        annotated: QuerySet[Any] = rows.annotate(
            other_names=_names(LocationName.objects.all(), "location"),
            events_here=_number(user, Event, "location"),
            first_event=_first_date(user, "location"),
        )
        return annotated

    def facts(self, row: Any) -> list[str]:
        around = list(dict.fromkeys(str(one) for one in (row.parent, row.country) if one))
        inside = _("in %(names)s") % {"names": ", ".join(map(_isolated, around))} if around else ""
        return [
            row.get_kind_display(),
            inside or ("" if row.kind == Location.Kind.COUNTRY else _("country not given")),
            _also(row.other_names),
            _in_events(row.events_here, row.first_event),
        ]

    def draft_kinds(self) -> list[tuple[str, str]]:
        return location_kinds()

    def parts_of(self, request: HttpRequest, text: str) -> list[Part]:
        """Of "Camp X, Ouagadougou, Centre, Burkina Faso", the last name first. What lies in a place
        that is not here yet is not here either."""
        names = [name for name in (" ".join(n.split()) for n in text.split(",")) if name]
        if not 1 < len(names) <= _PATH:
            return [Part(text)]
        parts: list[Part] = []
        for name in reversed(names):
            within = parts[-1].row if parts else None
            is_known = not parts or within is not None
            parts.append(self._part(request, name, within) if is_known else Part(name))
        return parts

    def _part(self, request: HttpRequest, name: str, within: Any | None) -> Part:
        rows: Any = self.get_queryset(request)
        if within is not None:
            rows = rows.within([within]).exclude(pk=within.pk)
        found = rows.named(name)
        nearest = [row for row in found if within is not None and row.parent_id == within.pk]
        chosen = nearest if len(found) > 1 and len(nearest) == 1 else found
        if len(chosen) != 1:
            return Part(name, is_unclear=len(chosen) > 1)
        return Part(name, chosen[0], chosen[0].get_kind_display())

    def new_draft(self, name: str, kind: str, within: Any | None) -> Location:
        """In the country of the place that its path places it in."""
        country = within.country if within else None
        return Location(name=name, kind=kind, parent=within, country=country)


class PickedSource(PickedAdmin):
    def for_picking(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        user = request.user
        cited = _number(user, Citation, "source")
        annotated: QuerySet[Any] = rows.annotate(citations_of_it=cited)
        return annotated

    def facts(self, row: Any) -> list[str]:
        number = row.citations_of_it or 0
        cited = ngettext("cited once", "cited %(number)d times", number) % {"number": number}
        return [
            row.get_kind_display(),
            row.author,
            row.publisher,
            row.published_date.words if row.date else "",
            cited if number else "",
        ]

    def draft_kinds(self) -> list[tuple[str, str]]:
        return source_kinds()

    def new_draft(self, name: str, kind: str, within: Any | None) -> Source:
        return Source(title=name, kind=kind)


class PickedEvent(PickedAdmin):
    def facts(self, row: Event) -> list[str]:
        return [
            row.when.words if row.date else _("no date"),
            str(row.kind),
            str(row.location or ""),
        ]


class PickedEventType(PickedAdmin):
    def facts(self, row: EventType) -> list[str]:
        return [row.description]


class PickedCountry(PickedAdmin):
    def facts(self, row: Country) -> list[str]:
        return [row.iso3, row.existence]


class PickedClaim(PickedAdmin):
    def facts(self, row: Claim) -> list[str]:
        return [row.get_kind_display(), str(row.event or "")]


class PickedStatement(PickedAdmin):
    def facts(self, row: Statement) -> list[str]:
        return [row.when.words if row.date else _("no date")]
