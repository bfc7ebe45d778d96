"""Curating actors, countries and tenures. Their citations are added in `events.admin.actors`."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from actors.models import Actor, ActorKind, ActorName, Country, CountryName, Tenure
from config.admin import (
    CuratedAdmin,
    NamedAdmin,
    StackedInline,
    TabularInline,
    VocabularyAdmin,
)


class ActorNameInline(TabularInline):
    model = ActorName
    fields = ["language", "name"]
    verbose_name = gettext_lazy("other name")
    select_related = ("actor",)
    show_change_link = True


class TenureInline(StackedInline):
    model = Tenure
    fk_name = "person"
    fields = [("office", "body"), ("began", "began_is"), ("ended", "ended_is"), "note"]
    autocomplete_fields = ["body"]
    select_related = ("person",)
    show_change_link = True


class CountryNameInline(TabularInline):
    model = CountryName
    fields = ["language", "name"]
    verbose_name = gettext_lazy("name")


@admin.register(Actor)
class ActorAdmin(NamedAdmin):
    list_display = ["name", "kind", "part_of", "country", "state", "updated_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["kind", "part_of", "country"]
    ordering = ["sort_name", "pk"]
    autocomplete_fields = ["part_of", "country"]
    fields = [
        "name",
        "slug",
        "kind",
        "part_of",
        "country",
        "summary",
        "note",
        "internal_note",
        "state",
    ]
    grid_fields = ["name", "kind", "part_of", "country", "summary", "note"]
    inlines = [ActorNameInline, TenureInline]


@admin.register(ActorKind)
class ActorKindAdmin(VocabularyAdmin):
    list_display = ["name", "description", "nature", "order"]
    list_filter = ["nature"]
    more_fields = ("nature",)


@admin.register(Tenure)
class TenureAdmin(CuratedAdmin):
    list_name = gettext_lazy("Offices held")
    list_display = ["person", "office", "body", "in_words"]
    list_filter = ["began_is", "ended_is"]
    list_select_related = ["person", "body"]
    searched_columns = ("^person__slug", "office")
    searched_through = ("person",)
    ordering = ["person__sort_name", "held", "pk"]
    autocomplete_fields = ["person", "body"]
    fields = ["person", "office", "body", ("began", "began_is"), ("ended", "ended_is"), "note"]


@admin.register(Country)
class CountryAdmin(CuratedAdmin):
    list_display = ["name", "iso3", "code_status", "existence"]
    list_filter = ["code_status"]
    searched_columns = ("=iso3", "=iso2")
    ordering = ["sort_name", "pk"]
    fields = [
        "name",
        ("iso3", "iso2", "iso_numeric", "code_status"),
        ("gw", "cow", "cow_abbreviation", "fips"),
        "exists_from",
        "exists_until",
    ]
    inlines = [CountryNameInline]
