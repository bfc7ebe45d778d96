"""The words of a chronology that events are told in, and scales of conflict."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from config.admin import CuratedAdmin, TabularInline, VocabularyAdmin
from events.admin.picking import PickedEventType
from events.models import EventType, Role, Scale, ScaleScore


@admin.register(EventType)
class EventTypeAdmin(PickedEventType, VocabularyAdmin):
    list_display = ["name", "description", "plover", "quad", "order"]
    list_filter = ["quad"]
    more_fields = ("plover", "quad")


@admin.register(Role)
class RoleAdmin(VocabularyAdmin):
    list_display = ["name", "description", "side", "order"]
    list_filter = ["side"]
    more_fields = ("side",)


class ScoreInline(TabularInline):
    model = ScaleScore
    autocomplete_fields = ["kind"]
    select_related = ("kind",)
    verbose_name = gettext_lazy("score")


@admin.register(Scale)
class ScaleAdmin(CuratedAdmin):
    section = VocabularyAdmin.section
    list_display = ["name", "version", "low", "high"]
    searched_columns = ("name", "version")
    ordering = ["name", "version"]
    fields = ["name", "version", ("low", "high"), "reference"]
    inlines = [ScoreInline]
