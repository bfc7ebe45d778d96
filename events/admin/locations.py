from django.contrib import admin
from django.utils.translation import gettext_lazy

from config.admin import CuratedAdmin, NamedAdmin, TabularInline
from config.admin.mine import EnteredBy
from events.admin.citations import CitationInline
from events.admin.merging import MergesRecords
from events.admin.picking import PickedLocation
from events.admin.typed import BY_PERSON, BY_SOURCE
from events.desk.questions import filter_of
from events.models import Location, LocationName


class LocationNameInline(TabularInline):
    model = LocationName
    fields = ["language", "name"]
    verbose_name = gettext_lazy("other name")
    select_related = ("location",)
    show_change_link = True


@admin.register(Location)
class LocationAdmin(MergesRecords, PickedLocation, NamedAdmin):
    list_display = ["name", "kind", "parent", "country", "precision", "state", "updated_at"]
    list_filter = [
        "state",
        filter_of(Location),
        BY_SOURCE,
        EnteredBy,
        BY_PERSON,
        "kind",
        "precision",
    ]
    list_select_related = ["parent", "country"]
    ordering = ["sort_name", "pk"]
    autocomplete_fields = ["parent", "country"]
    fields = [
        "name",
        "slug",
        "kind",
        "parent",
        "country",
        ("latitude", "longitude", "precision"),
        "note",
        "internal_note",
        "state",
    ]
    grid_fields = [
        "name",
        "kind",
        "parent",
        "country",
        "latitude",
        "longitude",
        "precision",
        "note",
    ]
    inlines = [LocationNameInline, CitationInline]


@admin.register(LocationName)
class LocationNameAdmin(CuratedAdmin):
    list_name = gettext_lazy("Other names of places")
    list_display = ["name", "language", "location"]
    list_filter = [filter_of(LocationName)]
    list_select_related = ["location"]
    searched_columns = ("^location__slug",)
    searched_through = ("location",)
    ordering = ["location__sort_name", "language", "pk"]
    autocomplete_fields = ["location"]
    fields = ["location", "language", "name"]
    inlines = [CitationInline]
