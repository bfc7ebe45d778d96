"""The values of the timeline's facets, as parts of the statement that counts events."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from config.addresses import address_of
from config.facets import SHOWN, Facet, FacetValue, facet_of
from config.subqueries import fits_text
from events import counted_dates
from events.counted_places import CountedPlaces
from events.known_dates import Sql
from events.models import Event
from events.summaries import Summaries

# Facets in the order of the page.
FACETS = ("country", "actor", "kind", "standing", "location", "speaker", "source", "year")

# Where a facet's values stand: what a profile has of them, their table, the column that names each
# in a query, their label, and what a search for one of them compares.
_VALUES = {
    "country": ("unnest(countries)", "actors_country", "iso3", "name", "lower(name)"),
    "actor": ("unnest(actors)", "actors_actor", "slug", "name", "sort_name"),
    "kind": ("kind_id", "events_eventtype", "slug", "name", "lower(name)"),
    "speaker": ("unnest(speakers)", "actors_actor", "slug", "name", "sort_name"),
    "source": ("unnest(sources)", "events_source", "slug", "title", "sort_title"),
}
# Name of the facet, value, label, number; and of a place, its way from the root, or where it stands
# alone the names of those around it.
Row = tuple[Any, ...]


class CountedValues:
    """Each facet under every filter but its own."""

    def __init__(self, summaries: Summaries, places: CountedPlaces) -> None:
        self.summaries = summaries
        self.places = places

    def select(self, name: str) -> Sql:
        """The first values of a facet, and one more than are shown; or all of a fixed list."""
        if name == "location":
            return self.places.outermost()
        limit = SHOWN + 1 + len(self._chosen(name))
        return self._standings() if name == "standing" else self.named(name, "", limit)

    def facet(self, name: str, counted: Sequence[Any]) -> Facet:
        """The facet of values, labels, numbers and ways."""
        filters = self.summaries.filters
        facet = facet_of(filters, name, counted, _labels(name))
        if name == "year":
            facet = replace(facet, values=sorted(facet.values, key=_year, reverse=True))
        if facet.is_cut:
            address = address_of("events:facet", name)
            facet = replace(facet, more=f"{address}?{filters.query}" if filters.query else address)
        return facet

    def named(self, name: str, text: str, limit: int) -> Sql:
        """Values whose label has the text in it: chosen ones, then by number."""
        if name == "standing":
            return self._standings()
        if name == "year":
            return counted_dates.year_facet(self.summaries, text, limit)
        if name == "location":
            return self.places.named(text, limit)
        return self._of_profiles(name, text, limit)

    def found(self, name: str, text: str, rows: Sequence[Row]) -> list[FacetValue]:
        """What `named` selected."""
        chosen, labels = self._chosen(name), _labels(name) or {}
        found = [
            FacetValue(
                value,
                labels.get(value) or label,
                int(number),
                value in chosen,
                around=around if name == "location" else "",
            )
            for _name, value, label, number, around in rows
        ]
        if not labels:
            return found
        # The words of a fixed list are in no table.
        fitting = [value for value in found if text.lower() in value.label.lower()]
        return sorted(fitting, key=lambda value: not value.is_chosen)

    def _chosen(self, name: str) -> list[str]:
        return self.summaries.filters.data.getlist(name)

    def _standings(self) -> Sql:
        condition, values = self.summaries.condition("profile_id", "standing")
        return (
            "(SELECT 'standing' AS part, standing AS value, standing AS label,"
            " sum(number) AS number, NULL::bigint[] AS path"
            f" FROM hit WHERE {condition} GROUP BY standing ORDER BY 4 DESC, 2)",
            values,
        )

    def _of_profiles(self, name: str, text: str, limit: int) -> Sql:
        held, table, key, label, searched = _VALUES[name]
        condition, values = self.summaries.condition("profile_id", name)
        fits, patterns = fits_text(searched, text)
        return (
            f"(SELECT '{name}' AS part, named.{key}::text AS value, named.{label}::text AS label,"
            " counted.number, NULL::bigint[] AS path FROM ("
            f"SELECT {held} AS id, sum(number) AS number"
            f" FROM hit WHERE {condition} GROUP BY 1) AS counted"
            f" JOIN {table} AS named ON named.id = counted.id WHERE {fits}"
            f" ORDER BY named.{key} = ANY(%s) DESC, number DESC, label LIMIT %s)",
            [*values, *patterns, self._chosen(name), limit],
        )


def _year(value: FacetValue) -> int:
    return int(value.value) if re.fullmatch(r"-?\d{4}", value.value) else 0


def _labels(name: str) -> dict[str, str] | None:
    """Of a fixed list; None for what a table names."""
    if name != "standing":
        return None
    return {value: str(label) for value, label in Event.Standing.choices}
