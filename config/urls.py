from collections.abc import Callable
from functools import partial

from django.contrib import admin
from django.http import HttpResponseBase
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from config.http.caching import versioned
from config.http.health import healthz, readyz
from config.http.open_access import read_by_other_sites
from events.api.registry import RESOURCES
from events.exports.registry import COLLECTIONS
from events.views.about import about
from events.views.actors import actor_detail, actor_list
from events.views.api import (
    anything_else,
    api_document,
    api_index,
    gone_list,
    resource_detail,
    resource_list,
)
from events.views.citations import actor_citation, event_citation, statement_citation
from events.views.countries import country_detail, country_list
from events.views.crawlers import robots
from events.views.event_files import event_calendar, event_json
from events.views.events import event_detail, event_list, facet_detail
from events.views.locations import location_detail, location_list
from events.views.map import event_map, map_embed, map_picture
from events.views.outputs import event_embed, exports, output
from events.views.relations import relation_detail, relation_list
from events.views.sitemaps import sitemap_index, sitemap_part
from events.views.sources import source_detail, source_list
from events.views.statements import statement_detail, statement_list
from events.views.suggestions import suggestion_list
from events.views.timeline import timeline, timeline_embed, timeline_picture

# The page of a record, which links in lists give the query of the list.
record = partial(versioned, keeps_queries=False)


def for_all(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A file of a record, which scripts of any site may read."""
    return read_by_other_sites(record(view))


class CitationForm(StringConverter):
    regex = "bib|json"


register_converter(CitationForm, "citation_form")

# Pages are named after what they show; all show what is cited, so their views stand in `events`.
events = [
    path("", versioned(event_list), name="event_list"),
    path("facets/<slug:name>/", versioned(facet_detail), name="facet"),
    path("<slug:slug>/", record(event_detail), name="event_detail"),
    path("<slug:slug>.ics", for_all(event_calendar), name="event_calendar"),
    path("<slug:slug>.json", for_all(event_json), name="event_json"),
    path("<slug:slug>/citation.<citation_form:form>", record(event_citation), name="citation"),
]
actors = [
    path("", versioned(actor_list), name="actor_list"),
    path("<slug:slug>/", record(actor_detail), name="actor_detail"),
    path("<slug:slug>/citation.<citation_form:form>", record(actor_citation), name="citation"),
]
countries = [
    path("", versioned(country_list), name="country_list"),
    path("<str:iso3>/", record(country_detail), name="country_detail"),
]
locations = [
    path("", versioned(location_list), name="location_list"),
    path("<slug:slug>/", record(location_detail), name="location_detail"),
]
statements = [
    path("", versioned(statement_list), name="statement_list"),
    path("<int:pk>/", record(statement_detail), name="statement_detail"),
    path("<int:pk>/citation.<citation_form:form>", record(statement_citation), name="citation"),
]
sources = [
    path("", versioned(source_list), name="source_list"),
    path("<slug:slug>/", record(source_detail), name="source_detail"),
]
relations = [
    path("", versioned(relation_list), name="relation_list"),
    path("<slug:first>/<slug:second>/", versioned(relation_detail), name="relation_detail"),
]

api = [
    path("", api_index, name="index"),
    path("openapi.json", api_document, name="document"),
    path("events/deleted", gone_list, name="gone_list"),
    *(path(n, resource_list, {"name": n}, name=f"{n}_list") for n in RESOURCES),
    *(path(f"{n}/<str:key>", resource_detail, {"name": n}, name=f"{n}_detail") for n in RESOURCES),
    path("<path:rest>", anything_else),
]

urlpatterns = [
    path("", versioned(event_list), name="home"),
    path("events/", include((events, "events"))),
    path("timeline/", versioned(timeline), name="timeline"),
    *(path(f"{n}.<str:extension>", output, {"name": n}, name=f"{n}_output") for n in COLLECTIONS),
    path("timeline.svg", timeline_picture, name="timeline_picture"),
    path("embed/events/", event_embed, name="event_embed"),
    path("embed/timeline/", timeline_embed, name="timeline_embed"),
    path("map/", versioned(event_map), name="map"),
    path("map.svg", map_picture, name="map_picture"),
    path("embed/map/", map_embed, name="map_embed"),
    path("actors/", include((actors, "actors"))),
    path("countries/", include((countries, "countries"))),
    path("locations/", include((locations, "locations"))),
    path("statements/", include((statements, "statements"))),
    path("sources/", include((sources, "sources"))),
    path("relations/", include((relations, "relations"))),
    path("suggest/", versioned(suggestion_list), name="suggest"),
    path("api/", include((api, "api"))),
    path("about/", about, name="about"),
    path("about/exports/", versioned(exports), name="exports"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", versioned(sitemap_index), name="sitemap"),
    path("sitemap-<slug:name>.xml", versioned(sitemap_part), name="sitemap_part"),
    path("admin/", include("config.accounts.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]

handler400 = "config.http.faults.bad_request"
handler403 = "config.http.faults.forbidden"
handler404 = "config.http.faults.not_found"
handler500 = "config.http.faults.server_error"
