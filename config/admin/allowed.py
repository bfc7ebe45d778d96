"""What an account may do in the admin with each record. `config.rights` says so; this asks it."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from config import rights
from config.admin.mine import EnteredBy
from config.db.publication import State

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
    _Inline = admin.options.InlineModelAdmin[Model, Model]
else:
    _ModelAdmin, _Inline = admin.ModelAdmin, object


class AsksRights(_ModelAdmin):
    """Lists, forms and deletions of the records that the account may see or change."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = rights.seen(super().get_queryset(request), request.user)
        return self.with_names(request, rows)

    def with_names(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what the rows' names are made of, for pickers too."""
        related = self.list_select_related
        names = () if isinstance(related, bool) else related
        return rights.with_what_is_seen(rows, request.user, names)

    def has_view_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        may = super().has_view_permission(request, obj)
        return may and (obj is None or rights.may_see(request.user, obj))

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or rights.may_reach(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or rights.may_reach(request.user, obj))

    def get_readonly_fields(self, request: HttpRequest, obj: Any | None = None) -> Any:
        """With fields that hold what the account may not see: they stay as they are."""
        fields = super().get_readonly_fields(request, obj)
        if obj is None or obj.pk is None:
            return fields
        return [*fields, *rights.fields_with_hidden(request.user, obj)]

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Other filters would tell of records that the account may not see."""
        declared = super().get_list_filter(request)
        if rights.sees_all(request.user, self.model):
            return declared
        return [one for one in declared if isinstance(one, str) or one is EnteredBy]

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk is None or self.has_change_permission(request, obj):
            given["queryset"] = rights.in_reach(inline.get_queryset(request), request.user)
        return given

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A row that is deleted takes nothing along that the account may not delete."""
        gone = [row.instance for row in formset.deleted_forms if row.instance.pk]
        if gone and not rights.sees_all(request.user, formset.model):
            _named, _counts, lacking, _obstacles = self.get_deleted_objects(gone, request)
            if lacking:
                raise PermissionDenied
        super().save_formset(request, form, formset, change)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """It names who changed what, and rows that were not published."""
        if not rights.sees_all(request.user, self.model):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_see_history"] = rights.sees_all(request.user, self.model)
        return super().render_change_form(request, context, *args, **kwargs)


class AsksToPublish(_ModelAdmin):
    """The state of a record is a choice for those alone who may publish it."""

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Of chosen rows at once."""
        may_publish = rights.may(request.user, rights.PUBLISH, self.model)
        return may_publish and self.has_change_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        may_publish = rights.may(request.user, rights.PUBLISH, self.model)
        return fields if may_publish else [*fields, "state"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        asked = request.POST.get("state", obj.state)
        if "state" not in form.fields and asked != obj.state and asked in State:
            words = {"asked": State(asked).label, "state": State(obj.state).label}
            told = _("Not saved as “%(asked)s”: only an editor may do that. It is “%(state)s”.")
            self.message_user(request, told % words, messages.WARNING)


class RowsFollowRecord(_Inline):
    """Rows on the page of a record are changed by who may change that."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What is sent concerns rows that the account may change."""
        rows = rights.seen(super().get_queryset(request), request.user)
        return rights.in_reach(rows, request.user) if request.method == "POST" else rows

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and _may_reach(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_reach(request, obj)


def _may_reach(request: HttpRequest, record: Model | None) -> bool:
    return record is None or record.pk is None or rights.may_reach(request.user, record)
