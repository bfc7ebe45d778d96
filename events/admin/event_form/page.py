"""The admin of events: one form for an event and all that belongs to it, saved at once."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import ngettext

from config import rights
from config.db.publication import Publishable, State
from events.admin.event_form.belonging import count_facts, uncited_in_all, uncited_records
from events.admin.event_form.citing import FactCitationInline, cite, cite_positions
from events.admin.event_form.drawing import Page
from events.admin.event_form.problems import problems
from events.admin.event_form.publishing import (
    ASKED,
    CHOSEN,
    Draft,
    Plan,
    follow_event,
    publish_drafts,
    stored_drafts,
)
from events.admin.event_form.source_bar import (
    keep_choice,
    offered_sources,
    other_source,
    refusal,
)
from events.admin.event_form.stating import PositionRowInline, StatementRowInline
from events.models import Event

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin

# The first button of the form, which Enter presses: it keeps a draft and never publishes.
ENTER = "_enter"
CITE_ALL, PLACE_FOR_ALL = "_cite_all", "place_for_all"
FOLDED = ("date_basis", "date_reason", "standing_reason", "note", "internal_note", "slug")


class EventFormPage(_ModelAdmin):
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and {ENTER, CITE_ALL} & {*request.POST}:
            request.POST = self._staying(request, object_id)
        if request.method == "POST" and (reason := refusal(request)):
            request.refusal = reason  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _staying(self, request: HttpRequest, object_id: str | None) -> Any:
        """As “Save and stay” would send it; with the state that is stored, if Enter sent it."""
        data = request.POST.copy()
        data["_continue"] = "1"
        if ENTER in data:
            record = self.get_object(request, object_id) if object_id else None
            data["state"] = record.state if record else State.DRAFT
        return data

    def get_inline_instances(self, request: HttpRequest, obj: Any | None = None) -> list[Any]:
        """Positions stand beneath statements, and not without them."""
        inlines: list[Any] = super().get_inline_instances(request, obj)
        if any(isinstance(inline, StatementRowInline) for inline in inlines):
            return inlines
        return [inline for inline in inlines if not isinstance(inline, PositionRowInline)]

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        added: dict[str, Any] = {}
        if isinstance(inline, FactCitationInline):
            added = {"offered": offered_sources(request), "plan": self._plan(request, obj)}
        return super().get_formset_kwargs(request, obj, inline, prefix) | added

    def _plan(self, request: HttpRequest, event: Event) -> Plan:
        plan = Plan(
            request.user,
            frozenset(request.POST.getlist(ASKED)),
            frozenset(request.POST.getlist(CHOSEN)),
            was_published=_was_published(request, event),
            place_for_all=request.POST.get(PLACE_FOR_ALL, "").strip()[:200],
        )
        request.plan = plan  # type: ignore[attr-defined]
        return plan

    # Saving

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if obj.is_published and hasattr(request, "plan"):
            publish_drafts(request, request.plan)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if issubclass(formset.model, Publishable):
            self._log_additions(request, formset.new_objects)
        if formset.prefix == "citations":  # the last of all
            cite_positions(formset)
            self._cite_all(request, formset)
            follow_event(request, formset)
            keep_choice(request)

    def _log_additions(self, request: HttpRequest, records: list[Any]) -> None:
        """Whoever enters a claim or a statement here has entered a record of its own."""
        if records:
            LogEntry.objects.log_actions(
                request.user.pk or 0, records, ADDITION, change_message=[{"added": {}}]
            )

    def _cite_all(self, request: HttpRequest, formset: Any) -> None:
        """What is not cited, in whichever part of the page it stands."""
        place, source = formset.plan.place_for_all, formset.cited_from
        if not (place and source):
            return
        uncited = uncited_records(formset.instance, request.user)
        number = cite(
            ((kind, record) for kind, rows in uncited.items() for record in rows), source, place
        )
        told = ngettext(
            "%(number)d fact is cited at %(place)s of “%(source)s”.",
            "%(number)d facts are cited at %(place)s of “%(source)s”.",
            number,
        )
        words = {"number": number, "place": place, "source": source}
        self.message_user(request, told % words, messages.SUCCESS)

    # Drawing

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        is_editable = self._may_change(request, context)
        if is_editable:
            context |= self._page_context(request, context)
        response = super().render_change_form(request, context, *args, **kwargs)
        if is_editable and isinstance(response, TemplateResponse):
            response.template_name = "admin/events/event/form.html"
        return response

    def _may_change(self, request: HttpRequest, context: dict[str, Any]) -> bool:
        record = context["original"]
        if record is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, record)

    def _page_context(self, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
        form, event = context["adminform"].form, context["original"] or Event()
        formsets = {
            inline.formset.prefix: inline.formset for inline in context["inline_admin_formsets"]
        }
        counts = count_facts([event.pk], request.user)[event.pk]
        editable = frozenset(
            inline.formset.prefix
            for inline in context["inline_admin_formsets"]
            if inline.has_change_permission
        )
        page = Page(form, formsets, counts, editable)
        folded = [form[name] for name in FOLDED if name in form.fields]
        return {
            "page": page,
            "problems": problems(page) if form.is_bound else [],
            "own_fields": [
                form[name]
                for name in self.fields or ()
                if name in form.fields and name not in (*FOLDED, "state")
            ],
            "folded": folded,
            "state_field": form["state"] if "state" in form.fields else None,
            "is_unfolded": any(field.errors for field in folded),
            "other_source": other_source(request),
            "place_for_all": request.POST.get(PLACE_FOR_ALL, ""),
            "drafts": self._drafts(request, event),
            "title": context["title"] if context["original"] is None else str(event),
            "subtitle": None,
        }

    def _drafts(self, request: HttpRequest, event: Event) -> list[tuple[Draft, bool]]:
        """Those that it would be published with, and whether they are ticked."""
        if not rights.may(request.user, rights.PUBLISH, Event):
            return []
        plan: Plan | None = getattr(request, "plan", None)
        if plan and plan.drafts:
            return [(draft, plan.is_chosen(draft)) for draft in plan.drafts]
        is_new = not (plan and plan.was_published)
        return [(Draft(record), is_new) for record in stored_drafts(event)]

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        response = super().response_add(request, obj, *args)
        self._tell_uncited(request, obj)
        return response

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response = super().response_change(request, obj)
        self._tell_uncited(request, obj)
        return response

    def _tell_uncited(self, request: HttpRequest, event: Event) -> None:
        counts = count_facts([event.pk], request.user)[event.pk]
        number = uncited_in_all(counts)
        if number:
            told = ngettext(
                "%(number)d fact is not cited yet.", "%(number)d facts are not cited yet.", number
            )
            self.message_user(request, told % {"number": number}, messages.WARNING)


def _was_published(request: HttpRequest, event: Event) -> bool:
    """Before this request: a form that was sent has changed the event by now."""
    if event.pk is None or request.method != "POST":
        return event.pk is not None and event.is_published
    return Event.objects.filter(pk=event.pk, state=State.PUBLISHED).exists()
