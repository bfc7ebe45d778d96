"""The rows of one page of a relation in two lanes: what each side did, and said, to the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from django.utils.translation import gettext as _

from actors.models import Actor
from config.edtf.dates import AFTER_ALL, BEFORE_ALL
from config.edtf.units import Period
from events.charts.axis import Axis, axis_of
from events.charts.lanes.density import Bins, Count
from events.charts.lanes.lane import Lane, LaneEvent
from events.charts.lanes.picture import COLUMN, GUTTER, Picture, draw_lanes
from events.charts.lanes.ticks import Tick, ticks_of
from events.charts.lanes.zoom import Zoom
from events.index.lanes import count_spans
from events.models import Event
from events.relations.record import RelationRow

# Of fewer rows with a day no picture is made: the list shows each.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class RelationPicture:
    """`upper` and `lower` are the labels of the axis, which lead nowhere here."""

    picture: Picture
    axis: Axis
    upper: list[Tick]
    lower: list[Tick]


def draw_rows(first: Actor, second: Actor, rows: Sequence[RelationRow]) -> RelationPicture | None:
    """What stands in both lanes is what both did together, or bears on their relations."""
    dated = [row for row in rows if (row.when.first_day, row.when.last_day) != (None, None)]
    axis = axis_of(row.when for row in dated)
    if len(dated) < FEWEST or axis is None:
        return None
    axis = replace(axis, column=COLUMN, gutter=GUTTER)
    picture = draw_lanes([_lane(first, dated, "back"), _lane(second, dated, "forth")], axis)
    days = Period(axis.first_day, axis.last_day)
    ticks = ticks_of(axis, Zoom(days, days))
    return RelationPicture(picture, axis, ticks.upper, ticks.lower)


def _lane(actor: Actor, rows: Iterable[RelationRow], other: str) -> Lane:
    """Without the rows of the `other` direction."""
    events = [_mark(row) for row in rows if row.direction != other]
    url = actor.get_absolute_url()
    return Lane(actor.pk, actor.name, url, len(events), 0, events, partial(_counted, events))


def _mark(row: RelationRow) -> LaneEvent:
    """It leads to the row below the picture. A statement has no status, as it is on record."""
    if row.event:
        event, anchor = row.event, f"event-{row.event.slug}"
        words = event.standing_in_words
        return LaneEvent(
            event.key,
            anchor,
            event.url,
            event.title,
            event.when,
            event.standing,
            words,
            _roles().get(row.direction, ""),
            href=f"#{anchor}",
        )
    statement = row.statement
    assert statement is not None  # noqa: S101 - one of them is given
    anchor = f"statement-{statement.pk}"
    return LaneEvent(
        -statement.pk,
        anchor,
        statement.get_absolute_url(),
        statement.paraphrase,
        statement.when,
        Event.Standing.REPORTED,
        "",
        _("statement"),
        f"#{anchor}",
    )


def _roles() -> dict[str, str]:
    """What stands in both lanes says why."""
    return {"together": _("together"), "bearing": _("on their relations")}


def _counted(events: Sequence[LaneEvent], bins: Bins) -> list[Count]:
    def of(day: int | None, open_end: int) -> int:
        return open_end if day is None else day

    first = np.array([of(event.when.first_day, BEFORE_ALL) for event in events], dtype=np.int64)
    last = np.array([of(event.when.last_day, AFTER_ALL) for event in events], dtype=np.int64)
    is_sure = np.array([not event.when.is_qualified for event in events], dtype=np.bool_)
    ones = np.ones(len(events), dtype=np.int64)
    counts = count_spans(first, last, is_sure, ones, bins.starts, bins.last_day)
    return [Count(*both) for both in zip(*(c.tolist() for c in counts), strict=True)]
