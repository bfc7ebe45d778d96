from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet, URLField
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy

from config.admin import AsksBeforeWithdrawing, CuratedAdmin
from config.admin.mine import EnteredBy
from config.http.addresses import with_query
from events.admin.current_source import choose_source
from events.admin.merging import MergesRecords
from events.admin.picking import PickedSource
from events.admin.typed import BY_PERSON
from events.desk.beginning import PARAMETER as BEGIN
from events.desk.questions import filter_of
from events.models import Citation, Claim, Event, Source, Statement
from events.models.support import TARGETS


@admin.register(Source)
class SourceAdmin(MergesRecords, PickedSource, AsksBeforeWithdrawing):
    formfield_overrides = AsksBeforeWithdrawing.formfield_overrides | {
        URLField: {"assume_scheme": "https"}
    }
    list_display = ["title", "kind", "author", "publisher", "published", "state", "updated_at"]
    list_filter = ["state", filter_of(Source), EnteredBy, BY_PERSON, "kind"]
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

    grid_fields = ["title", "kind", "author", "publisher", "date", "language", "url", "licence"]

    def get_urls(self) -> list[URLPattern]:
        cited_from = path(
            "<int:key>/cite-from/",
            self.admin_site.admin_view(self.cite_from),
            name="events_source_cite_from",
        )
        return [cited_from, *super().get_urls()]

    def cite_from(self, request: HttpRequest, key: int) -> HttpResponse:
        """POST: from now on, this session cites the source. What pickers make cites it, too."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        choose_source(request, get_object_or_404(self.get_queryset(request), pk=key))
        return HttpResponse(status=204)

    def resting_on(self, rows: Iterable[Model]) -> list[QuerySet[Any]]:
        return [
            Event.objects.resting_on(rows),
            Claim.objects.resting_on(rows),
            Statement.objects.resting_on(rows).select_related("speaker"),
        ]

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        """A new source is cited from next; the first of a chronology leads to its first event."""
        choose_source(request, obj)
        response = super().response_add(request, obj, *args)
        goes_on = BEGIN in request.GET and not {"_continue", "_addanother"} & request.POST.keys()
        if goes_on and isinstance(response, HttpResponseRedirect):
            response["Location"] = with_query(reverse("admin:events_event_add"), f"{BEGIN}=1")
        return response

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
