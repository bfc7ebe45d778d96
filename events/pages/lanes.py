"""The drawn timeline: which lanes there are under the filters, and what stands in each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Actor, Country
from config.edtf.dates import parse
from config.http.addresses import address_of, addresses_of, with_query
from events.charts.lanes.density import Bins, Count
from events.charts.lanes.lane import Lane, LaneEvent
from events.charts.lanes.links import Link
from events.charts.lanes.order import in_order
from events.charts.lanes.zoom import Zoom
from events.filters.timeline import TimelineFilterSet
from events.index.columns import Mask
from events.index.facts import fetch_packed, packed, unpacked
from events.index.lanes import NONE, REST, Lanes, count_in_bins, having_a_day, lying_in
from events.index.state import State
from events.models import Event, EventType, Participation

# As many lanes have the fullest of their values; the others are in one together.
MOST_LANES = 12
# Events that are read of one lane, and of the picture: of more, numbers are drawn.
_MOST_OF_LANE, _MOST_OF_ALL = 200, 400
_LINKS = f"""SELECT {packed("from_event_id")}, {packed("to_event_id")},
    {packed("(basis = 'inferred')::int::bigint")} FROM events_eventlink
    WHERE to_event_id IS NOT NULL"""  # noqa: S608 - words of this module


@dataclass(frozen=True, slots=True)
class Name:
    """What a lane is called, where its name leads, and what it is kin to."""

    name: str
    url: str
    kin: str = ""


class LaneReader:
    """The lanes of one request. Names, events and roles are read by one query each."""

    def __init__(self, filters: TimelineFilterSet, zoom: Zoom, choosing: str) -> None:
        """`choosing` stands before the slug of an event in the address that chooses it."""
        self.filters = filters
        self.zoom = zoom
        self._choosing = choosing
        self.state: State = filters.selection.state
        self._lanes = Lanes(filters.selection, filters.by)

    @cached_property
    def links(self) -> list[Link]:
        """Between public events, whatever the filters."""
        [row] = fetch_packed(_LINKS, {})
        ends = [unpacked(numbers) for numbers in row]
        is_public = np.isin(ends[0], self.state.keys) & np.isin(ends[1], self.state.keys)
        rows = zip(*(end[is_public].tolist() for end in ends), strict=True)
        return [Link(one, other, bool(is_inferred)) for one, other, is_inferred in rows]

    @cached_property
    def lanes(self) -> list[Lane]:
        masks = self._masks
        names = self._names([key for key in masks if key > 0])
        in_window = {key: mask & self._window for key, mask in masks.items()}
        numbers = {key: int(np.count_nonzero(mask)) for key, mask in in_window.items()}
        events = self._events({key: in_window[key] for key in _few(numbers)})
        has_day = having_a_day(self.state)
        return [
            Lane(
                key,
                (names.get(key) or self._name_of_rest(key)).name,
                (names.get(key) or self._name_of_rest(key)).url,
                numbers[key],
                int(np.count_nonzero(in_window[key] & ~has_day)),
                events.get(key),
                partial(_counted, self.state, in_window[key] & has_day),
            )
            for key in self._in_order(masks, names)
        ]

    @cached_property
    def _masks(self) -> dict[int, Mask]:
        return self._lanes.masks(self._lanes.fullest(MOST_LANES))

    @cached_property
    def _window(self) -> Mask:
        window = self.zoom.window
        if window is None:
            return self.state.every
        return lying_in(self.state, window.first_day, window.last_day)

    @cached_property
    def number_in_window(self) -> int:
        return int(np.count_nonzero(self.filters.selection.mask & self._window))

    @cached_property
    def number_without_a_day(self) -> int:
        mask = self.filters.selection.mask & ~having_a_day(self.state)
        return int(np.count_nonzero(mask))

    def counted(self, bins: Bins) -> list[Count]:
        """All events that are selected, in bins."""
        mask = self.filters.selection.mask & having_a_day(self.state)
        return _counted(self.state, mask, bins)

    def _in_order(self, masks: Mapping[int, Mask], names: Mapping[int, Name]) -> list[int]:
        """The lanes of values, then those of the others and of none."""
        keys = [key for key in masks if key > 0]
        kin = {key: names[key].kin or key for key in keys if key in names}
        numbers = {key: int(np.count_nonzero(masks[key])) for key in keys}
        return [
            *in_order(numbers, kin, self._links_between(masks)),
            *(key for key in (REST, NONE) if key in masks),
        ]

    def _links_between(self, masks: Mapping[int, Mask]) -> dict[tuple[int, int], int]:
        if not self.links:
            return {}
        ends = np.array([(link.from_event, link.to_event) for link in self.links])
        places = np.searchsorted(self.state.keys, ends)
        has = {key: mask[places] for key, mask in masks.items() if key > 0}
        found = {
            (one, other): int(np.count_nonzero(has[one][:, 0] & has[other][:, 1]))
            for one in has
            for other in has
            if one != other
        }
        return {pair: number for pair, number in found.items() if number}

    def _names(self, keys: Sequence[int]) -> dict[int, Name]:
        match self.filters.by:
            case "actor":
                actor_at = addresses_of("actors:actor_detail")
                rows = Actor.objects.published().filter(pk__in=keys).order_by()
                return {
                    pk: Name(name, actor_at(slug), f"c{country}" if country else f"a{lineage[0]}")
                    for pk, name, slug, country, lineage in rows.values_list(
                        "pk", "name", "slug", "country", "lineage"
                    )
                }
            case "country":
                country_at = addresses_of("countries:country_detail")
                found = Country.objects.filter(pk__in=keys).values_list("pk", "name", "iso3")
                return {pk: Name(name, country_at(iso3)) for pk, name, iso3 in found}
            case "kind":
                kinds = EventType.objects.filter(pk__in=keys).values_list("pk", "name", "slug")
                return {pk: Name(name, self._list_of("kind", slug)) for pk, name, slug in kinds}
            case _:
                return {}

    def _list_of(self, name: str, value: str) -> str:
        query = self.filters.data.copy()
        for other in self.filters.APPEARANCE:
            query.pop(other, None)
        query.setlist(name, [value])
        return with_query(address_of("events:event_list"), query.urlencode())

    def _name_of_rest(self, key: int) -> Name:
        """Those of other values lead to the page where these can be looked through."""
        by = self.filters.by
        if key == NONE:
            none = {"actor": _("No actor given"), "country": _("No country given")}
            return Name(none.get(by, _("Events")), "")
        number = self._lanes.number_of_values() - MOST_LANES
        words = {
            "actor": ngettext("%(n)s more actor", "%(n)s more actors", number),
            "country": ngettext("%(n)s more country", "%(n)s more countries", number),
            "kind": ngettext("%(n)s more kind", "%(n)s more kinds", number),
        }[by]
        url = with_query(address_of("events:facet", by), self.filters.results_query)
        return Name(words % {"n": number_format(number, force_grouping=True)}, url)

    def _events(self, masks: Mapping[int, Mask]) -> dict[int, list[LaneEvent]]:
        """The events of some lanes in the order of time."""
        keys = {key: self.state.keys[mask].tolist() for key, mask in masks.items()}
        wanted = {event for found in keys.values() for event in found}
        rows = _read_events(wanted, self._choosing)
        roles = _read_roles(wanted) if self.filters.by == "actor" else {}
        return {
            key: sorted(
                (
                    replace(rows[event], role=roles.get((event, key), ""))
                    for event in found
                    if event in rows
                ),
                key=_in_time,
            )
            for key, found in keys.items()
        }


def _few(numbers: Mapping[int, int]) -> list[int]:
    """The lanes with the fewest events, as many as are drawn one by one."""
    found, total = [], 0
    for key, number in sorted(numbers.items(), key=lambda lane: lane[1]):
        total += number
        if number <= _MOST_OF_LANE and total <= _MOST_OF_ALL:
            found.append(key)
    return found


def _in_time(event: LaneEvent) -> tuple[bool, int, bool, int, int]:
    first, last = event.when.first_day, event.when.last_day
    return first is not None, first or 0, last is None, last or 0, event.key


def _counted(state: State, mask: Mask, bins: Bins) -> list[Count]:
    surely, number = count_in_bins(state, mask, bins.starts, bins.last_day)
    return [Count(*both) for both in zip(surely.tolist(), number.tolist(), strict=True)]


def _read_events(keys: Iterable[int], choosing: str) -> dict[int, LaneEvent]:
    event_at = addresses_of("events:event_detail")
    words = {str(value): str(label) for value, label in Event.Standing.choices}
    rows = Event.objects.published().filter(pk__in=keys).order_by()
    return {
        pk: LaneEvent(
            pk,
            slug,
            event_at(slug),
            title,
            parse(date),
            standing,
            words[standing],
            href=f"{choosing}{slug}#chosen",
        )
        for pk, slug, title, date, standing in rows.values_list(
            "pk", "slug", "title", "date", "standing"
        )
    }


def _read_roles(keys: Iterable[int]) -> dict[tuple[int, int], str]:
    """By event and actor; several roles of one are joined."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    rows = Participation.objects.filter(event__in=keys).order_by("pk")
    columns = ("event", "actor", "role__name", "is_alleged")
    for event, actor, word, is_alleged in rows.values_list(*columns):
        found[event, actor].append(_("alleged %(role)s") % {"role": word} if is_alleged else word)
    return {pair: ", ".join(roles) for pair, roles in found.items()}
