from django.contrib import admin
from django.utils.translation import gettext_lazy

from config.admin import CuratedAdmin, TabularInline
from events.admin.picking import PickedEventType
from events.models import EventType, Scale, ScaleScore


@admin.register(EventType)
class EventTypeAdmin(PickedEventType, CuratedAdmin):
    list_display = ["name", "plover", "quad", "description"]
    list_filter = ["quad"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "plover", "quad", "description"]


class ScoreInline(TabularInline):
    model = ScaleScore
    autocomplete_fields = ["kind"]
    select_related = ("kind",)
    verbose_name = gettext_lazy("score")


@admin.register(Scale)
class ScaleAdmin(CuratedAdmin):
    list_display = ["name", "version", "low", "high"]
    searched_columns = ("name", "version")
    ordering = ["name", "version"]
    fields = ["name", "version", ("low", "high"), "reference"]
    inlines = [ScoreInline]
