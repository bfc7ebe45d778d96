"""What the list of actors counts beside its filters."""

from actors.models import Actor
from config.facets import FacetQuery

ACTOR_FACETS = (
    FacetQuery(
        "kind",
        """
        SELECT kind AS value, kind AS label, count(*) AS number
        FROM actors_actor WHERE id IN (SELECT id FROM narrowed) GROUP BY kind
        """,
        dict(Actor.Kind.choices),
    ),
    FacetQuery(
        "country",
        """
        SELECT country.iso3 AS value, country.name AS label, count(*) AS number
        FROM actors_actor AS actor JOIN actors_country AS country ON country.id = actor.country_id
        WHERE actor.id IN (SELECT id FROM narrowed)
        GROUP BY country.id
        """,
    ),
)
