"""Everything recorded about one event, gathered in a fixed number of queries."""

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy

from actors.models import Actor
from actors.offices import Offices
from config.rows import Columns, fetch
from events.around import PLACE, around
from events.matrix import Matrix, build_matrix
from events.models import (
    Claim,
    Event,
    EventLink,
    EventType,
    Location,
    Participation,
    PastStanding,
    Position,
    Statement,
)
from events.references import References, keys_of, read_cited

_EVENT = Columns(Event, "event")
_KIND = Columns(EventType, "kind")
_PARTICIPATION = Columns(
    Participation,
    "participation",
    {"id", "event_id", "actor_id", "role", "is_alleged", "note"},
)
_ACTOR = Columns(Actor, "actor", {"id", "slug", "name", "kind"})
# At one go, because to send and to plan a statement takes longer than to find a few rows. What is
# read as JSON must be keys, words, truth values or lists of them: JSON has no dates.
_READ = f"""
    SELECT ties.spoken, ties.has_claims, ties.is_linked, ties.was_judged,
        ARRAY(
            SELECT json_build_array({_PARTICIPATION}, {_ACTOR})
            FROM events_participation AS participation
            JOIN actors_actor AS actor
                ON actor.id = participation.actor_id AND actor.state = 'published'
            WHERE participation.event_id = event.id
            ORDER BY participation.id
        ),
        ARRAY(SELECT json_build_array({PLACE}) {around("event.location_id")}),
        {_EVENT}, {_KIND}
    FROM events_event AS event
    JOIN events_eventtype AS kind ON kind.id = event.kind_id
    CROSS JOIN LATERAL event_ties(event.id) AS ties
    WHERE event.slug = %s AND (event.state = 'published' OR %s)
"""  # noqa: S608 - names of columns
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


class Ties(NamedTuple):
    """What is bound to an event: the keys of statements `spoken` about it and at it; whether there
    are other things to be asked for; as values of columns, who took part in it, and the places
    that it lies in."""

    spoken: list[int]
    has_claims: bool
    is_linked: bool
    was_judged: bool
    taking_part: list[list[Any]]
    around: list[list[Any]]


class EventRecord:
    """What the public may see of an event.

    At most nine queries, whatever the number of rows; none for what the event does not have.
    """

    def __init__(self, event: Event, ties: Ties) -> None:
        self.event = event
        self._ties = ties

    @cached_property
    def places(self) -> list[Location]:
        """The place, from the widest around it to itself; none if the public may not see it."""
        found = [PLACE.record(iter(values)) for values in self._ties.around]
        return found if found and found[-1].pk == self.event.location_id else []

    @cached_property
    def participations(self) -> list[Participation]:
        found = []
        for values in map(iter, self._ties.taking_part):
            participation = _PARTICIPATION.record(values)
            participation.actor = _ACTOR.record(values)
            found.append(participation)
        return found

    @cached_property
    def _all_links(self) -> list[EventLink]:
        if not self._ties.is_linked:
            return []
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
        return list(self.event.past_standings.all()) if self._ties.was_judged else []

    @cached_property
    def statements(self) -> list[StatementRecord]:
        """Statements about the event, and those made at it, in order of time."""
        if not self._ties.spoken:
            return []
        rows = (
            Statement.objects.published()
            .filter(pk__in=self._ties.spoken)
            .for_list()
            .prefetch_related(Prefetch("audience", Actor.objects.published()))
            .order_by("sort_day", "pk")
        )
        return [
            StatementRecord(
                statement,
                [p for p in self._positions if p.statement_id == statement.pk],
                [p for p in self._positions if p.answered_id == statement.pk],
            )
            for statement in rows
        ]

    @cached_property
    def _positions(self) -> list[Position]:
        if not self._ties.spoken:
            return []
        taken = Position.objects.published(beside=self.event)
        taken = taken.filter(statement__in=self._ties.spoken)
        return list(taken.for_list())

    @cached_property
    def claims(self) -> list[ClaimRecord]:
        if not self._ties.has_claims:
            return []
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
    rows = fetch(_READ, [slug, with_drafts])
    if not rows:
        return None
    values = iter(rows[0])
    ties = Ties(*islice(values, len(Ties._fields)))
    event = _EVENT.record(values)
    event.kind = _KIND.record(values)
    return EventRecord(event, ties)
