"""Everything recorded about one actor: who acts and speaks for it, what it did, said, with whom."""

from functools import cached_property

from django.db.models import Prefetch, Q, prefetch_related_objects

from actors.models import Actor, ActorName, Tenure
from actors.offices import Offices
from events.models import Position, Statement
from events.models.statements import StatementQuerySet
from events.pages.actor_did import Deeds, keys_in_office, read_deeds
from events.pages.actor_events import SHOWN, ActorEvents, count_events
from events.pages.actor_said import (
    About,
    Repeated,
    Spoken,
    arrange_abouts,
    contested_among,
    count_speakers,
    most_repeated,
    statements_of,
)
from events.pages.references import References, keys_of, read_cited
from events.pages.said import Rows, when_last_possible

# Of a state with more parts or offices, so many are listed; the first of them at once.
LISTED, FIRST = 100, 12
# Of more names than this, the first stand below the actor's name.
NAMES = 8


class ActorRecord:
    """What the public may see of an actor, read as it is asked for.

    The number of queries does not depend on the number of rows.
    """

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @cached_property
    def names(self) -> list[ActorName]:
        return list(self.actor.names.all())

    @property
    def first_names(self) -> list[ActorName]:
        return self.names if len(self.names) <= NAMES else self.names[: NAMES - 2]

    @property
    def more_names(self) -> list[ActorName]:
        return self.names[len(self.first_names) :]

    @cached_property
    def _family(self) -> list[Actor]:
        """What the actor is part of, and what is part of it, by name."""
        return list(
            Actor.objects.published()
            .filter(Q(pk__in=self.actor.lineage) | Q(lineage__contains=[self.actor.pk]))
            .exclude(pk=self.actor.pk)
            .only("slug", "name", "sort_name", "kind", "part_of", "lineage", "summary")
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
        family = [self.actor, *self._family]
        return count_events(self.actor, members=self._members, family=family)

    @cached_property
    def deeds(self) -> Deeds:
        """The newest events, and those of office holders."""
        in_office = keys_in_office(self.did.state, self.holders, self.did.mask)
        return read_deeds(self.did.newest, in_office, self.actor.pk, self._members)

    @cached_property
    def _own_statements(self) -> StatementQuerySet:
        # Where tenures are left out, there may be holders among them.
        may_have_holders = bool(self.holders) or len(self._tenures) == LISTED
        return statements_of(self._members, may_have_holders=may_have_holders)

    @cached_property
    def speakers(self) -> list[Spoken]:
        """By whom statements of it are recorded, the most first."""
        return count_speakers(self._own_statements)

    @property
    def others_speaking(self) -> list[Spoken]:
        """Those who speak for it."""
        return [speaker for speaker in self.speakers if speaker.slug != self.actor.slug]

    @property
    def first_speakers(self) -> list[Spoken]:
        return self.speakers[:FIRST]

    @property
    def more_speaking(self) -> int:
        """Beyond the three that a sentence names."""
        return max(0, len(self.others_speaking) - 3)

    @property
    def said_by_proxy(self) -> int:
        return sum(speaker.number for speaker in self.others_speaking)

    @property
    def said_itself(self) -> bool:
        return self.number_said > self.said_by_proxy

    @property
    def number_said(self) -> int:
        return sum(speaker.number for speaker in self.speakers)

    @cached_property
    def repeated(self) -> Repeated | None:
        return most_repeated(self._own_statements) if self.number_said > 1 else None

    @cached_property
    def said(self) -> list[Statement]:
        """The newest of those made by it and for it."""
        newest = self._own_statements.for_page()[:SHOWN]
        return list(newest) if self.speakers else []

    @property
    def has_said_more(self) -> bool:
        return self.number_said > SHOWN

    @property
    def said_by_others(self) -> list[Statement]:
        """The newest about what it did and said."""
        return self._said_by_others[:SHOWN]

    @property
    def others_said_more(self) -> bool:
        return len(self._said_by_others) > SHOWN

    @cached_property
    def _said_by_others(self) -> list[Statement]:
        """One more than is shown."""
        if not (self.speakers or self.did.spoken_of):
            return []
        about = Statement.objects.published().about_members(self._members, self.did.spoken_of)
        if self.holders:
            # What they said in office is its own; what its parts said is left out already.
            about = about.exclude(pk__in=self._own_statements.order_by().values("pk"))
        return list(about.for_page()[: SHOWN + 1])

    @cached_property
    def _statements(self) -> list[Statement]:
        rows = [*self.said, *self.said_by_others]
        prefetch_related_objects(
            rows,
            Prefetch("audience", Actor.objects.published().only("name")),
            Prefetch("positions", Position.objects.on_public().for_page()),
        )
        return rows

    @property
    def _positions(self) -> list[Position]:
        return [position for said in self._statements for position in said.positions.all()]

    @cached_property
    def _abouts(self) -> tuple[list[About], list[About]]:
        positions = self._positions
        positions.sort(key=lambda taken: when_last_possible(taken.statement))
        rows = Rows(self._statements, positions, has_place=lambda position: False)
        contested = contested_among(positions)
        own = arrange_abouts(self.said, rows, contested)
        return own, arrange_abouts(self.said_by_others, rows, contested)

    @property
    def own_words(self) -> list[About]:
        return self._abouts[0]

    @property
    def words_of_others(self) -> list[About]:
        return self._abouts[1]

    @cached_property
    def _tenures(self) -> list[Tenure]:
        """The actor's own, and those of its offices and of the offices of what is part of it."""
        wanted = Q(person=self.actor) | Q(body__in=self._members)
        return list(Tenure.objects.published().filter(wanted).for_page()[:LISTED])

    @property
    def tenures(self) -> list[Tenure]:
        """The offices that it holds."""
        return [tenure for tenure in self._tenures if tenure.person_id == self.actor.pk]

    @property
    def holders(self) -> list[Tenure]:
        """Who holds its offices."""
        return [tenure for tenure in self._tenures if tenure.person_id != self.actor.pk]

    @property
    def first_holders(self) -> list[Tenure]:
        return self.holders[:FIRST]

    @property
    def more_holders(self) -> list[Tenure]:
        return self.holders[FIRST:]

    @property
    def first_parts(self) -> list[Actor]:
        return self.listed_parts[:FIRST]

    @property
    def later_parts(self) -> list[Actor]:
        return self.listed_parts[FIRST:]

    @cached_property
    def offices(self) -> Offices:
        """Of the actor, and of whoever spoke."""
        people = {row.speaker for row in self._statements} | {self.actor}
        return Offices(person for person in people if person.is_person)

    @cached_property
    def references(self) -> References:
        acted = self.deeds.events
        roles = [role for row in acted for role in (*row.roles, *row.roles_of_parts)]
        return References(
            read_cited(
                {
                    "actor": keys_of([self.actor, *self.wholes, *self.listed_parts]),
                    "actor_name": keys_of(self.names),
                    "tenure": [*keys_of(self._tenures), *self.offices.tenure_ids],
                    "event": [row.event.key for row in acted],
                    "participation": keys_of(roles),
                    "statement": keys_of(self._statements),
                    "position": keys_of(self._positions),
                }
            )
        )
