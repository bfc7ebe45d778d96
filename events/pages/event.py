"""Everything recorded about one event."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy

from actors.models import Actor
from actors.offices import Offices
from config.db.publication import State
from events.index.current import current_state
from events.models import (
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

# The stances against a claim, as "… by"; with one of these the claim is contested.
AGAINST = {
    Position.Stance.DENIES: gettext_lazy("denied by"),
    Position.Stance.QUESTIONS: gettext_lazy("questioned by"),
    Position.Stance.REJECTS: gettext_lazy("rejected by"),
}


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """A statement, the positions it takes, and the statements that answer it, in order of time."""

    statement: Statement
    positions: list[Position]
    answers: list[Position]


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A claim with the positions taken on it, in order of time."""

    claim: Claim
    positions: list[Position]

    @property
    def opposition(self) -> list[tuple[str, list[Actor]]]:
        """Who stands against the claim, each once, under "denied by" and the like."""
        by_stance: dict[str, list[Actor]] = {}
        for position in self.positions_against:
            actors = by_stance.setdefault(position.stance, [])
            if position.statement.speaker not in actors:
                actors.append(position.statement.speaker)
        return [(str(AGAINST[Position.Stance(key)]), by_stance[key]) for key in by_stance]

    @property
    def positions_against(self) -> list[Position]:
        return [position for position in self.positions if position.stance in AGAINST]

    @property
    def is_contested(self) -> bool:
        return bool(self.opposition)


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
        return read_around(place.pk) if place else []

    @cached_property
    def participations(self) -> list[Participation]:
        rows = self.event.participations.filter(actor__state=State.PUBLISHED)
        return list(rows.select_related("actor").order_by("pk"))

    @cached_property
    def _all_links(self) -> list[EventLink]:
        claims = [record.claim.pk for record in self.claims]
        rows = EventLink.objects.filter(
            Q(from_event=self.event) | Q(to_event=self.event) | Q(to_claim__in=claims)
        ) | EventLink.objects.in_thread_of(self.event)
        if self.event.is_published:
            rows = rows.published()
        return list(rows.for_list())

    @property
    def links(self) -> list[EventLink]:
        """How the event bears on others, and others on it, answers aside."""
        return [link for link in self._all_links if link.relation != EventLink.Relation.RESPONDS_TO]

    @cached_property
    def thread(self) -> list[EventLink]:
        """The chain of answers that the event is part of, the earliest answered first."""
        responds = EventLink.Relation.RESPONDS_TO
        answers = [
            (link.to_event.sort_day, link.from_event.sort_day, link)
            for link in self._all_links
            if link.relation == responds and link.to_event
        ]
        return [link for *_, link in sorted(answers, key=lambda answer: answer[:2])]

    @cached_property
    def offices(self) -> Offices:
        """The offices of those who took part or spoke, on the date of what they did or said."""
        people = {p.actor for p in self.participations}
        people |= {record.statement.speaker for record in self.statements}
        return Offices(actor for actor in people if actor.kind == Actor.Kind.PERSON)

    @cached_property
    def past_standings(self) -> list[PastStanding]:
        return list(self.event.past_standings.all())

    @cached_property
    def _said(self) -> list[Statement]:
        """Statements about the event, and those made at it, in order of time."""
        about = list(self.event.about_statements.values_list("statement", flat=True))
        rows = Statement.objects.published().filter(Q(pk__in=about) | Q(occasion=self.event))
        audience = Prefetch("audience", Actor.objects.published())
        return list(rows.for_list().prefetch_related(audience).order_by("sort_day", "pk"))

    @cached_property
    def statements(self) -> list[StatementRecord]:
        return [
            StatementRecord(
                statement,
                [p for p in self._positions if p.statement_id == statement.pk],
                [p for p in self._positions if p.answered_id == statement.pk],
            )
            for statement in self._said
        ]

    @cached_property
    def _positions(self) -> list[Position]:
        taken = Position.objects.published(beside=self.event).filter(statement__in=self._said)
        return list(taken.for_list())

    @cached_property
    def claims(self) -> list[ClaimRecord]:
        rows = Claim.objects.published(beside=self.event).filter(event=self.event)
        return [
            ClaimRecord(claim, [p for p in self._positions if p.claim_id == claim.pk])
            for claim in rows.order_by("-kind", "pk")
        ]

    @cached_property
    def matrix(self) -> Matrix:
        """Who stands where on each proposition."""
        propositions = [r.claim for r in self.claims if r.claim.kind == Claim.Kind.PROPOSITION]
        return build_matrix(propositions, self._positions)

    @property
    def numbers(self) -> list[ClaimRecord]:
        """Rival numbers side by side, by what they count."""
        numbers = [r for r in self.claims if r.claim.kind == Claim.Kind.NUMBER]
        return sorted(numbers, key=lambda record: (record.claim.unit, record.claim.low))

    @property
    def contested(self) -> list[ClaimRecord]:
        return [record for record in self.claims if record.is_contested]

    @cached_property
    def references(self) -> References:
        return References(
            read_cited(
                {
                    "event": [self.event.pk],
                    "participation": keys_of(self.participations),
                    "claim": keys_of(record.claim for record in self.claims),
                    "link": keys_of(self._all_links),
                    "statement": keys_of(record.statement for record in self.statements),
                    "position": keys_of(self._positions),
                    "location": keys_of(self.places),
                    "tenure": self.offices.tenure_ids,
                }
            )
        )


def read_record(slug: str, *, with_drafts: bool = False) -> EventRecord | None:
    """The event of this name, if it is published, or whatever its state."""
    rows = Event.objects.all() if with_drafts else Event.objects.published()
    event = rows.filter(slug=slug).select_related("kind", "location").first()
    return EventRecord(event) if event else None
