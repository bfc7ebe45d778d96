"""What the marks of a picture mean: of those that are in it, and of no other."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from config.edtf.stretches import Body
from events.charts.lanes.picture import Picture
from events.models.events import Standing


class Key(NamedTuple):
    """`css` is that of the event's status, `body` that of the mark; `mask` says how it fades."""

    css: str
    body: str
    mask: str
    words: str


def legend_of(picture: Picture) -> list[Key]:
    drawn = list(picture.drawn)
    shapes = [shape for one in drawn for shape in (*one.mark.bars, *one.mark.dots)]
    bodies = {shape.css for shape in shapes if not shape.is_edge}
    masks = {shape.mask for shape in shapes}
    standings = {one.event.standing for one in drawn}
    densities = picture.densities
    keys = [
        (Body.ON in bodies, Key("reported", "mark-on", "", _("on that day"))),
        (Body.WITHIN in bodies, Key("reported", "mark-within", "", _("on one day in this span"))),
        (
            Body.THROUGH in bodies,
            Key("reported", "mark-through", "", _("through all of this span")),
        ),
        (
            bool(masks & {"before", "after"}),
            Key("reported", "mark-within", "after", _("start or end not given")),
        ),
        ("both" in masks, Key("reported", "mark-within", "both", _("about, or neither end given"))),
        *(
            (standing in standings, Key(standing, "mark-within", "", str(standing.label).lower()))
            for standing in Standing
            if standing != Standing.REPORTED
        ),
        (
            any(d.has_certainty for d in densities),
            Key("sure", "density is-sure", "", _("number of events, surely in that time")),
        ),
        (
            any(d.has_doubt for d in densities),
            Key("unsure", "density is-unsure", "", _("and of those that may lie in it")),
        ),
    ]
    return [key for is_there, key in keys if is_there]
