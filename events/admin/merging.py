"""Merging two records of one kind on a page of the admin."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.errors import DeadlockDetected

from config.admin import PublishableAdmin
from config.admin.choices import RowChoiceField
from config.admin.picking.widgets import PickInput
from config.admin.refusals import in_words
from config.admin.site import REASON
from config.db.changes import recorded_as
from events.admin.unmerging import TakesMergesBack
from events.merging.page import MergePage
from events.merging.plan import Plan
from events.merging.planning import plan_merge
from events.merging.rules import RELATIONS
from events.merging.writing import Wishes, lock, with_values, write
from events.models import DistinctPair, MergedRecord

_ATTEMPTS = 3
_SIDE = "side-"
MERGE, TWO, NOT_TWO = "_merge", "_two", "_not_two"


class OtherForm(forms.Form):
    """With which record to merge."""

    def __init__(self, model_admin: "MergesRecords", request: HttpRequest) -> None:
        is_asked = "with" in request.GET or "with_text" in request.GET
        super().__init__(request.GET if is_asked else None)
        relation = RELATIONS[model_admin.model][0]
        db_field = relation.model._meta.get_field(relation.field)
        self.fields["with"] = RowChoiceField(
            model_admin.get_queryset(request),
            label=_("Merge with"),
            widget=PickInput(db_field, model_admin.admin_site, request),
        )


class RefusedError(Exception):
    """Nothing is merged: the page comes back, with these words and what was chosen."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class MergesRecords(TakesMergesBack):
    actions = [*PublishableAdmin.actions, "merge_selected"]

    def get_urls(self) -> list[URLPattern]:
        merge = self.admin_site.admin_view(self.merge_view)
        name = self._name_of_page("merge")
        return [path("<path:object_id>/merge/", merge, name=name), *super().get_urls()]

    @admin.action(
        permissions=["delete"],
        description=gettext_lazy("Merge the two selected %(verbose_name_plural)s"),
    )
    def merge_selected(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponseRedirect | None:
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            self.message_user(request, _("Select exactly two to merge them."), messages.ERROR)
            return None
        return HttpResponseRedirect(self._merge_page(*keys))

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """GET asks with which record, and shows what would change. POST merges, or notes that they
        are two."""
        rows = with_values(self.model)
        record = self._record(object_id, rows)
        if not self.may_merge(request, record):
            raise PermissionDenied
        form = OtherForm(self, request)
        other = form.cleaned_data["with"] if form.is_bound and form.is_valid() else None
        if other is None or other.pk == record.pk:
            return self._ask_which(request, record, form)
        other = rows.get(pk=other.pk)
        if not self.may_merge(request, other):
            raise PermissionDenied
        if request.method != "POST":
            return self._draw_merge(request, plan_merge(record, other), None, [])
        if TWO in request.POST or NOT_TWO in request.POST:
            return self._note_as_two(request, record, other)
        return self._merge_records(request, record.pk, other.pk)

    def _ask_which(self, request: HttpRequest, record: Any, form: OtherForm) -> TemplateResponse:
        same = bool(form.is_bound and form.is_valid())
        context = {
            "title": _("Merge “%(name)s” with another") % {"name": record},
            "form": form,
            "field": form["with"],
            "media": self.media + form.media,
            "is_same": same,
            "merged": [
                (merged, self._address_of("merge_undo", record.pk, merged.gone))
                for merged in MergedRecord.objects.filter(kept=record.uuid)
            ],
            "two": self._noted_as_two(record),
        }
        return self._render(request, "admin/merge/which.html", record, context)

    def _noted_as_two(self, record: Model) -> list[tuple[Model, str]]:
        pairs = DistinctPair.objects.filter(
            Q(low=record.pk) | Q(high=record.pk), kind=self.opts.model_name
        ).values_list("low", "high")
        keys = {key for pair in pairs for key in pair} - {record.pk}
        rows = self.model._default_manager.filter(pk__in=keys).order_by("pk")
        return [(row, self._merge_page(record.pk, row.pk)) for row in rows]

    def _draw_merge(
        self, request: HttpRequest, plan: Plan, wishes: Wishes | None, problems: list[str]
    ) -> TemplateResponse:
        kept, gone = plan.kept, plan.gone
        context = {
            "title": _("Merge two %(names)s") % {"names": self.opts.verbose_name_plural},
            "plan": plan,
            "page": MergePage(plan, wishes),
            "problems": problems,
            "snapshot": signing.dumps(plan.digest, salt=_salt(plan)),
            "swapped": self._merge_page(gone.pk, kept.pk),
            "gone_page": self._address_of("change", gone.pk),
            "is_two": DistinctPair.objects.of(str(self.opts.model_name), kept.pk, gone.pk).exists(),
            "side": _SIDE,
            "buttons": {"merge": MERGE, "two": TWO, "not_two": NOT_TWO},
        }
        return self._render(request, "admin/merge/merge.html", kept, context)

    def _note_as_two(self, request: HttpRequest, record: Any, other: Any) -> HttpResponse:
        kind = str(self.opts.model_name)
        names = {"one": record, "other": other}
        if TWO in request.POST:
            low, high = sorted([record.pk, other.pk])
            DistinctPair.objects.get_or_create(kind=kind, low=low, high=high)
            words = _("It is noted that “%(one)s” and “%(other)s” are two.") % names
        else:
            DistinctPair.objects.of(kind, record.pk, other.pk).delete()
            words = _("“%(one)s” and “%(other)s” may be one again.") % names
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(self._merge_page(record.pk))

    def _merge_records(self, request: HttpRequest, kept: int, gone: int) -> HttpResponse:
        """Who saves one of the two at the same moment may wait for this, and this for them: then
        PostgreSQL ends one of both, which begins again."""
        for _attempt in range(_ATTEMPTS - 1):
            try:
                return self._try_to_merge(request, kept, gone)
            except OperationalError as error:
                if not isinstance(error.__cause__, DeadlockDetected):
                    raise
        return self._try_to_merge(request, kept, gone)

    def _try_to_merge(self, request: HttpRequest, kept: int, gone: int) -> HttpResponse:
        wishes = _wishes(request)
        try:
            with transaction.atomic():
                plan = self._locked_plan(request, kept, gone)
                self.log_deletions(request, self.model._default_manager.filter(pk=gone))
                merged = self._write_merge(request, plan, wishes)
        except RefusedError as error:
            problems = [error.words]
        except ValidationError as error:
            problems = error.messages
        except (IntegrityError, DataError) as error:
            problems = [in_words(error)]
        else:
            return self._tell_merged(request, plan, merged)
        both = [with_values(self.model).filter(pk=key).first() for key in (kept, gone)]
        if None in both:
            self.message_user(request, problems[0], messages.ERROR)
            return HttpResponseRedirect(self._address_of("changelist"))
        plan = plan_merge(both[0], both[1], _sides(request))
        return self._draw_merge(request, plan, wishes, problems)

    def _locked_plan(self, request: HttpRequest, kept: int, gone: int) -> Plan:
        both = lock(self.model, kept, gone)
        if both is None:
            raise RefusedError(_("One of the two was deleted meanwhile. Nothing was merged."))
        if not self.may_merge(request, *both):
            raise PermissionDenied
        plan = plan_merge(*both, _sides(request), is_locking=True)
        try:
            digest = signing.loads(request.POST.get("snapshot", ""), salt=_salt(plan))
        except signing.BadSignature:
            digest = None
        if digest != plan.digest:
            words = _(
                "Others have changed something since this page was drawn. Nothing was merged: look"
                " once more. What you chose is kept."
            )
            raise RefusedError(words)
        if plan.blockers:
            raise RefusedError(" ".join(plan.blockers))
        if plan.open:
            raise RefusedError(_("Nothing was merged: choose first where the two differ."))
        if plan.new_name and not request.POST.get("language", "").strip():
            words = _("Nothing was merged: say in which language “%(name)s” is written.")
            raise RefusedError(words % {"name": plan.new_name})
        return plan

    def _write_merge(self, request: HttpRequest, plan: Plan, wishes: Wishes) -> MergedRecord:
        reason = request.POST.get(REASON, "")
        with recorded_as(origin=request.path, account=request.user, reason=reason):
            merged = write(plan, wishes)
        self.log_change(request, plan.kept, _("Merged with “%(name)s”.") % {"name": merged.name})
        return merged

    def _tell_merged(self, request: HttpRequest, plan: Plan, merged: MergedRecord) -> HttpResponse:
        words = _("“%(gone)s” went into “%(kept)s”. Both addresses lead to it.")
        message = format_html(
            '{} <a href="{}">{}</a>',
            words % {"gone": merged.name, "kept": plan.kept},
            self._address_of("merge_undo", plan.kept.pk, merged.gone),
            _("Take the merge back"),
        )
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(self._address_of("change", plan.kept.pk))


def _salt(plan: Plan) -> str:
    return f"events.merging:{plan.model._meta.label_lower}:{plan.kept.pk}:{plan.gone.pk}"


def _sides(request: HttpRequest) -> dict[str, str]:
    """Of the choices on the page, by their names."""
    return {
        name.removeprefix(_SIDE): str(value)
        for name, value in request.POST.items()
        if name.startswith(_SIDE)
    }


def _wishes(request: HttpRequest) -> Wishes:
    sent = request.POST
    return Wishes(
        frozenset(sent.getlist("in_note")),
        frozenset(sent.getlist("as_claim")),
        sent.get("language", "").strip(),
    )
