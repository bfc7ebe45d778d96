"""What the list of actors counts beside its filters."""

from actors.models import Actor
from config.lists.facets import FieldFacet

COUNTRY = FieldFacet("country", "country__iso3", "country__name")
ACTOR_FACETS = (FieldFacet("kind", "kind", labels=dict(Actor.Kind.choices)), COUNTRY)
