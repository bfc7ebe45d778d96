from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.admin import CuratedAdmin, PublishableAdmin, SlugForm, TabularInline
from config.admin.mine import EnteredBy
from config.admin.slugs import free_slug
from events.admin.citations import CitationInline
from events.admin.event_form.belonging import count_facts, uncited_in_all
from events.admin.event_form.citing import FactCitationInline
from events.admin.event_form.page import EventFormPage
from events.admin.event_form.stating import (
    ClaimRowInline,
    PositionRowInline,
    StatementRowInline,
)
from events.admin.merging import MergesRecords
from events.admin.picking import PickedEvent
from events.admin.typed import BY_DATE, BY_PARTICIPANT, BY_PERSON, BY_PLACE, BY_SOURCE
from events.desk.questions import filter_of
from events.models import Event, EventLink, Participation


class ParticipationInline(TabularInline):
    model = Participation
    fields = ["actor", "role", "is_alleged", "note"]
    autocomplete_fields = ["actor"]
    select_related = ("actor", "role")
    extra = 3


class LinkInline(TabularInline):
    model = EventLink
    fk_name = "from_event"
    fields = ["relation", "to_event", "to_claim", "basis", "note"]
    autocomplete_fields = ["to_event", "to_claim"]
    select_related = ("from_event", "to_event", "to_claim")
    extra = 3
    verbose_name = gettext_lazy("link to another event or a claim")
    verbose_name_plural = gettext_lazy("links to other events and claims")


class EventForm(SlugForm):
    """In readers' words; the slug is made where none is typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in _labels().items():
            if name in self.fields:
                self.fields[name].label = label
        if "slug" in self.fields:
            self.fields["slug"].required = False
        event: Any = self.instance
        if "kind" in self.fields and event.kind_id:
            # Read with the event: its picker says nothing that would have to be counted.
            kind: Any = self.fields["kind"]
            kind.loaded = {str(event.kind_id): event.kind}
        if "title" in self.fields and not self.is_bound:
            self.fields["title"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned is not None and cleaned.get("title") and not cleaned.get("slug", "-"):
            event: Any = self.instance
            cleaned["slug"] = event.slug or free_slug(Event, cleaned["title"])
        return cleaned


def _labels() -> dict[str, str]:
    return {
        "title": _("What happened"),
        "date": _("When"),
        "location": _("Where"),
        "kind": _("What kind"),
        "standing": _("How sure"),
        "standing_reason": _("Why the editors say so"),
        "summary": _("In short"),
        "date_basis": _("How the date is known"),
        "date_reason": _("From what it is inferred"),
        "note": _("Note for readers"),
        "internal_note": _("Note for curators alone"),
        "slug": _("Name in the address"),
    }


class CountedEvents(ChangeList):
    """A page of the list, each event with how many of its facts are not cited."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list: Any = list(self.result_list)
        counts = count_facts((event.pk for event in self.result_list), request.user)
        for event in self.result_list:
            event.uncited = uncited_in_all(counts[event.pk])


@admin.register(Event)
class EventAdmin(MergesRecords, PickedEvent, EventFormPage, PublishableAdmin):
    form = EventForm
    list_display = ["title", "when", "kind", "standing", "location", "state", "uncited"]
    list_filter = [
        *("state", filter_of(Event), BY_PARTICIPANT, BY_PLACE, BY_SOURCE, BY_DATE),
        *(EnteredBy, BY_PERSON, "standing", "kind"),
    ]
    list_select_related = ["kind", "location"]
    ordering = ["-sort_day", "-pk"]
    autocomplete_fields = ["kind", "location"]
    prepopulated_fields = {"slug": ["title"]}
    radio_fields = {"standing": admin.HORIZONTAL, "state": admin.HORIZONTAL}
    fields = [
        "title",
        "date",
        "location",
        "kind",
        "standing",
        "summary",
        "date_basis",
        "date_reason",
        "standing_reason",
        "note",
        "internal_note",
        "slug",
        "state",
    ]
    grid_fields = ["title", "date", "location", "kind", "standing", "summary", "note"]
    # In the order in which they are saved.
    inlines = [
        ClaimRowInline,
        StatementRowInline,
        PositionRowInline,
        ParticipationInline,
        LinkInline,
        FactCitationInline,
    ]
    needs_citation = True

    @admin.display(description=gettext_lazy("uncited"))
    def uncited(self, event: Event) -> str:
        number: int = getattr(event, "uncited", 0)
        return str(number) if number else ""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CountedEvents

    @admin.display(ordering="sort_day", description=gettext_lazy("date"))
    def when(self, event: Event) -> str:
        return event.when.words


@admin.register(Participation)
class ParticipationAdmin(CuratedAdmin):
    list_name = gettext_lazy("Who took part")
    list_display = ["actor", "role", "is_alleged", "event"]
    list_filter = [filter_of(Participation), "role", "is_alleged"]
    list_select_related = ["role", "actor", "event"]
    searched_columns = ("^actor__slug", "^event__slug")
    searched_through = ("actor", "event")
    ordering = ["actor__sort_name", "pk"]
    autocomplete_fields = ["event", "actor"]
    inlines = [CitationInline]


@admin.register(EventLink)
class EventLinkAdmin(CuratedAdmin):
    list_name = gettext_lazy("Links between events")
    list_display = ["from_event", "relation", "to_event", "to_claim", "basis"]
    list_filter = [filter_of(EventLink), "relation", "basis"]
    list_select_related = ["from_event", "to_event", "to_claim"]
    searched_columns = ("^from_event__slug",)
    searched_through = ("from_event", "to_event")
    ordering = ["from_event__title", "pk"]
    autocomplete_fields = ["from_event", "to_event", "to_claim"]
    inlines = [CitationInline]
