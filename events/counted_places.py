"""The tree of places beside the timeline, as parts of the statement that counts events.

Profiles know the outermost place of their events, so the roots of the tree are counted as any other
facet is; what lies below them is summed up by place.
"""

from functools import cached_property

from config.facets import SHOWN
from config.subqueries import compiled, fits_text
from events.known_dates import ANY_LEFT, Sql
from events.models import EventFacts, Location, PlaceTally, Profile
from events.summaries import Summaries

_PLACED = "profile_id, location_id"
# The few that no page shows.
_UNPUBLISHED = "SELECT id FROM events_location WHERE state <> 'published'"
_DEEP = "SELECT id, lineage FROM events_location WHERE cardinality(lineage) > 2"


class CountedPlaces:
    """Places and numbers of events, each under every filter but that of places."""

    def __init__(self, summaries: Summaries) -> None:
        self.summaries = summaries

    def outermost(self) -> Sql:
        """The roots of the tree."""
        return self._in_tree(self._roots())

    def _in_tree(self, step: Sql) -> Sql:
        """Of places with their parents and numbers, the first below each parent: chosen places and
        those around, then by number. Names are looked up of those alone that may be among the
        first."""
        sql, values = step
        shown = SHOWN + 1 + len(self.chosen)
        return (
            "(SELECT 'location' AS part, slug, name, number, lineage FROM ("
            "SELECT *, row_number() OVER (PARTITION BY parent"
            " ORDER BY is_open DESC, number DESC, sort_name, id) AS place FROM ("
            "SELECT *, rank() OVER (PARTITION BY parent ORDER BY is_open DESC, number DESC) AS rank"
            f" FROM (SELECT *, id = ANY(%s) AS is_open FROM ({sql}) AS counted"
            f" WHERE id NOT IN ({_UNPUBLISHED})) AS step) AS ranked"
            " JOIN (SELECT id, slug, name, sort_name, lineage FROM events_location) AS named"
            " USING (id) WHERE rank <= %s) AS first"
            " WHERE place <= %s ORDER BY number DESC, name)",
            [list(self._open_places), *values, shown, shown],
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
        are_roots = all(not place.parent_id for place in self.chosen)
        is_any = len(self.chosen) == 1 or not self.summaries.filters.chosen("match")
        return bool(self.chosen) and self._is_asked and are_roots and is_any

    def below(self, placed: Sql | None = None) -> Sql:
        """What lies one step below the open places, among all events or those `placed`."""
        sql, values = placed or self._placed()
        depths = sorted({*self._open_places.values()})
        steps = ", ".join(f"(lineage[{depth}], lineage[{depth + 1}])" for depth in depths)
        below = (
            "WITH direct AS MATERIALIZED ("
            "SELECT root_id, location_id AS id, sum(events)::bigint AS number"
            f" FROM ({sql}) AS placed"
            " JOIN (SELECT id AS profile_id, root_id FROM events_profile) AS rooted"
            " USING (profile_id) WHERE location_id <> root_id"
            f" GROUP BY root_id, location_id {ANY_LEFT}),"
            f" deep AS MATERIALIZED (SELECT id, lineage, number FROM ({_DEEP}) AS place"
            " JOIN direct USING (id)),"
            # Places two steps below a root, or one and with others inside.
            " rolled AS (SELECT step.id, parent, sum(number)::bigint AS number FROM ("
            "SELECT lineage, number FROM deep UNION ALL"
            " SELECT ARRAY[root_id, id], number FROM direct"
            " WHERE id IN (SELECT lineage[2] FROM deep)) AS held"
            f" CROSS JOIN LATERAL (VALUES {steps}) AS step (parent, id)"
            " WHERE parent = ANY(%s) AND step.id IS NOT NULL GROUP BY step.id, parent)"
            " SELECT id, parent, number FROM rolled UNION ALL"
            " SELECT id, root_id, number FROM direct WHERE root_id = ANY(%s)"
            " AND id NOT IN (SELECT id FROM deep)"
            " AND id NOT IN (SELECT lineage[2] FROM deep)"
        )
        open_places = list(self._open_places)
        return self._in_tree((below, [*values, open_places, open_places]))

    def named(self, text: str, limit: int) -> Sql:
        """Places of any depth, each with the names of those around it, nearest first. Put in order
        by number first: by name, only those that are left."""
        # Few are wanted, or few are not: the few are kept, and what lies in none is not counted.
        fits, patterns = fits_text("sort_name", text)
        wanted = f"SELECT id FROM events_location WHERE state = 'published' AND {fits}"
        is_wanted = f"id {'' if text else 'NOT '}IN (SELECT id FROM told_apart)"
        numbers, of_numbers = self._direct_and_around(is_wanted if text else "")
        chosen = [place.pk for place in self.chosen]
        return (
            f"(WITH told_apart AS MATERIALIZED ({wanted if text else _UNPUBLISHED}), {numbers},"
            " step AS (SELECT id, id = ANY(%s) AS is_chosen,"
            " coalesce(leaf.number, 0) + coalesce(around.number, 0) AS number"
            " FROM (SELECT * FROM direct"
            " WHERE id NOT IN (SELECT id FROM events_location WHERE parent_id IS NULL)) AS leaf"
            f" FULL JOIN around USING (id) WHERE {is_wanted}"
            " ORDER BY is_chosen DESC, number DESC FETCH FIRST %s ROWS WITH TIES)"
            " SELECT 'location' AS part, slug AS value, name AS label, number, coalesce(("
            "SELECT string_agg(name, ', ' ORDER BY cardinality(lineage) DESC)"
            " FROM events_location AS wider WHERE wider.id <> place.id"
            " AND wider.id = ANY(place.lineage) AND wider.state = 'published'), '') AS around"
            " FROM step JOIN events_location AS place USING (id)"
            " ORDER BY is_chosen DESC, number DESC, label LIMIT %s)",
            [*patterns, *of_numbers, chosen, limit, limit],
        )

    def _direct_and_around(self, is_wanted: str) -> Sql:
        """Tables of places and numbers of events: `direct`, of those that lie in no place inside,
        and if only some places are wanted, only in these; `around`, of roots, which profiles know,
        and of what lies between. Most places are leaves, and in `direct` alone."""
        placed, of_placed = self._placed_anywhere()
        roots, of_roots = self._roots()
        lies_within = (
            " WHERE location_id IN (SELECT place FROM ("
            "SELECT id AS place, unnest(lineage) AS id FROM events_location) AS around"
            f" WHERE {is_wanted})"
        )
        return (
            "direct AS MATERIALIZED ("
            f"SELECT location_id AS id, sum(events)::bigint AS number FROM ({placed}) AS summary"
            f"{lies_within if is_wanted else ''} GROUP BY location_id {ANY_LEFT}),"
            " around AS MATERIALIZED (SELECT id, sum(number)::bigint AS number FROM ("
            f"SELECT id, number FROM ({roots}) AS root"
            # The offset keeps each place from being looked up for a depth that few have.
            " UNION ALL SELECT unnest(lineage[2:cardinality(lineage) - 1]), number FROM ("
            f"{_DEEP} OFFSET 0) AS deep JOIN direct USING (id)) AS within GROUP BY id)",
            [*of_placed, *of_roots],
        )

    @property
    def _is_asked(self) -> bool:
        """Whether each event has to be asked for its place."""
        return self.summaries.model(but="location", by_place=True) is EventFacts

    def _placed(self) -> Sql:
        """Profiles with places inside the outermost ones around those chosen, and numbers of
        events; under every filter but that of places."""
        summaries = self.summaries
        if summaries.is_gathered and summaries.counts_places:
            condition, values = summaries.condition("profile_id", "location")
            return f"SELECT {_PLACED}, events FROM gathered WHERE is_place AND {condition}", values
        profiles = summaries.filters.profiles(but="location")
        rooted = summaries.rooted(Profile.objects.all() if profiles is None else profiles)
        among = summaries.among("profile_id", compiled(rooted))
        if self._is_asked:
            return summaries.found.each("location", among)
        tallied = summaries.select(PlaceTally, "location")
        if not summaries.filters.is_settled:
            condition, values = among
            return f"SELECT * FROM ({tallied[0]}) AS each WHERE {condition}", [*tallied[1], *values]
        told = summaries.found.tallied(tallied, among)
        return summaries.and_beside(told, _PLACED, "location", among)

    def _placed_anywhere(self) -> Sql:
        """Of all places, under every filter but that of places."""
        summaries = self.summaries
        condition, of_condition = summaries.condition("profile_id", "location")
        if self._is_asked:
            rows, values = summaries.found.each("location")
        else:
            told = summaries.told(PlaceTally, "location")
            rows, values = summaries.and_beside(told, _PLACED, "location")
        return (
            f"SELECT location_id, events FROM ({rows}) AS placed"
            f" WHERE {condition} AND location_id IS NOT NULL",
            [*values, *of_condition],
        )
