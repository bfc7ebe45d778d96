"""The tree of places beside the timeline, as parts of the statement that counts events.

Profiles know the outermost place of their events, so the roots of the tree are counted as any other
facet is; what lies below them is summed up by place.
"""

from collections.abc import Collection
from functools import cached_property

from config.facets import SHOWN
from config.subqueries import fits_text
from events.known_dates import ANY_LEFT, Sql
from events.models import EventFacts, Location
from events.summaries import Summaries

# The few that no page shows.
_UNPUBLISHED = "SELECT id FROM events_location WHERE state <> 'published'"


class CountedPlaces:
    """Places and numbers of events, each under every filter but that of places."""

    def __init__(self, summaries: Summaries) -> None:
        self.summaries = summaries

    def outermost(self) -> Sql:
        """The roots of the tree."""
        return self._in_tree(self._roots(), [None])

    def _in_tree(self, step: Sql, parents: Collection[int | None]) -> Sql:
        """The first below each of these parents: chosen places and those around, then by number.
        Names are looked up of those alone that may be among the first."""
        sql, values = step
        shown = SHOWN + 1 + len(self.chosen)
        return (
            # A statement in parentheses alone would lend its tables to the one around.
            "SELECT * FROM (WITH step AS MATERIALIZED ("
            f"SELECT *, id = ANY(%s) AS is_open FROM ({sql}) AS counted"
            f" WHERE id NOT IN ({_UNPUBLISHED}))"
            " SELECT 'location' AS part, slug, name, number, lineage"
            " FROM unnest(%s::bigint[]) AS around (id) CROSS JOIN LATERAL ("
            " SELECT slug, name, number, lineage FROM ("
            "  SELECT * FROM step WHERE parent IS NOT DISTINCT FROM around.id"
            "  ORDER BY is_open DESC, number DESC FETCH FIRST %s ROWS WITH TIES) AS step"
            " JOIN events_location AS place USING (id)"
            " ORDER BY is_open DESC, number DESC, sort_name, id LIMIT %s) AS first"
            " ORDER BY number DESC, name) AS tree",
            [list(self._open_places), *values, list(parents), shown, shown],
        )

    @cached_property
    def chosen(self) -> list[Location]:
        return list(self.summaries.filters.chosen("location") or [])

    @cached_property
    def _open_places(self) -> dict[int, int]:
        """The chosen places and those around, each with its depth."""
        return {
            pk: depth for chosen in self.chosen for depth, pk in enumerate(chosen.lineage, start=1)
        }

    def _roots(self) -> Sql:
        """The outermost places, which profiles know."""
        is_narrowed = bool(self.summaries.filters.chosen("location"))
        hits, values = (
            self.summaries.hits(but="location") if is_narrowed else ("SELECT * FROM hit", [])
        )
        condition, of_profiles = self.summaries.condition("profile_id", "location")
        return (
            "SELECT root_id AS id, NULL::bigint AS parent, sum(number) AS number"
            f" FROM ({hits}) AS found WHERE {condition} GROUP BY 1",
            [*values, *of_profiles],
        )

    @cached_property
    def is_below_within(self) -> bool:
        """Whether each event has to be asked for its place, and all that lies one step below the
        open places is within the filters: outermost places have nothing beside them."""
        is_asked = self.summaries.model(but="location", by_place=True) is EventFacts
        are_roots = all(not place.parent_id for place in self.chosen)
        is_any = len(self.chosen) == 1 or not self.summaries.filters.chosen("match")
        return bool(self.chosen) and is_asked and are_roots and is_any

    def below(self, placed: Sql | None = None) -> Sql:
        """What lies one step below the open places, among all events or those `placed`."""
        sql, values = placed or self.summaries.placed()
        depths = self._open_places
        # Each place lies below one of each depth, at most.
        steps = [
            f"SELECT lineage[{depth}] AS parent, lineage[{depth + 1}] AS id, events FROM inside"
            f" WHERE lineage[{depth}] = ANY(%s) AND cardinality(lineage) > {depth}"
            for depth in sorted({*depths.values()})
        ]
        below = (
            "WITH inside AS (SELECT lineage, events"
            " FROM (SELECT location_id, sum(events)::bigint AS events"
            f" FROM ({sql}) AS placed GROUP BY location_id {ANY_LEFT}) AS direct"
            " JOIN events_location AS place ON place.id = direct.location_id)"
            f" SELECT id, parent, sum(events) AS number FROM ({' UNION ALL '.join(steps)}) AS step"
            " GROUP BY id, parent"
        )
        return self._in_tree((below, [*values, *[list(depths)] * len(steps)]), depths)

    def named(self, text: str, limit: int) -> Sql:
        """Places of any depth. Put in order by number first: by name, only those that are left.

        Most are leaves, which count what lies in them alone; roots are known to profiles.
        """
        placed, of_placed = self.summaries.placed_anywhere()
        roots, of_roots = self._roots()
        fits, patterns = fits_text("sort_name", text)
        # Few are wanted, or few are not: the few are kept, and what lies in none is not counted.
        wanted = f"SELECT id FROM events_location WHERE state = 'published' AND {fits}"
        is_wanted = f"id {'' if text else 'NOT '}IN (SELECT id FROM told_apart)"
        lies_within = (
            "WHERE location_id IN (SELECT place FROM ("
            "SELECT id AS place, unnest(lineage) AS id FROM events_location) AS around"
            f" WHERE {is_wanted})"
        )
        chosen = [place.pk for place in self.chosen]
        return (
            f"(WITH told_apart AS MATERIALIZED ({wanted if text else _UNPUBLISHED}),"
            " direct AS MATERIALIZED ("
            f" SELECT location_id AS id, sum(events)::bigint AS number FROM ({placed}) AS summary"
            f" {lies_within if text else ''} GROUP BY location_id {ANY_LEFT}),"
            " around AS MATERIALIZED (SELECT id, sum(number)::bigint AS number FROM ("
            f"SELECT id, number FROM ({roots}) AS root"
            # The offset keeps each place from being looked up for a depth that few have.
            " UNION ALL SELECT unnest(lineage[2:cardinality(lineage) - 1]), number FROM ("
            "SELECT id, lineage FROM events_location WHERE cardinality(lineage) > 2 OFFSET 0"
            ") AS deep JOIN direct USING (id)) AS within GROUP BY id),"
            " step AS (SELECT id, id = ANY(%s) AS is_chosen,"
            " coalesce(leaf.number, 0) + coalesce(around.number, 0) AS number"
            " FROM (SELECT * FROM direct"
            " WHERE id NOT IN (SELECT id FROM events_location WHERE parent_id IS NULL)) AS leaf"
            f" FULL JOIN around USING (id) WHERE {is_wanted}"
            " ORDER BY is_chosen DESC, number DESC FETCH FIRST %s ROWS WITH TIES)"
            " SELECT 'location' AS part, slug AS value, name AS label, number,"
            " NULL::bigint[] AS path FROM step JOIN events_location USING (id)"
            " ORDER BY is_chosen DESC, number DESC, label LIMIT %s)",
            [*patterns, *of_placed, *of_roots, chosen, limit, limit],
        )
