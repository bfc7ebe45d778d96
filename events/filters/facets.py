"""What the lists of places, sources and statements count beside their filters."""

from typing import Any

from django.db.models import QuerySet

from actors.facets import COUNTRY
from config.db.publication import State
from config.lists.facets import FieldFacet
from events.models import Location, Position, Source, StatementEvent

LOCATION_FACETS = (FieldFacet("kind", "kind", labels=dict(Location.Kind.choices)), COUNTRY)
SOURCE_FACETS = (FieldFacet("kind", "kind", labels=dict(Source.Kind.choices)),)


def _positions(statements: QuerySet[Any]) -> QuerySet[Any]:
    """Those that the public may see."""
    return Position.objects.published().filter(statement__in=statements.values("pk"))


def _events_spoken_of(statements: QuerySet[Any]) -> QuerySet[Any]:
    about = StatementEvent.objects.filter(statement__in=statements.values("pk"))
    return about.filter(event__state=State.PUBLISHED)


SPEAKER = FieldFacet("speaker", "speaker__slug", "speaker__name")
STANCE = FieldFacet(
    "stance", "stance", labels=dict(Position.Stance.choices), records=_positions, row="statement"
)
SPEAKER_COUNTRY = FieldFacet("country", "speaker__country__iso3", "speaker__country__name")
EVENT_SPOKEN_OF = FieldFacet(
    "event", "event__slug", "event__title", records=_events_spoken_of, row="statement"
)
CLAIM = FieldFacet("claim", "claim__slug", "claim__text", records=_positions, row="statement")
STATEMENT_FACETS = (SPEAKER, STANCE, SPEAKER_COUNTRY, EVENT_SPOKEN_OF, CLAIM)
