from django.contrib import admin
from django.urls import include, path

from actors.views import actor_list
from config.health import healthz, readyz
from events.views.about import about
from events.views.actors import actor_detail
from events.views.countries import country_detail
from events.views.events import event_detail, event_list
from events.views.locations import location_detail, location_list
from events.views.relations import relation_detail, relation_list
from events.views.sources import source_detail, source_list
from events.views.statements import statement_citation, statement_detail, statement_list

# Pages are named after what they show; most show events too, so their views stand in `events`.
events = [
    path("", event_list, name="event_list"),
    path("<slug:slug>/", event_detail, name="event_detail"),
]
actors = [
    path("", actor_list, name="actor_list"),
    path("<slug:slug>/", actor_detail, name="actor_detail"),
]
countries = [path("<str:iso3>/", country_detail, name="country_detail")]
locations = [
    path("", location_list, name="location_list"),
    path("<slug:slug>/", location_detail, name="location_detail"),
]
statements = [
    path("", statement_list, name="statement_list"),
    path("<int:pk>/", statement_detail, name="statement_detail"),
    path(
        "<int:pk>/citation.bib", statement_citation, {"form": "bib"}, name="statement_citation_bib"
    ),
    path(
        "<int:pk>/citation.json",
        statement_citation,
        {"form": "json"},
        name="statement_citation_json",
    ),
]
sources = [
    path("", source_list, name="source_list"),
    path("<slug:slug>/", source_detail, name="source_detail"),
]
relations = [
    path("", relation_list, name="relation_list"),
    path("<slug:first>/<slug:second>/", relation_detail, name="relation_detail"),
]

urlpatterns = [
    path("", event_list, name="home"),
    path("events/", include((events, "events"))),
    path("actors/", include((actors, "actors"))),
    path("countries/", include((countries, "countries"))),
    path("locations/", include((locations, "locations"))),
    path("statements/", include((statements, "statements"))),
    path("sources/", include((sources, "sources"))),
    path("relations/", include((relations, "relations"))),
    path("about/", about, name="about"),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]

handler500 = "config.faults.server_error"
