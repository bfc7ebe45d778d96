"""Taking a merge back on a page of the admin."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DataError, IntegrityError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from config.admin import PublishableAdmin
from config.admin.keys import is_key
from config.admin.refusals import in_words
from config.admin.site import REASON
from config.db.changes import recorded_as
from config.http.addresses import with_query
from events.history.plans import ChangedMeanwhileError
from events.merging.undoing import Undoing, plan_undoing
from events.models import MergedRecord


class TakesMergesBack(PublishableAdmin):
    def get_urls(self) -> list[URLPattern]:
        undo = self.admin_site.admin_view(self.undo_view)
        name = self._name_of_page("merge_undo")
        return [
            path("<path:object_id>/merge/<uuid:gone>/undo/", undo, name=name),
            *super().get_urls(),
        ]

    def _name_of_page(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _address_of(self, page: str, *keys: Any) -> str:
        name = f"admin:{self._name_of_page(page)}"
        return reverse(name, args=keys, current_app=self.admin_site.name)

    def _merge_page(self, key: int, other: int | None = None) -> str:
        page = self._address_of("merge", key)
        return page if other is None else with_query(page, f"with={other}")

    def merge_address(self, request: HttpRequest, record: Model) -> str:
        return self._merge_page(record.pk) if self.may_merge(request, record) else ""

    def may_merge(self, request: HttpRequest, *records: Any) -> bool:
        """One of them is changed and the other goes; which, is chosen on the page."""
        if any(row.is_published for row in records) and not self.has_publish_permission(request):
            return False
        return all(
            self.has_change_permission(request, row) and self.has_delete_permission(request, row)
            for row in records
        )

    def _record(self, object_id: str, rows: Any) -> Any:
        key = unquote(object_id)
        if not is_key(key):
            raise Http404
        return get_object_or_404(rows, pk=int(key))

    def _render(
        self, request: HttpRequest, template: str, record: Model, context: dict[str, Any]
    ) -> TemplateResponse:
        shared = {
            **self.admin_site.each_context(request),
            "subtitle": None,
            "opts": self.opts,
            "original": record,
            "change_page": self._address_of("change", record.pk),
            "merge_page": self._merge_page(record.pk),
            "reason_name": REASON,
            "reason": request.POST.get(REASON, ""),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, shared | context)

    def undo_view(self, request: HttpRequest, object_id: str, gone: UUID) -> HttpResponse:
        """GET shows what comes back, and what stays because it was changed since. POST does it."""
        record = self._record(object_id, self.model._default_manager.all())
        rows = MergedRecord.objects.filter(kept=record.uuid, kind=str(self.opts.model_name))
        merged = get_object_or_404(rows, gone=gone)
        if not self.may_merge(request, record):
            raise PermissionDenied
        try:
            undoing = plan_undoing(merged)
        except ObjectDoesNotExist as error:
            raise Http404 from error
        if undoing.plan.publishes and not self.has_publish_permission(request):
            raise PermissionDenied
        words = ""
        if request.method == "POST" and undoing.is_possible:
            if request.POST.get("digest") == undoing.plan.digest:
                return self._take_back(request, record, merged, undoing)
            words = _("Something was changed since this page was drawn: look once more.")
        return self._draw_undoing(request, record, merged, undoing, words)

    def _take_back(
        self, request: HttpRequest, record: Any, merged: MergedRecord, undoing: Undoing
    ) -> HttpResponse:
        reason = request.POST.get(REASON, "")
        try:
            with recorded_as(origin=request.path, account=request.user, reason=reason):
                undoing.plan.write()
        except ChangedMeanwhileError:
            words = _("Something was changed at the same moment: look once more.")
            return self._draw_undoing(request, record, merged, undoing, words)
        except (IntegrityError, DataError) as error:
            return self._draw_undoing(request, record, merged, undoing, in_words(error))
        came: Any = self.model._default_manager.get(pk=undoing.gone.row)
        names = {"gone": came, "kept": self.model._default_manager.get(pk=record.pk)}
        words = _("“%(gone)s” is a record of its own again, apart from “%(kept)s”.") % names
        self.log_change(request, record, words)
        self.log_change(request, came, words)
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(self._address_of("change", came.pk))

    def _draw_undoing(
        self,
        request: HttpRequest,
        record: Any,
        merged: MergedRecord,
        undoing: Undoing,
        problem: str,
    ) -> TemplateResponse:
        context = {
            "title": _("Take the merge back"),
            "merged": merged,
            "undoing": undoing,
            "digest": undoing.plan.digest,
            "problem": problem,
        }
        return self._render(request, "admin/merge/undo.html", record, context)
