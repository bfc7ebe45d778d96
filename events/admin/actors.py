"""Citations of actors, their names and offices, and countries: `actors` knows of no sources."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from actors.admin import ActorAdmin, CountryAdmin, TenureAdmin
from actors.models import Actor, ActorName, Country, Tenure
from config.admin import CuratedAdmin
from config.admin.mine import EnteredBy
from events.admin.citations import CitationInline
from events.admin.merging import MergesRecords
from events.admin.picking import PickedActor, PickedCountry
from events.admin.typed import BY_PERSON, BY_SOURCE
from events.desk.questions import filter_of

admin.site.unregister([Actor, Country, Tenure])


@admin.register(Actor)
class CitedActorAdmin(MergesRecords, PickedActor, ActorAdmin):
    list_filter = ["state", filter_of(Actor), BY_SOURCE, EnteredBy, BY_PERSON, "kind"]
    inlines = [*ActorAdmin.inlines, CitationInline]


@admin.register(ActorName)
class ActorNameAdmin(CuratedAdmin):
    list_name = gettext_lazy("Other names of actors")
    list_display = ["name", "language", "actor"]
    list_filter = [filter_of(ActorName)]
    list_select_related = ["actor"]
    searched_columns = ("^actor__slug",)
    searched_through = ("actor",)
    ordering = ["actor__sort_name", "language", "pk"]
    autocomplete_fields = ["actor"]
    fields = ["actor", "language", "name"]
    inlines = [CitationInline]


@admin.register(Country)
class CitedCountryAdmin(PickedCountry, CountryAdmin):
    inlines = [*CountryAdmin.inlines, CitationInline]


@admin.register(Tenure)
class CitedTenureAdmin(TenureAdmin):
    list_filter = [filter_of(Tenure), "began_is", "ended_is"]
    inlines = [CitationInline]
