"""The menus of a list's filter bar: which filters stand behind which word."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from config.lists.facets import Facet
from config.lists.filtering import StrictFilterSet

_RANGE = frozenset({"since", "until", "certain"})


@dataclass(frozen=True, slots=True)
class Menu:
    """`key` names it on the page; `number` says how many values are in force of its filters."""

    key: str
    label: str
    facets: list[Facet]
    number: int = 0
    has_range: bool = False
    has_options: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What a menu of a page is to hold: facets by their names, the range of dates, the order."""

    key: str
    label: str
    facets: Sequence[str] = field(default_factory=tuple)
    has_range: bool = False
    has_options: bool = False


def menus_of(
    filters: StrictFilterSet, facets: Sequence[Facet], groups: Sequence[Group] = ()
) -> list[Menu]:
    """A menu for each group; without groups one for each facet, and one for the date.

    A menu without anything to choose is left out.
    """
    if not groups:
        groups = [Group(facet.name, facet.label, [facet.name]) for facet in facets]
        if "since" in filters.form.fields:
            groups = [*groups, Group("when", _("Date"), has_range=True)]
    by_name = {facet.name: facet for facet in facets}
    menus = []
    for group in groups:
        held = [by_name[name] for name in group.facets if name in by_name and by_name[name].values]
        names = {*group.facets, *(_RANGE if group.has_range else ())}
        if group.has_options:
            names |= {"match", "order"}
        number = sum(chip.name in names for chip in filters.chips)
        if held or group.has_range or group.has_options:
            menus.append(
                Menu(group.key, group.label, held, number, group.has_range, group.has_options)
            )
    return menus
