"""Saving a form after others have changed the record: nothing of theirs is written over."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import OperationalError, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected

from config.admin.authors import deleter
from config.admin.conflicts import BACK, as_posted, kept_in_words, page_context
from config.admin.merging import Merge, Place, merge_fields
from config.admin.row_merging import Rows, merge_rows, read_rows
from config.admin.rows import posted_rows, renumber
from config.admin.snapshots import FIELD, Opened, Snapshot, SnapshotField, last_keys, read, take
from config.admin.values import stored_values
from config.http.keeping import form_number, name_as_saved

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin


_ATTEMPTS = 3


class CarriesSnapshot:
    """Put before the form of an admin: a hidden field, and an error that comes from outside."""

    # Why the form is not saved although its fields are right.
    refusal: str | list[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields: dict[str, Any]
        self.fields[FIELD] = SnapshotField()

    def full_clean(self) -> None:
        super().full_clean()  # type: ignore[misc]
        if self.refusal:
            self.add_error(None, self.refusal)  # type: ignore[attr-defined]


class ConcurrentAdmin(_ModelAdmin):
    # Whether a record that was deleted meanwhile can be saved anew by the form it was changed with.
    is_added_as_changed = True

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> type[Any]:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", "")
        given = {"refusal": refusal, "user": request.user}
        return type(form.__name__, (CarriesSnapshot, form), given)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        # A record and a row of it, saved at once by their own forms, may wait for each other: then
        # PostgreSQL ends one of them, which has written nothing and begins again.
        for _attempt in range(_ATTEMPTS - 1):
            try:
                return self._save(request, object_id, form_url, extra_context)
            except OperationalError as error:
                if not isinstance(error.__cause__, DeadlockDetected):
                    raise
        return self._save(request, object_id, form_url, extra_context)

    def _save(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict[str, Any] | None,
    ) -> HttpResponse:
        if object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        # The lock on the record holds until it is saved: of two who save at the same moment, the
        # second sees what the first did.
        with transaction.atomic():
            record = self.get_object(request, unquote(object_id))
            if not self.has_change_permission(request, record):
                return super().changeform_view(request, object_id, form_url, extra_context)
            merge = self._merge(request, record) if record else None
            if merge is None:
                return self._keep_typed(request, unquote(object_id), extra_context)
            if merge.is_to_ask and not _is_refused(request):
                return self._ask(request, merge)
            self._use(request, merge)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _merge(self, request: HttpRequest, record: Model) -> Merge | None:
        """None where the record was deleted while this waited for its lock."""
        request.POST = posted(request)  # type: ignore[assignment]
        rows = type(record)._default_manager.select_for_update(of=("self",), no_key=True)
        locked = rows.filter(pk=record.pk).first()
        if locked is None:
            return None
        fields = flatten_fieldsets(self.get_fieldsets(request, locked))
        form = self.get_form(request, locked, change=True, fields=fields)(instance=locked)
        opened = read(request.POST.get(FIELD, ""), locked)
        merge = Merge(locked, opened, Snapshot(stored_values(form)), request.POST.copy())
        found = opened.found.record if opened.found else None
        merge_fields(merge, form, found, Place())
        read_inlines = self._read_rows(request, merge)
        formsets = {rows.posted.prefix: rows.formset for rows in read_inlines}
        merge.stored.last = last_keys(formsets, locked)
        for rows_of_inline in read_inlines:
            merge.stored.rows[rows_of_inline.posted.prefix] = rows_of_inline.values
            merge_rows(merge, rows_of_inline, keeps_open=_is_refused(request))
        return merge

    def _read_rows(self, request: HttpRequest, merge: Merge) -> list[Rows]:
        inlines = self._inlines_by_prefix(request, merge.record)
        found = [
            read_rows(merge, request, inline, formset, prefix)
            for prefix, (inline, formset) in inlines.items()
            if inline.has_change_permission(request, merge.record)
        ]
        return [rows for rows in found if rows is not None]

    def _inlines_by_prefix(
        self, request: HttpRequest, record: Model | None
    ) -> dict[str, tuple[Any, Any]]:
        """As `ModelAdmin._create_formsets` names them."""
        found: dict[str, tuple[Any, Any]] = {}
        times: dict[str, int] = {}
        for formset, inline in self.get_formsets_with_inlines(request, record):
            prefix = formset.get_default_prefix()
            times[prefix] = times.get(prefix, 0) + 1
            name = prefix if times[prefix] == 1 else f"{prefix}-{times[prefix]}"
            found[name] = (inline, formset)
        return found

    def _use(self, request: HttpRequest, merge: Merge) -> None:
        request.POST = merge.data  # type: ignore[assignment]
        request.merge = merge  # type: ignore[attr-defined]
        if BACK in request.POST:
            request.refusal = _(  # type: ignore[attr-defined]
                "Nothing is saved yet. Where others changed the same as you, your text stands "
                "here; saving asks again."
            )

    def _ask(self, request: HttpRequest, merge: Merge) -> TemplateResponse:
        opened = Opened(merge.opened.found, merge.opened.at, merge.stored)
        context = {
            **self.admin_site.each_context(request),
            **page_context(request, merge),
            "title": _("Put together"),
            "subtitle": str(merge.record),
            "opts": self.opts,
            "original": merge.record,
            "snapshot": opened.sign(merge.record),
            "media": self.media,
            "is_popup": "_popup" in request.POST,
            "kept_number": form_number(request),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/conflict.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form, record = context["adminform"].form, context["original"]
        if record is not None and self.has_change_permission(request, record):
            text = self._snapshot(request, context).sign(record)
            if form.is_bound:
                form.data = form.data.copy()
                form.data[FIELD] = text
            else:
                form.initial[FIELD] = text
        context |= {"is_posted": form.is_bound, "kept_number": form_number(request)}
        context["may_see_history"] = True
        context["merge_address"] = self.merge_address(request, record) if record else ""
        return super().render_change_form(request, context, *args, **kwargs)

    def merge_address(self, request: HttpRequest, record: Model) -> str:
        """Of the page that merges the record with another one; empty where there is none."""
        return ""

    def _snapshot(self, request: HttpRequest, context: dict[str, Any]) -> Opened:
        merge = getattr(request, "merge", None)
        if merge is None:
            formsets = [
                inline.formset
                for inline in context["inline_admin_formsets"]
                if inline.has_change_permission
            ]
            return Opened(take(context["adminform"].form, formsets), timezone.now())
        if merge.is_to_ask:
            return cast(Opened, merge.opened)
        # What was stored is in the form by now, but where the curator wants it otherwise.
        return Opened(merge.stored, timezone.now())

    def get_inline_formsets(
        self, request: HttpRequest, formsets: Any, inline_instances: Any, obj: Any | None = None
    ) -> Any:
        for formset in formsets:
            rows = [form.instance for form in formset.initial_forms]
            if formset.is_bound and all(row.pk for row in rows):
                # The page pairs forms with these: others may have added rows between them.
                formset._queryset = rows
        return super().get_inline_formsets(request, formsets, inline_instances, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        merge = getattr(request, "merge", None)
        if merge and merge.kept_of_theirs:
            self.message_user(request, kept_in_words(merge), messages.INFO)
        response = super().response_change(request, obj)
        name_as_saved(request, response)
        return response

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        response = super().response_add(request, obj, *args)
        name_as_saved(request, response)
        return response

    def _keep_typed(
        self, request: HttpRequest, key: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        """The record is gone: what was typed stays, where possible as a new one not yet saved."""
        author = deleter(self.model, key)
        when = f", {author.at:%-d %B %Y, %H:%M} UTC" if author.at else ""
        words = {"name": self.opts.verbose_name, "author": f"{author.name}{when}"}
        gone = _("This %(name)s was deleted while you changed it (%(author)s).") % words
        if not (self.is_added_as_changed and self.has_add_permission(request)):
            return self._show_typed(request, gone)
        request.POST = self._as_new(request)  # type: ignore[assignment]
        stays = _(
            "Nothing of yours is lost: it stands below, and saving makes a new %(name)s of it."
        )
        request.refusal = f"{gone} {stays % words}"  # type: ignore[attr-defined]
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_add"
        return super().changeform_view(request, None, reverse(name), extra_context)

    def _as_new(self, request: HttpRequest) -> QueryDict:
        """What was posted about a stored record, as it would be posted about a new one."""
        data = posted(request).copy()
        for prefix, (_inline, formset) in self._inlines_by_prefix(request, None).items():
            rows = posted_rows(data, prefix, formset.model._meta.pk.name)
            if rows is None:
                continue
            deleted = {index for index in rows.stored if rows.is_deleted(data, index)}
            for index in rows.stored:
                data.pop(f"{rows.row_prefix(index)}-{formset.parent_name()}", None)
            renumber(data, rows, dropped=deleted, renewed=set(rows.stored) - deleted)
        return data

    def _show_typed(self, request: HttpRequest, gone: str) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gone,
            "subtitle": None,
            "opts": self.opts,
            "refusal": _("What you typed was not saved. It stands here to be copied."),
            "typed": [field for field in as_posted(request) if field.is_typed],
            "media": self.media,
        }
        return TemplateResponse(request, "admin/deleted.html", context)


def _is_refused(request: HttpRequest) -> bool:
    """Whether the form comes back in any case: it asks when it is saved again."""
    return BACK in request.POST or bool(getattr(request, "refusal", ""))


def posted(request: HttpRequest) -> QueryDict:
    """As the browser sent it, however often the request has been put together since."""
    if not hasattr(request, "posted"):
        request.posted = request.POST  # type: ignore[attr-defined]
    return cast(QueryDict, request.posted)  # type: ignore[attr-defined]
