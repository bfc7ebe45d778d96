from django.contrib import admin

from config.admin import PublishableAdmin, SlugForm
from config.admin.mine import EnteredBy
from events.admin.citations import RequiredCitationInline
from events.admin.event_form.stating import NumberForm
from events.admin.picking import PickedClaim
from events.admin.typed import BY_PERSON, BY_SOURCE
from events.desk.questions import filter_of
from events.models import Claim


class ClaimForm(NumberForm, SlugForm):
    """A claim with its number in one field."""


@admin.register(Claim)
class ClaimAdmin(PickedClaim, PublishableAdmin):
    form = ClaimForm
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
        ("number", "unit"),
        "note",
        "internal_note",
        "state",
    ]
    grid_fields = ["text", "event", "number", "unit", "note"]
    inlines = [RequiredCitationInline]
    needs_citation = True
