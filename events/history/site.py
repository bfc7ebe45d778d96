"""The pages of the history, as a part of the site of the admin."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from django.apps import apps
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.admin.refusals import in_words
from config.admin.site import REASON, CuratingSite
from events.history import deleted
from events.history.asked import Asked, number, read_asked
from events.history.kinds import KINDS, columns_of
from events.history.obstacles import obstacles
from events.history.page import RecordHistory, in_short, name_of_record
from events.history.plans import ChangedMeanwhileError, Plan, choice_of, steps_to
from events.history.rights import lacking, may_publish, may_see
from events.history.states import Key

# Rows that a page names before they are written.
_SHOWN = 100


class HistorySite(CuratingSite):
    def get_urls(self) -> list[Any]:
        record = "<slug:app>/<slug:model>/<path:object_id>/history/"
        own = [
            path("deleted/", self.admin_view(self.deleted), name="deleted_records"),
            path("restore/", self.admin_view(self.restore), name="restore"),
            path(record, self.admin_view(self.history), name="record_history"),
        ]
        return own + super().get_urls()

    def label_for(self, request: HttpRequest) -> Callable[[str, str], str]:
        """What the form of a kind calls a column; the model's own word where it has no form."""
        forms: dict[str, dict[str, Any]] = {}

        def label(kind: str, column: str) -> str:
            if kind not in forms:
                forms[kind] = self._fields(request, kind)
            field = columns_of(kind).get(column)
            if field is None:
                return column
            shown = forms[kind].get(field.name)
            return capfirst(str((shown and shown.label) or field.verbose_name))

        return label

    def _fields(self, request: HttpRequest, kind: str) -> dict[str, Any]:
        model: Any = KINDS[kind]
        if not self.is_registered(model):
            return {}
        return dict(self.get_model_admin(model).get_form(request)().fields)

    def history(self, request: HttpRequest, app: str, model: str, object_id: str) -> HttpResponse:
        """Of a record that is there or was; of what is no record, Django's own log."""
        row = number(unquote(object_id))
        if model not in KINDS or KINDS[model]._meta.app_label != app:
            return self._log(request, app, model, object_id)
        if not self.is_registered(KINDS[model]):
            raise Http404
        if not may_see(request, model):
            raise PermissionDenied
        record = Key(model, row)
        history = RecordHistory(record, self.label_for(request))
        is_there = self._is_there(record)
        if not row or not (is_there or history.changes.exists()):
            raise Http404
        context = self._page(request, history, is_there=is_there) | self._comparison(
            request, history
        )
        return self._answer(request, "admin/history.html", context)

    def _log(self, request: HttpRequest, app: str, model: str, object_id: str) -> HttpResponse:
        try:
            found: Any = apps.get_model(app, model)
        except LookupError as error:
            raise Http404 from error
        if not self.is_registered(found):
            raise Http404
        return self.get_model_admin(found).history_view(request, object_id)

    def _is_there(self, record: Key) -> bool:
        rows: Any = KINDS[record.kind]._default_manager
        return bool(rows.filter(pk=record.row).exists())

    def _page(
        self, request: HttpRequest, history: RecordHistory, *, is_there: bool
    ) -> dict[str, Any]:
        versions, more = history.page(number(request.GET.get("before", "")) or None)
        options = KINDS[history.record.kind]._meta
        name = f"admin:{options.app_label}_{options.model_name}"
        return {
            "title": _("History: %(name)s") % {"name": name_of_record(history.record)},
            "opts": options,
            "record": history.record,
            "record_url": reverse(f"{name}_change", args=[history.record.row]),
            "list_url": reverse(f"{name}_changelist"),
            "is_there": is_there,
            "parts": len(history.keys) - 1,
            "versions": versions,
            "more": more,
            "is_later_page": "before" in request.GET,
        }

    def _comparison(self, request: HttpRequest, history: RecordHistory) -> dict[str, Any]:
        entries = [history.entry(request.GET.get(name, "")) for name in ("from", "to")]
        if None in entries:
            return {"one": None, "other": None, "differences": [], "in_short": ""}
        one, other = sorted((entry for entry in entries if entry), key=lambda entry: entry.pk)
        then = history.after(one)
        return {
            "one": one,
            "other": other,
            "differences": history.compare(then, history.after(other)),
            "in_short": in_short(Plan([*steps_to(then)])),
        }

    def deleted(self, request: HttpRequest) -> HttpResponse:
        kinds = [kind for kind in deleted.LISTED if may_see(request, kind)]
        if not kinds:
            raise PermissionDenied
        kind = request.GET.get("kind", kinds[0])
        if kind not in kinds:
            kind = kinds[0]
        words = request.GET.get("q", "").replace("\0", "")[:200]
        rows = deleted.deleted_rows(kind, words)
        if before := number(request.GET.get("before", "")):
            rows = rows.filter(pk__lt=before)
        shown = list(rows[: deleted.ON_A_PAGE + 1])
        context = {
            "title": _("Deleted records"),
            "kinds": [(name, deleted.kind_name(name)) for name in kinds],
            "kind": kind,
            "app": KINDS[kind]._meta.app_label,
            "words": words,
            "rows": deleted.named(shown[: deleted.ON_A_PAGE]),
            "more": shown[deleted.ON_A_PAGE - 1].pk if len(shown) > deleted.ON_A_PAGE else None,
        }
        return self._answer(request, "admin/deleted_records.html", context)

    def restore(self, request: HttpRequest) -> HttpResponse:
        asked = read_asked(request, self.label_for(request))
        if asked is None:
            raise Http404
        if missing := lacking(request, asked.plan):
            raise PermissionDenied(", ".join(missing))
        if request.method != "POST":
            return self._ask(request, asked, "")
        problem = self._write(request, asked)
        return self._ask(request, asked, problem) if problem else self._done(asked)

    def _chosen(self, request: HttpRequest, asked: Asked) -> Plan:
        """What of the plan the form asks for: all rows that it did not name, and those ticked."""
        publishing = self._is_publishing(request, asked)
        plan = asked.plan if publishing else asked.plan.without_publishing()
        ticked = set(request.POST.getlist("part"))
        if publishing:
            ticked |= {choice_of(step.key, "state") for step in plan.steps}
        named = {step.key for step in asked.plan.without_publishing().steps[:_SHOWN]}
        beyond = [step for step in plan.steps if step.key not in named]
        within = Plan([step for step in plan.steps if step.key in named])
        return replace(plan, steps=[*within.only(ticked).steps, *beyond])

    def _is_publishing(self, request: HttpRequest, asked: Asked) -> bool:
        kinds = {step.key.kind for step in asked.plan.steps}
        return request.POST.get("publish") == "1" and may_publish(request, kinds)

    def _write(self, request: HttpRequest, asked: Asked) -> str:
        """What stands in the way, in words; "" if it is written."""
        if not request.POST.get(REASON, "").strip():
            return _("Give a reason.")
        if request.POST.get("digest") != asked.plan.without_publishing().digest:
            return _("Something was changed meanwhile: look once more.")
        plan = self._chosen(request, asked)
        if not plan.steps:
            return _("Nothing is ticked.")
        try:
            plan.write()
        except ChangedMeanwhileError:
            return _("Something was changed meanwhile: look once more.")
        except (IntegrityError, DataError) as error:
            return in_words(error)
        self._report(request, asked, plan)
        return ""

    def _report(self, request: HttpRequest, asked: Asked, plan: Plan) -> None:
        messages.success(request, _("Restored. %(told)s") % {"told": in_short(plan)})
        for left in asked.left[:_SHOWN]:
            messages.warning(request, left)
        if asked.record and self._is_there(asked.record):
            model: Any = KINDS[asked.record.kind]
            LogEntry.objects.log_actions(
                user_id=cast(User, request.user).pk,
                queryset=[model._default_manager.get(pk=asked.record.row)],
                action_flag=CHANGE,
                change_message=_("Restored from the history."),
            )

    def _done(self, asked: Asked) -> HttpResponse:
        if asked.record is None or not self.is_registered(KINDS[asked.record.kind]):
            return HttpResponseRedirect(reverse("admin:index"))
        app = KINDS[asked.record.kind]._meta.app_label
        return HttpResponseRedirect(
            reverse("admin:record_history", args=[app, asked.record.kind, asked.record.row])
        )

    def _ask(self, request: HttpRequest, asked: Asked, problem: str) -> HttpResponse:
        """What would be written. Publishing is asked for apart, and not named among the rows."""
        shown = replace(asked, plan=asked.plan.without_publishing())
        differences = shown.differences(_SHOWN)
        is_posted = request.method == "POST"
        context = {
            "title": asked.heading,
            "in_short": in_short(shown.plan),
            "differences": differences,
            "ticked": set(request.POST.getlist("part"))
            if is_posted
            else {difference.choice for difference in differences},
            "more": max(0, len(shown.plan.steps) - _SHOWN),
            "left": shown.left[:_SHOWN],
            "more_left": max(0, len(shown.left) - _SHOWN),
            "lost": ", ".join(sorted(shown.plan.lost)),
            "obstacles": obstacles(shown.plan, shown.names),
            "problem": problem,
            "publishes": asked.plan.publishes,
            "is_published": request.POST.get("publish") == "1",
            "digest": shown.plan.digest,
            "reason": request.POST.get(REASON, ""),
            "is_empty": not asked.plan.steps,
        }
        return self._answer(request, "admin/restore.html", context)

    def _answer(
        self, request: HttpRequest, template: str, context: dict[str, Any]
    ) -> TemplateResponse:
        request.current_app = self.name
        shared = {**self.each_context(request), "subtitle": None}
        return TemplateResponse(request, template, shared | context)
