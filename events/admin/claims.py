from django.contrib import admin

from config.admin import PublishableAdmin
from config.admin.mine import EnteredBy
from events.admin.citations import RequiredCitationInline
from events.admin.typed import BY_PERSON, BY_SOURCE
from events.desk.questions import filter_of
from events.models import Claim


@admin.register(Claim)
class ClaimAdmin(PublishableAdmin):
    list_display = ["text", "kind", "number_in_words", "event", "state", "updated_at"]
    list_filter = [
        "state",
        filter_of(Claim),
        BY_SOURCE,
        EnteredBy,
        BY_PERSON,
        "kind",
        "is_approximate",
    ]
    list_select_related = ["event"]
    searched_columns = ("^slug",)
    searched_through = ("event",)
    ordering = ["text", "pk"]
    autocomplete_fields = ["event"]
    prepopulated_fields = {"slug": ["text"]}
    fields = [
        "text",
        "slug",
        "event",
        "kind",
        ("low", "high", "unit", "is_approximate"),
        "note",
        "state",
    ]
    inlines = [RequiredCitationInline]
    needs_citation = True
