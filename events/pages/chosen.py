"""The event that is chosen in a drawn timeline: what a panel below it says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from config.http.addresses import address_of, with_query
from events.filters.timeline import TimelineFilterSet
from events.models import Event, Position
from events.pages.entries import Entry, read_entries
from events.pages.stances import AGAINST

# Claims that are said to be contested.
_MOST = 2


@dataclass(frozen=True, slots=True)
class Contested:
    """A claim about the event, and who takes a position against it."""

    claim: str
    speakers: list[str]


@dataclass(frozen=True, slots=True)
class ChosenEvent:
    """`previous` and `next` are slugs in the order of time under the filters, "" for none."""

    entry: Entry
    contested: list[Contested]
    previous: str
    next: str

    @property
    def on_map(self) -> str:
        """The address of the map with the place of the event, "" where it has none."""
        if self.entry.place is None:
            return ""
        slug = self.entry.place.url.strip("/").rpartition("/")[2]
        return with_query(address_of("map"), urlencode({"place": slug}))

    @property
    def place(self) -> str:
        names = [place.name for place in (self.entry.place, self.entry.country) if place]
        return _(", ").join(names)


def read_chosen(filters: TimelineFilterSet) -> ChosenEvent | None:
    event = filters.event_chosen
    if event is None:
        return None
    [entry] = read_entries([event.pk], with_sources=False)
    return ChosenEvent(entry, list(_contested(event)), *_neighbours(filters, event))


def _contested(event: Event) -> Iterator[Contested]:
    rows = Position.objects.published().filter(claim__event=event, stance__in=AGAINST)
    found = rows.order_by("claim", "statement__speaker__sort_name").values_list(
        "claim", "claim__text", "statement__speaker__name"
    )
    for number, ((_pk, text), group) in enumerate(groupby(found, key=lambda row: row[:2])):
        if number < _MOST:
            yield Contested(text, _each_once(row[2] for row in group))


def _each_once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _neighbours(filters: TimelineFilterSet, event: Event) -> tuple[str, str]:
    selection = replace(filters.selection, order="date")
    place = selection.place_of(event.pk)
    if place is None:
        return "", ""
    around = selection.between(max(0, place - 1), place + 2)
    slugs = dict(Event.objects.filter(pk__in=[e.pk for e in around]).values_list("pk", "slug"))
    in_order = [slugs.get(found.pk, "") for found in around]
    here = in_order.index(event.slug)
    return "".join(in_order[:here][-1:]), "".join(in_order[here + 1 :][:1])
