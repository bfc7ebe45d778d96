"""Everything recorded about one actor."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects

from actors.models import Actor, ActorName, Tenure
from actors.offices import Offices
from config.lists.facets import FacetValue
from events.filters.facets import CLAIM, EVENT_SPOKEN_OF, SPEAKER, STANCE
from events.models import Event, Participation, Position, Statement
from events.models.statements import StatementQuerySet
from events.pages.actor_events import SHOWN, ActorEvents, count_events
from events.pages.references import References, keys_of, read_cited

# Of a state with more parts or offices, so many are listed.
LISTED = 100
# What the page shows of an event, and of a part that takes part in it.
_EVENT = (
    "slug",
    "title",
    "date",
    "standing",
    "location__slug",
    "location__name",
    "location__state",
)
_ACTOR = ("actor__slug", "actor__name")


@dataclass(frozen=True, slots=True)
class ActedIn:
    """An event with the roles that the actor, and its parts, have in it."""

    event: Event
    roles: list[Participation]
    roles_of_parts: list[Participation]


class ActorRecord:
    """What the public may see of an actor, read as it is asked for.

    The number of queries does not depend on the number of rows.
    """

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @cached_property
    def names(self) -> list[ActorName]:
        return list(self.actor.names.all())

    @cached_property
    def _family(self) -> list[Actor]:
        """What the actor is part of, and what is part of it, by name."""
        return list(
            Actor.objects.published()
            .filter(Q(pk__in=self.actor.lineage) | Q(lineage__contains=[self.actor.pk]))
            .exclude(pk=self.actor.pk)
            .only("slug", "name", "kind", "part_of", "lineage")
            .order_by("sort_name", "pk")
        )

    @property
    def wholes(self) -> list[Actor]:
        """What the actor is part of, the widest first."""
        above = {pk: depth for depth, pk in enumerate(self.actor.lineage)}
        wholes = [actor for actor in self._family if actor.pk in above]
        return sorted(wholes, key=lambda actor: above[actor.pk])

    @property
    def parts(self) -> list[Actor]:
        """What is directly part of it."""
        return [actor for actor in self._family if actor.part_of_id == self.actor.pk]

    @property
    def listed_parts(self) -> list[Actor]:
        return self.parts[:LISTED]

    @property
    def more_parts(self) -> int:
        return max(0, len(self.parts) - LISTED)

    @cached_property
    def _members(self) -> list[int]:
        """Keys of the actor and of all that is part of it, however far down."""
        below = [actor.pk for actor in self._family if actor.pk not in self.actor.lineage]
        return [self.actor.pk, *below]

    @cached_property
    def did(self) -> ActorEvents:
        family = [self.actor.pk, *(actor.pk for actor in self._family)]
        return count_events(self.actor, members=self._members, family=family)

    @cached_property
    def events(self) -> list[ActedIn]:
        """The newest events."""
        shown = Participation.objects.filter(actor__in=self._members, actor__state="published")
        shown = shown.select_related("actor").only("event", "role", "is_alleged", *_ACTOR)
        taking = Prefetch("participations", shown.order_by("pk"), to_attr="taking")
        newest: Any = Event.objects.filter(pk__in=self.did.newest).select_related("location")
        return [
            ActedIn(
                event,
                [p for p in event.taking if p.actor_id == self.actor.pk],
                [p for p in event.taking if p.actor_id != self.actor.pk],
            )
            for event in newest.only(*_EVENT).prefetch_related(taking).in_order("-date")
        ]

    @property
    def _own_statements(self) -> StatementQuerySet:
        return Statement.objects.published().filter(speaker=self.actor)

    @cached_property
    def stances(self) -> list[FacetValue]:
        return STANCE.most_frequent(self._own_statements)

    @cached_property
    def events_spoken_of(self) -> list[FacetValue]:
        return EVENT_SPOKEN_OF.most_frequent(self._own_statements)

    @cached_property
    def claims(self) -> list[FacetValue]:
        return CLAIM.most_frequent(self._own_statements)

    @cached_property
    def speaking_parts(self) -> list[FacetValue]:
        return SPEAKER.most_frequent(
            Statement.objects.published().filter(speaker__in=self._members[1:])
        )

    @cached_property
    def _statements(self) -> list[Statement]:
        """Newest first, one more of each kind than is shown."""
        if not self.did.are_statements:
            return []
        published = Statement.objects.published().for_list()
        own = published.filter(speaker=self.actor)[: SHOWN + 1]
        others = published.about_members(self._members)[: SHOWN + 1]
        rows = list(published.filter(Q(pk__in=own.values("pk")) | Q(pk__in=others.values("pk"))))
        positions = Prefetch("positions", Position.objects.published().for_list())
        prefetch_related_objects(rows, positions)
        return rows

    @property
    def said(self) -> list[Statement]:
        return [row for row in self._statements if row.speaker_id == self.actor.pk]

    @property
    def said_by_others(self) -> list[Statement]:
        return [row for row in self._statements if row.speaker_id != self.actor.pk]

    @cached_property
    def _all_tenures(self) -> list[Tenure]:
        """The actor's, those of its offices, and those of whoever spoke."""
        listed = Tenure.objects.published().of(self.actor).for_list()[:LISTED]
        speakers = {row.speaker_id for row in self._statements}
        if not speakers:
            return list(listed)
        wanted = Q(pk__in=listed.values("pk")) | Q(person__in=speakers)
        return list(Tenure.objects.published().filter(wanted).for_list())

    @property
    def tenures(self) -> list[Tenure]:
        own = (self.actor.pk,)
        return [t for t in self._all_tenures if t.person_id in own or t.body_id in own]

    @cached_property
    def offices(self) -> Offices:
        return Offices([], self._all_tenures)

    @cached_property
    def references(self) -> References:
        roles = [role for acted in self.events for role in (*acted.roles, *acted.roles_of_parts)]
        positions = [position for said in self._statements for position in said.positions.all()]
        return References(
            read_cited(
                {
                    "actor": keys_of([self.actor, *self.wholes, *self.listed_parts]),
                    "actor_name": keys_of(self.names),
                    "tenure": keys_of(self._all_tenures),
                    "event": keys_of(acted.event for acted in self.events),
                    "participation": keys_of(roles),
                    "statement": keys_of(self._statements),
                    "position": keys_of(positions),
                }
            )
        )
