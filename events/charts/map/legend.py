"""What the marks of a picture mean, in words: only of what is in the picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _


class Drawn(Protocol):
    """What a legend asks of a picture."""

    @property
    def forms(self) -> set[str]: ...

    @property
    def are_dots(self) -> bool: ...

    @property
    def are_clustered(self) -> bool: ...

    circle: str


@dataclass(frozen=True, slots=True)
class Key:
    """A mark as an example, by its `form`, and what it means."""

    form: str
    text: str


def legend_of(picture: Drawn) -> list[Key]:
    return list(_keys(picture))


def _keys(picture: Drawn) -> Iterator[Key]:
    forms, several = picture.forms, picture.are_clustered
    if "in" in forms and picture.are_dots:
        yield Key("dot", _("one event, in this place"))
    elif "in" in forms:
        yield Key(
            "in",
            _("number of events in this place and those around it")
            if several
            else _("number of events in this place"),
        )
    if "near" in forms:
        yield Key(
            "near",
            _("within 25 km of this place or of those around it")
            if several
            else _("within 25 km of this place"),
        )
    if "both" in forms:
        yield Key("both", _("some in it, some within 25 km"))
    if picture.circle:
        yield Key("circle", _("25 km around the chosen place"))
    if "area" in forms:
        yield Key("area", _("somewhere in this district or province"))
    if "country" in forms:
        yield Key("country", _("number of events somewhere in the shaded country"))
    elif "shaded" in forms:
        yield Key("shaded", _("some events somewhere in this country"))
