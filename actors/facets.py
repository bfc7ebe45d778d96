"""What the list of actors counts beside its filters."""

from actors.models import Actor
from config.facets import ColumnFacet

COUNTRY = ColumnFacet("country", "country_id", table="actors_country", key="iso3", label="name")
ACTOR_FACETS = (ColumnFacet("kind", "kind", dict(Actor.Kind.choices)), COUNTRY)
