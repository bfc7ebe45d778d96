"""The facets of the timeline: how many events have each value, under every filter but its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db.models import QuerySet

from actors.models import Actor, Country
from config.http.addresses import address_of, with_query
from config.lists.facets import SHOWN, Facet, FacetValue, facet_of
from config.search.query import Query, parse
from config.search.rows import SearchedQuerySet
from config.search.spelling import Understood, understand
from config.search.text import search_text
from events.filters.events import EventFilterSet
from events.index.facts import BASES, STANDINGS
from events.index.selection import Counts, Selection, count_years
from events.models import Event, EventType, Location, Source

# Facets in the order of the page.
FACETS = ("country", "actor", "kind", "standing", "location", "speaker", "source", "year", "basis")
# Those of records that lie in no tree; the actors among them are named by one query.
_OF_RECORDS = ("country", "actor", "kind", "speaker", "source")
_OF_ACTORS = ("actor", "speaker")
# Facets of a fixed list of words: in the order of their codes, each with its label.
_WORDS = {
    "standing": dict(zip(STANDINGS, Event.Standing.labels, strict=True)),
    "basis": dict(zip(BASES, Event.DateBasis.labels, strict=True)),
}
# The name in a query and the label of records, by their keys.
_Names = dict[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Named:
    """Records that a facet counts: the column that names one in a query, and that of its label."""

    rows: SearchedQuerySet[Any]
    labels: QuerySet[Any, tuple[int, str, str]]

    @classmethod
    def of(cls, rows: SearchedQuerySet[Any], key: str, label: str) -> "Named":
        return cls(rows, rows.order_by().values_list("pk", key, label))

    def names(self, keys: Iterable[int]) -> _Names:
        """The name in a query and the label of each."""
        rows = self.labels.filter(pk__in=list(keys))
        return {pk: (key, label) for pk, key, label in rows}

    def find(self, meant: Query) -> list[int]:
        """The keys of those that have a name with some words, in any script."""
        rows: SearchedQuerySet[Any] = self.rows.answering(meant)
        return list(rows.order_by().values_list("pk", flat=True))


@cache
def _named(name: str) -> Named:
    """Made once: no row is read before the rows that are wanted are named."""
    match name:
        case "country":
            return Named.of(Country.objects.all(), "iso3", "name")
        case "kind":
            return Named.of(EventType.objects.all(), "slug", "name")
        case "source":
            return Named.of(Source.objects.published(), "slug", "title")
        case "location":
            return Named.of(Location.objects.published(), "slug", "name")
        case _:
            return Named.of(Actor.objects.published(), "slug", "name")


def count_facets(filters: EventFilterSet, selection: Selection) -> list[Facet]:
    numbers = {name: _numbers(filters, selection, name) for name in _OF_RECORDS}
    actors = _named("actor").names({pk for name in _OF_ACTORS for pk in numbers[name]})
    return [_facet(filters, selection, name, numbers, actors) for name in FACETS]


def understand_name(name: str, text: str) -> Understood:
    """What is looked for in a facet; in one whose values are no records, as it is typed."""
    if name in _WORDS or name == "year":
        return Understood(query := parse(text), query)
    return understand(text, _named(name).rows.look_up)


def find_values(
    filters: EventFilterSet, selection: Selection, name: str, asked: Understood, limit: int
) -> list[FacetValue]:
    """The values of one facet that have a name with some words: chosen ones, then by number."""
    chosen = filters.data.getlist(name)
    if name in _WORDS or name == "year":
        rows = _words(selection, name) if name in _WORDS else _years(filters, selection)
        found = [
            FacetValue(value, label, number, value in chosen)
            for value, label, number, _way in rows
            if search_text(asked.asked.typed) in search_text(label)
        ]
        return sorted(found, key=lambda value: not value.is_chosen)[:limit]
    counts = selection.counts(name)
    keys = _chosen_keys(filters, name)
    wanted = counts.of(keys if asked.is_empty else _named(name).find(asked.meant))
    numbers = counts.first(limit) | wanted if asked.is_empty else wanted
    named = _rows(_named(name).names(numbers), numbers, keys)[:limit]
    around = _names_around(selection, [row[0] for row in named]) if name == "location" else {}
    return [
        FacetValue(value, label, number, pk in keys, around=around.get(pk, ""))
        for pk, value, label, number in named
    ]


def _facet(
    filters: EventFilterSet,
    selection: Selection,
    name: str,
    numbers: Mapping[str, dict[int, int]],
    actors: _Names,
) -> Facet:
    match name:
        case "standing":
            facet = facet_of(filters, name, _words(selection, name))
        case "basis":
            rows = _words(selection, name)
            # Where all dates are stated, there is nothing to choose.
            is_choice = filters.chosen(name) or [row[0] for row in rows] != [BASES[0]]
            facet = facet_of(filters, name, rows if is_choice else [])
        case "year":
            rows = _years(filters, selection)[: _limit(filters, name)]
            facet = facet_of(filters, name, rows)
            values = sorted(facet.values, key=lambda value: _year(value.value), reverse=True)
            facet = replace(facet, values=values)
        case "location":
            facet = facet_of(filters, name, _places(filters, selection))
        case _:
            names = actors if name in _OF_ACTORS else _named(name).names(numbers[name])
            facet = facet_of(filters, name, _records(filters, name, numbers[name], names))
    if facet.is_cut:
        address = address_of("events:facet", name)
        facet = replace(facet, more=with_query(address, filters.results_query))
    return facet


# Value, label, number, and of a place its way from the outermost place around it.
_Row = tuple[str, str, int, list[int] | None]


def _words(selection: Selection, name: str) -> list[_Row]:
    labels = list(_WORDS[name].items())
    numbers = selection.counts(name).first(len(labels))
    found = [(labels[code - 1], number) for code, number in numbers.items()]
    rows: list[_Row] = [(value, str(label), number, None) for (value, label), number in found]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def _years(filters: EventFilterSet, selection: Selection) -> list[_Row]:
    counts = selection.counts_of_spans(excluding="year")
    is_certain = bool(filters.chosen("certain"))
    numbers = count_years(selection.state, counts, certainly=is_certain)
    chosen = set(filters.data.getlist("year"))
    rows: list[_Row] = [
        (text, text, number, None)
        for year, number in numbers.items()
        for text in [f"{'-' if year < 0 else ''}{abs(year):04}"]
    ]
    return sorted(rows, key=lambda row: (row[0] not in chosen, -row[2], -int(row[0])))


def _numbers(filters: EventFilterSet, selection: Selection, name: str) -> dict[int, int]:
    """How many events have each of the most frequent records, and of those chosen."""
    counts = selection.counts(name)
    return counts.first(_limit(filters, name)) | counts.of(_chosen_keys(filters, name))


def _records(
    filters: EventFilterSet, name: str, numbers: dict[int, int], names: _Names
) -> list[_Row]:
    rows = _rows(names, numbers, _chosen_keys(filters, name))[: _limit(filters, name)]
    return [(value, label, number, None) for _pk, value, label, number in rows]


def _places(filters: EventFilterSet, selection: Selection) -> list[_Row]:
    """The outermost places, and below the chosen ones and those around them what lies in them."""
    state, counts = selection.state, selection.counts("location")
    # Of a chosen place without events the index knows nothing.
    ways = [place.lineage for place in filters.chosen("location") or []]
    wider = Location.objects.published().filter(pk__in={pk for way in ways for pk in way})
    open_places = set(wider.order_by().values_list("pk", flat=True)) if ways else set()
    numbers: dict[int, int] = counts.of(open_places)
    for parent in (0, *open_places):
        is_inside = state.places_around == parent
        inside = Counts(counts.ids[is_inside], counts.numbers[is_inside])
        numbers |= inside.first(_limit(filters, "location"))
    rows = _rows(_named("location").names(numbers), numbers, set())
    return [(value, label, number, state.around(pk)) for pk, value, label, number in rows]


def _rows(
    names: _Names, numbers: dict[int, int], chosen: set[int]
) -> list[tuple[int, str, str, int]]:
    """Key, name in a query, label and number: chosen ones first, then by number and label."""
    rows = [(pk, *names[pk], number) for pk, number in numbers.items() if pk in names]
    return sorted(rows, key=lambda row: (row[0] not in chosen, -row[3], row[2], row[0]))


def _names_around(selection: Selection, places: Sequence[int]) -> dict[int, str]:
    """The names of the places around each, the nearest first."""
    ways = {pk: selection.state.around(pk)[-2::-1] for pk in places}
    names = _named("location").names({pk for way in ways.values() for pk in way})
    return {pk: ", ".join(names[a][1] for a in way if a in names) for pk, way in ways.items()}


def _chosen_keys(filters: EventFilterSet, name: str) -> set[int]:
    return {row.pk for row in filters.chosen(name) or []}


def _limit(filters: EventFilterSet, name: str) -> int:
    """One more than are shown, so that it is known whether there are more."""
    return SHOWN + 1 + len(filters.data.getlist(name))


def _year(text: str) -> int:
    """Of a chosen value that is no year, any."""
    return int(text) if text.removeprefix("-").isdigit() else 0
