"""What an actor and its parts did: how many events, the newest, roles, and who else took part."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Count, QuerySet

from actors.models import Actor
from config.db.publication import State as Publication
from config.http.addresses import addresses_of
from config.lists.count_words import in_groups
from events.index.columns import Ints, Mask
from events.index.current import current_state
from events.index.facts import ROLE_BITS, roles_of
from events.index.selection import Counts, Selection
from events.index.state import State
from events.models import Participation, Role

# Events, and statements of it and about it.
SHOWN = 10
COMPANIONS = 10
# Roles listed, those of parts included.
ROLES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class RoleCount:
    """In how many events the actor, or one of its parts, has this role."""

    slug: str
    name: str
    url: str
    role: str
    is_alleged: bool
    count: int

    @property
    def number(self) -> str:
        """The count as it is written."""
        return in_groups(self.count)


@dataclass(frozen=True, slots=True)
class Companion:
    """Another actor, and how many events it shares."""

    slug: str
    name: str
    url: str
    count: int


@dataclass(slots=True)
class ActorEvents:
    """What is counted: keys of the newest events, roles, and who else took part.

    `number` of the `number_of_all` events are the actor's or its parts', of which `number_alleged`
    only by allegation. `mask` are these events in the `state` of the index.
    """

    state: State
    mask: Mask
    number: int
    number_of_all: int
    number_alleged: int
    newest: list[int] = field(default_factory=list)
    roles: list[RoleCount] = field(default_factory=list)
    roles_of_parts: list[RoleCount] = field(default_factory=list)
    companions: list[Companion] = field(default_factory=list)
    # Keys of those about which anybody spoke.
    spoken_of: list[int] = field(default_factory=list)


# Key of the actor, key of the role, whether it is alleged, and in how many events.
_Taken = tuple[int, int, bool, int]


def count_events(actor: Actor, *, members: Sequence[int], family: Sequence[Actor]) -> ActorEvents:
    """`members` are the keys of the actor and its parts; `family` are those and what it is part of
    itself."""
    state = current_state()
    if actor.is_published:
        mask = state.columns["actor"].having_any([actor.pk], state.size)
        taken = _taken(state, mask, members)
        number_sure = _number_sure(state, mask, members)
    else:
        # No index knows of it: what a curator sees beforehand.
        mask = _mask_of_draft(state, members)
        taken = _taken_by_draft(members)
        sure = _shown_parts_of_draft(members).filter(is_alleged=False)
        number_sure = sure.values("event").distinct().count()
    selection = Selection(state, {"actor": mask})
    roles = _roles(actor, taken, family)
    speaker = state.columns["speaker"]
    return ActorEvents(
        state=state,
        mask=mask,
        number=selection.count,
        number_of_all=Selection(state).count,
        number_alleged=selection.count - number_sure,
        newest=[event.pk for event in selection.between(0, SHOWN)],
        roles=[role for role in roles if role.slug == actor.slug],
        roles_of_parts=[role for role in roles if role.slug != actor.slug],
        companions=_companions(state, mask, [each.pk for each in family]),
        spoken_of=state.keys[np.unique(speaker.rows[mask[speaker.rows]])].tolist(),
    )


def _taken(state: State, mask: Mask, members: Sequence[int]) -> list[_Taken]:
    part = state.columns["part"]
    counts = part.counts(mask)
    found = np.flatnonzero(np.isin(part.ids >> ROLE_BITS, members) & (counts > 0))
    return [
        (number >> ROLE_BITS, role, bool(number & 1), n)
        for number, role, n in zip(
            part.ids[found].tolist(),
            roles_of(part.ids[found]).tolist(),
            counts[found].tolist(),
            strict=True,
        )
    ]


def _mask_of_draft(state: State, members: Sequence[int]) -> Mask:
    taking = Participation.objects.filter(actor__in=members).order_by()
    keys: Ints = np.fromiter(taking.values_list("event", flat=True), dtype=np.int64)
    return state.mask_of(keys)


def _taken_by_draft(members: Sequence[int]) -> list[_Taken]:
    taking = _shown_parts_of_draft(members)
    counted = taking.values_list("actor", "role__pk", "is_alleged").annotate(Count("pk"))
    return list(counted)


def _shown_parts_of_draft(members: Sequence[int]) -> QuerySet[Participation]:
    rows = Participation.objects.filter(actor__in=members, event__state=Publication.PUBLISHED)
    return rows.order_by()


def _number_sure(state: State, mask: Mask, members: Sequence[int]) -> int:
    """In how many events one of them takes part, and not only by allegation."""
    part = state.columns["part"]
    is_sure = np.isin(part.ids >> ROLE_BITS, members) & (part.ids & 1 == 0)
    return int(np.count_nonzero(part.having(is_sure, state.size) & mask))


def _roles(actor: Actor, taken: list[_Taken], family: Sequence[Actor]) -> list[RoleCount]:
    """The actor's own first, then by number."""
    named = {each.pk: each for each in family}
    in_words = {role.pk: role for role in Role.objects.all()}
    taken.sort(
        key=lambda row: (
            *(row[0] != actor.pk, -row[3], named[row[0]].sort_name),
            *(in_words[row[1]].order, in_words[row[1]].name, row[2]),
        )
    )
    actor_at = addresses_of("actors:actor_detail")
    return [
        RoleCount(
            found.slug, found.name, actor_at(found.slug), in_words[role].name, is_alleged, number
        )
        for pk, role, is_alleged, number in taken[:ROLES_SHOWN]
        for found in [named[pk]]
    ]


def _companions(state: State, mask: Mask, family: Sequence[int]) -> list[Companion]:
    column = state.columns["actor"]
    numbers = np.where(np.isin(column.ids, family), 0, column.counts(mask))
    first = Counts(column.ids, numbers).first(COMPANIONS)
    rows = Actor.objects.published().filter(pk__in=first).order_by("sort_name", "pk")
    named = [(first[pk], slug, name) for pk, slug, name in rows.values_list("pk", "slug", "name")]
    named.sort(key=lambda found: -found[0])
    actor_at = addresses_of("actors:actor_detail")
    first_named = named[:COMPANIONS]
    return [Companion(slug, name, actor_at(slug), number) for number, slug, name in first_named]
