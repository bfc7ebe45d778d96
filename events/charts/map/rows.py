"""A picture as a list, whose numbers add up to all events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.charts.map.links import Links
from events.charts.map.marks import Mark, Marks, in_order
from events.charts.map.naming import TOLD, PlaceName
from events.charts.map.sites import Spots

SHOWN = 12
_PROVINCES = 6  # that are told apart


@dataclass(frozen=True, slots=True)
class Row:
    """`name` leads somewhere if there is an address; `detail` follows it in the same line,
    `note` in the next."""

    name: str
    number: int
    url: str = ""
    detail: str = ""
    note: str = ""
    parts: Sequence["Row"] = field(default_factory=tuple)


def rows_of(
    found: Marks,
    spots: Spots,
    names: Mapping[int, PlaceName],
    links: Links,
    without: Sequence[Row],
    unplaced: int,
) -> list[Row]:
    """`unplaced` events have no place, of which `without` tells some."""
    squares = [*found.drawn, *found.crowded, *found.beyond]
    rows = _places([each for each in found.drawn if not each.is_square], names, spots)
    rows += _provinces([each for each in squares if each.form == "area"], found)
    rows += _countries(
        [each for each in squares if each.form == "country"], found, spots, names, links
    )
    if len(rows) <= SHOWN:
        rows.sort(key=lambda row: -row.number)
    rest = (
        (_("Outside this view"), found.outside, ""),
        (
            _("In places that are not on the map"),
            found.nowhere,
            _("Neither coordinates nor a country of the base map are known."),
        ),
    )
    rows += [Row(name, number, note=note) for name, number, note in rest if number]
    if unplaced:
        rows.append(Row(_("No place given"), unplaced, parts=without))
    return rows


def _places(marks: list[Mark], names: Mapping[int, PlaceName], spots: Spots) -> list[Row]:
    shown, others = in_order(marks)[:SHOWN], in_order(marks)[SHOWN:]
    rows = [Row(each.name, each.number, each.url, _detail(each, spots, names)) for each in shown]
    if others:
        number = len(others)
        words = ngettext(
            "%(number)s more mark of places", "%(number)s more marks of places", number
        )
        rows.append(Row(words % {"number": number}, sum(each.number for each in others)))
    return rows


def _detail(each: Mark, spots: Spots, names: Mapping[int, PlaceName]) -> str:
    """What follows the name of a place: how many more there are, or what it is."""
    more = len(each.members) - 1
    if more:
        words = ngettext("and %(more)s more place", "and %(more)s more places", more)
        return f" {words}" % {"more": f"{more:,}"}
    if each.form == "near":
        return f", {_('within 25 km')}"
    own = names.get(int(spots.ids[each.members[0]]))
    return f", {own.kind_in_words.lower()}" if own else ""


def _provinces(marks: list[Mark], found: Marks) -> list[Row]:
    marks = in_order(marks)
    undrawn = sum(each.number for each in marks if each in found.crowded)
    if len(marks) > _PROVINCES:
        note = (
            _("%(number)s of them not drawn at this size") % {"number": f"{undrawn:,}"}
            if undrawn
            else ""
        )
        name = _("Somewhere in a district or province")
        return [Row(name, sum(each.number for each in marks), note=note)]
    return [_square(each, found) for each in marks]


def _square(each: Mark, found: Marks, parts: Sequence[Row] = ()) -> Row:
    note = _("not drawn at this size") if each in found.crowded else ""
    if each in found.beyond:
        note = _("the country goes on beyond this view")
    return Row(each.name, each.number, each.url, f", {_('somewhere in it')}", note, parts)


def _countries(
    marks: list[Mark], found: Marks, spots: Spots, names: Mapping[int, PlaceName], links: Links
) -> list[Row]:
    shown, others = in_order(marks)[:SHOWN], in_order(marks)[SHOWN:]
    rows = [_square(each, found, _parts(each, spots, names, links)) for each in shown]
    if others:
        number = len(others)
        words = ngettext(
            "Somewhere in %(number)s more country", "Somewhere in %(number)s more countries", number
        )
        rows.append(Row(words % {"number": number}, sum(each.number for each in others)))
    return rows


def _parts(each: Mark, spots: Spots, names: Mapping[int, PlaceName], links: Links) -> list[Row]:
    """The places that a country stands for, where they are few and more than it alone."""
    if not 1 < len(each.members) <= TOLD:
        return []
    rows = []
    for place in each.members.tolist():
        known = names.get(int(spots.ids[place]))
        if known is None or known.kind == "country":
            rows.append(Row(_("No nearer place given"), int(spots.numbers[place])))
        else:
            rows.append(Row(known.name, int(spots.numbers[place]), links.to_place(known.slug)))
    return rows
