from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet, URLField
from django.utils.translation import gettext_lazy

from config.admin import AsksBeforeWithdrawing, CuratedAdmin
from events.admin.picking import PickedSource
from events.models import Citation, Claim, Event, Source, Statement
from events.models.support import TARGETS


@admin.register(Source)
class SourceAdmin(PickedSource, AsksBeforeWithdrawing):
    formfield_overrides = AsksBeforeWithdrawing.formfield_overrides | {
        URLField: {"assume_scheme": "https"}
    }
    list_display = ["title", "kind", "author", "publisher", "published", "state", "updated_at"]
    list_filter = ["state", "kind"]
    searched_columns = ("^slug",)
    ordering = ["sort_title", "pk"]
    prepopulated_fields = {"slug": ["title"]}
    fields = [
        "title",
        "slug",
        "kind",
        ("author", "publisher"),
        ("date", "language"),
        ("url", "accessed_on"),
        ("archived_url", "archived_on"),
        "licence",
        "note",
        "internal_note",
        "state",
    ]

    def resting_on(self, rows: Iterable[Model]) -> list[QuerySet[Any]]:
        return [
            Event.objects.resting_on(rows),
            Claim.objects.resting_on(rows),
            Statement.objects.resting_on(rows).select_related("speaker"),
        ]

    @admin.display(ordering="date_first_day", description="published")
    def published(self, source: Source) -> str:
        return source.published_date.words


@admin.register(Citation)
class CitationAdmin(CuratedAdmin):
    list_display = ["source", "locator", "aspect", "access", "supports"]
    list_filter = ["access", "aspect"]
    list_select_related = [
        "source",
        "event",
        "participation__actor",
        "participation__role",
        "link__from_event",
        "link__to_event",
        "link__to_claim",
        "claim",
        "statement__speaker",
        "position",
        "tenure__person",
        "actor",
        "location",
        "actor_name",
        "location_name",
        "country",
    ]
    searched_columns = ("^source__slug", "locator")
    searched_through = ("source",)
    ordering = ["source__sort_title", "sort_locator", "pk"]
    autocomplete_fields = ["source", "via", *TARGETS]
    fieldsets = [
        (None, {"fields": ["source", "locator", "aspect", "access", "via", "note"]}),
        (
            gettext_lazy("What it supports"),
            {"fields": TARGETS, "description": gettext_lazy("Choose exactly one.")},
        ),
    ]

    @admin.display(description="supports")
    def supports(self, citation: Citation) -> str:
        return citation.record_in_words
