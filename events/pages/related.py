"""How an event and others bear on each other, in the order of time, drawn on one axis."""

from collections.abc import Iterable
from dataclasses import dataclass

from events.charts.axis import Axis, Mark, axis_of
from events.models import Event, EventLink
from events.pages.labels import shorten


@dataclass(frozen=True, slots=True)
class Related:
    """A link as the page of one of its events tells it.

    `event` is the other one, or None where this event bears on what a claim describes. A link in a
    chain of answers may have neither end here: then it is the one that answers.
    """

    link: EventLink
    event: Event | None
    mark: Mark | None
    is_from_here: bool
    is_to_here: bool

    @property
    def label(self) -> str:
        """What rests on the link's sources, by name."""
        return shorten(self.event.title) if self.event else self.link.get_relation_display()

    @property
    def is_inferred_answer(self) -> bool:
        is_answer = self.link.relation == EventLink.Relation.RESPONDS_TO
        return is_answer and self.link.basis == EventLink.Basis.INFERRED


@dataclass(frozen=True, slots=True)
class RelatedEvents:
    """`axis` is that of all their dates, None where no day is known; `here` is this event on it."""

    rows: list[Related]
    axis: Axis | None
    here: Mark | None

    def __bool__(self) -> bool:
        return bool(self.rows)


def relate(event: Event, links: Iterable[EventLink]) -> RelatedEvents:
    """`links` are those that may be shown on the page of the event."""
    others = [(link, _other(event, link)) for link in links]
    axis = axis_of([event.when, *(other.when for _, other in others if other)], labels=3)
    rows = [
        Related(
            link,
            other,
            axis.mark(other.when) if axis and other else None,
            link.from_event_id == event.pk,
            link.to_event_id == event.pk,
        )
        for link, other in sorted(others, key=_in_time)
    ]
    return RelatedEvents(rows, axis, axis.mark(event.when) if axis else None)


def _other(event: Event, link: EventLink) -> Event | None:
    return link.to_event if link.from_event_id == event.pk else link.from_event


def _in_time(related: tuple[EventLink, Event | None]) -> tuple[int, int, int]:
    """By the last possible day, what has none behind; claims on no event last."""
    link, other = related
    if other is None:
        return 3, 0, link.pk
    when = other.when
    if when.last_day is not None:
        return 0, when.last_day, link.pk
    return (2, 0, link.pk) if when.first_day is None else (1, when.first_day, link.pk)
