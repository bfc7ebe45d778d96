"""All resources of the API: addresses, views, description and tests go by it."""

from events.api.actors import ACTORS
from events.api.claims import CLAIMS
from events.api.events import EVENTS
from events.api.locations import LOCATIONS
from events.api.sources import SOURCES
from events.api.statements import STATEMENTS

RESOURCES = {
    resource.name: resource for resource in (EVENTS, ACTORS, LOCATIONS, STATEMENTS, CLAIMS, SOURCES)
}
