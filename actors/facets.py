"""What the list of actors counts beside its filters."""

from config.lists.facets import FieldFacet

COUNTRY = FieldFacet("country", "country__iso3", "country__name")
ACTOR_FACETS = (FieldFacet("kind", "kind", "kind__name"), COUNTRY)
