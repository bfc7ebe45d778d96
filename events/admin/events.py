from django.contrib import admin
from django.utils.translation import gettext_lazy

from config.admin import CuratedAdmin, PublishableAdmin, SlugForm, TabularInline
from config.admin.mine import EnteredBy
from events.admin.citations import CitationInline, RequiredCitationInline
from events.admin.typed import BY_DATE, BY_PARTICIPANT, BY_PERSON, BY_PLACE, BY_SOURCE
from events.desk.questions import filter_of
from events.models import Claim, Event, EventLink, Participation


class ParticipationInline(TabularInline):
    model = Participation
    fields = ["actor", "role", "is_alleged", "note"]
    autocomplete_fields = ["actor"]
    select_related = ("actor",)
    show_change_link = True


class ClaimInline(TabularInline):
    """Claims in short. One is published on its own page, where its citations are."""

    model = Claim
    form = SlugForm
    fields = ["text", "slug", "kind", "low", "high", "unit", "is_approximate", "state"]
    readonly_fields = ["state"]
    prepopulated_fields = {"slug": ["text"]}
    show_change_link = True


class LinkInline(TabularInline):
    model = EventLink
    fk_name = "from_event"
    fields = ["relation", "to_event", "to_claim", "basis", "note"]
    autocomplete_fields = ["to_event", "to_claim"]
    select_related = ("from_event", "to_event", "to_claim")
    show_change_link = True
    verbose_name = gettext_lazy("link to another event or a claim")
    verbose_name_plural = gettext_lazy("links to other events and claims")


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    list_display = ["title", "when", "kind", "standing", "location", "state", "updated_at"]
    list_filter = [
        *("state", filter_of(Event), BY_PARTICIPANT, BY_PLACE, BY_SOURCE, BY_DATE),
        *(EnteredBy, BY_PERSON, "standing", "kind"),
    ]
    list_select_related = ["kind", "location"]
    ordering = ["-sort_day", "-pk"]
    autocomplete_fields = ["kind", "location"]
    prepopulated_fields = {"slug": ["title"]}
    fields = [
        "title",
        "slug",
        "date",
        "location",
        "kind",
        ("standing", "standing_reason"),
        "summary",
        "note",
        "state",
    ]
    inlines = [RequiredCitationInline, ParticipationInline, ClaimInline, LinkInline]
    needs_citation = True

    @admin.display(ordering="sort_day", description="date")
    def when(self, event: Event) -> str:
        return event.when.words


@admin.register(Participation)
class ParticipationAdmin(CuratedAdmin):
    list_display = ["actor", "role", "is_alleged", "event"]
    list_filter = [filter_of(Participation), "role", "is_alleged"]
    list_select_related = ["actor", "event"]
    searched_columns = ("^actor__slug", "^event__slug")
    searched_through = ("actor", "event")
    ordering = ["actor__sort_name", "pk"]
    autocomplete_fields = ["event", "actor"]
    inlines = [CitationInline]


@admin.register(EventLink)
class EventLinkAdmin(CuratedAdmin):
    list_display = ["from_event", "relation", "to_event", "to_claim", "basis"]
    list_filter = [filter_of(EventLink), "relation", "basis"]
    list_select_related = ["from_event", "to_event", "to_claim"]
    searched_columns = ("^from_event__slug",)
    searched_through = ("from_event", "to_event")
    ordering = ["from_event__title", "pk"]
    autocomplete_fields = ["from_event", "to_event", "to_claim"]
    inlines = [CitationInline]
