from django.contrib import admin
from django.utils.translation import gettext_lazy

from config.admin import CuratedAdmin, PublishableAdmin, TabularInline
from config.admin.mine import EnteredBy
from events.admin.citations import CitationInline, RequiredCitationInline
from events.admin.picking import PickedStatement
from events.admin.typed import BY_DATE, BY_PERSON, BY_PLACE, BY_SOURCE, BY_SPEAKER
from events.desk.questions import filter_of
from events.models import Position, Statement


class PositionInline(TabularInline):
    model = Position
    fk_name = "statement"
    fields = ["stance", "claim", "event", "answered"]
    autocomplete_fields = ["claim", "event", "answered"]
    show_change_link = True


@admin.register(Statement)
class StatementAdmin(PickedStatement, PublishableAdmin):
    list_display = ["speaker", "in_short", "when", "location", "state", "updated_at"]
    list_display_links = ["in_short"]
    list_filter = [
        *("state", filter_of(Statement), BY_SPEAKER, BY_PLACE, BY_SOURCE, BY_DATE),
        *(EnteredBy, BY_PERSON),
    ]
    list_select_related = ["speaker", "location"]
    searched_columns = ("^speaker__slug", "^key")
    ordering = ["-sort_day", "-pk"]
    autocomplete_fields = ["speaker", "location", "occasion", "audience"]
    fields = [
        "speaker",
        "date",
        ("date_basis", "date_reason"),
        "location",
        "occasion",
        "audience",
        "paraphrase",
        "quote",
        "note",
        "internal_note",
        "key",
        "state",
    ]
    grid_fields = ["paraphrase", "speaker", "date", "location", "quote", "note"]
    inlines = [RequiredCitationInline, PositionInline]
    needs_citation = True

    @admin.display(description=gettext_lazy("what was said"))
    def in_short(self, statement: Statement) -> str:
        return statement.paraphrase[:100]

    @admin.display(ordering="sort_day", description="date")
    def when(self, statement: Statement) -> str:
        return statement.when.words


@admin.register(Position)
class PositionAdmin(CuratedAdmin):
    list_display = ["statement", "stance", "target"]
    list_filter = [filter_of(Position), "stance"]
    list_select_related = ["statement__speaker", "claim", "event", "answered__speaker"]
    searched_columns = ("^statement__key",)
    searched_through = ("statement",)
    ordering = ["statement__speaker__sort_name", "pk"]
    autocomplete_fields = ["statement", "claim", "event", "answered"]
    inlines = [CitationInline]
