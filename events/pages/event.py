"""Everything recorded about one event."""

from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet

from actors.models import Actor
from actors.offices import Offices
from config.db.publication import State
from events.index.current import current_state
from events.models import (
    Citation,
    Claim,
    Event,
    EventLink,
    Location,
    Participation,
    PastStanding,
    Position,
    Statement,
)
from events.pages.around import read_around
from events.pages.matrix import Matrix, build_matrix
from events.pages.references import References, keys_of, read_cited
from events.pages.related import RelatedEvents, relate
from events.pages.says import Says, arrange


class EventRecord:
    """What the public may see of an event, read as it is asked for.

    The number of queries does not depend on the number of rows.
    """

    def __init__(self, event: Event) -> None:
        self.event = event

    @cached_property
    def updated_at(self) -> datetime:
        """When it or what it names last changed; of a draft, when a curator last wrote it."""
        times = current_state().times_of([self.event.pk])
        return times.get(self.event.pk, self.event.updated_at)

    @cached_property
    def places(self) -> list[Location]:
        """The place, from the widest around it to itself; none if the public may not see it."""
        place = self.event.place
        return read_around(place) if place else []

    @property
    def has_coordinates(self) -> bool:
        place = self.event.place
        return bool(place and place.has_coordinates)

    @cached_property
    def participations(self) -> list[Participation]:
        rows = self.event.participations.filter(actor__state=State.PUBLISHED)
        country = [f"country__{name}" for name in ("iso3", "iso2", "name")]
        shown = ["uuid", "slug", "name", "kind__slug", "kind__nature", "state", *country]
        actors = [f"actor__{name}" for name in shown]
        rows = rows.select_related("role", "actor__kind", "actor__country")
        rows = rows.only("event", "role__name", "is_alleged", "note", *actors)
        return list(rows.order_by("pk"))

    @cached_property
    def _all_links(self) -> list[EventLink]:
        claims = keys_of(self.claims)
        rows = EventLink.objects.filter(
            Q(from_event=self.event) | Q(to_event=self.event) | Q(to_claim__in=claims)
        ) | EventLink.objects.in_thread_of(self.event)
        if self.event.is_published:
            rows = rows.published()
        return list(rows.for_page())

    @cached_property
    def related(self) -> RelatedEvents:
        """What it answers and what answers it, however far, and how else it bears on others."""
        return relate(self.event, self._all_links)

    @cached_property
    def offices(self) -> Offices:
        """The offices of those who took part or spoke, on the date of what they did or said."""
        people = {p.actor for p in self.participations}
        people |= {statement.speaker for statement in self.said}
        return Offices(actor for actor in people if actor.is_person)

    @cached_property
    def past_standings(self) -> list[PastStanding]:
        return list(self.event.past_standings.all())

    @cached_property
    def said(self) -> list[Statement]:
        """Statements about the event, those made at it, and what answers them, in order of time."""
        rows = Statement.objects.published().told_with(self.event)
        audience = Prefetch("audience", Actor.objects.published().only("name"))
        return list(rows.for_page().prefetch_related(audience).order_by("sort_day", "pk"))

    @cached_property
    def positions(self) -> list[Position]:
        if not self.said:
            return []
        taken = Position.objects.on_public(beside=self.event).filter(statement__in=self.said)
        said = {statement.pk: statement for statement in self.said}
        positions = list(taken.for_page())
        for position in positions:
            position.statement = said[position.statement_id]
        return sorted(positions, key=lambda taken: (taken.statement.sort_day, taken.pk))

    @cached_property
    def claims(self) -> list[Claim]:
        rows = Claim.objects.published(beside=self.event).filter(event=self.event)
        return list(rows.order_by("pk"))

    @cached_property
    def says(self) -> Says:
        """Who says what: each statement once, under the claim that it is on."""
        return arrange(self.event, self.claims, self.said, self.positions)

    @cached_property
    def matrix(self) -> Matrix:
        """Who stands where on each proposition."""
        return build_matrix([rows.claim for rows in self.says.claims], self.positions)

    @cached_property
    def references(self) -> References:
        return References(c for c in self.cited if c.aspect != Citation.Aspect.COORDINATES)

    @property
    def coordinates_citations(self) -> list[Citation]:
        """Told where the coordinates stand: nothing else on the page rests on these places."""
        place = self.event.place
        found = [c for c in self.cited if c.aspect == Citation.Aspect.COORDINATES]
        own = [citation for citation in found if place and citation.location_id == place.pk]
        for citation in own:
            citation.location = place
        return own

    @cached_property
    def cited(self) -> list[Citation]:
        return read_cited(
            {
                "event": [self.event.pk],
                "participation": keys_of(self.participations),
                "claim": keys_of(self.claims),
                "link": keys_of(self._all_links),
                "statement": keys_of(self.said),
                "position": keys_of(self.positions),
                "location": keys_of(self.places),
                "tenure": self.offices.tenure_ids,
            }
        )


def read_record(slug: str, rows: QuerySet[Event]) -> EventRecord | None:
    """The one of the events that has this name."""
    event = rows.filter(slug=slug).select_related("kind", "location__country").first()
    return EventRecord(event) if event else None
