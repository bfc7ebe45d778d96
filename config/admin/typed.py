"""Filters of a list by a slug, a name or a date that is typed: there are too many to list them."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from config.admin.picking.addresses import picked_admin

if TYPE_CHECKING:
    from django.contrib.admin.options import ModelAdmin
    from django.contrib.admin.views.main import ChangeList

Rows = QuerySet[Any]


class NotFoundError(Exception):
    """What was typed names nothing, or several; with words where there is more to say."""


class TypedFilter(admin.SimpleListFilter):
    """A field instead of choices. `find` narrows the rows by what was typed in it, or by the record
    that has this slug or name where records of `picks` are meant."""

    template = "admin/typed_filter.html"
    find: Callable[[Rows, Any], Rows]
    placeholder: str | Promise = ""
    picks: type[Model] | None = None

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, Any],
        model: type[Model],
        model_admin: "ModelAdmin[Any]",
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self._picked = picked_admin(model_admin.admin_site, self.picks) if self.picks else None
        self._may_pick = bool(self._picked and self._picked.has_view_permission(request))

    def lookups(
        self, request: HttpRequest, model_admin: "ModelAdmin[Any]"
    ) -> list[tuple[str, Any]]:
        return [("", "")]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        text = (self.value() or "").strip()
        if not text:
            return queryset
        try:
            return type(self).find(queryset, self._record(request, text) if self.picks else text)
        except NotFoundError as error:
            told = str(error) or _("There is nothing that is called “%(text)s” here.")
            messages.error(request, told % {"text": text[:100]})
            return queryset.none()

    def _record(self, request: HttpRequest, text: str) -> Any:
        rows: Any = self.picks._default_manager if self.picks else None
        if record := rows.filter(slug=text.lower()).first():
            return record
        named = self._picked.rows_named(request, text) if self._picked and self._may_pick else []
        if len(named) > 1:
            raise NotFoundError(_("Several are called “%(text)s” here. Type the slug of one."))
        if not named:
            raise NotFoundError
        return named[0]

    def choices(self, changelist: "ChangeList") -> Iterator[Any]:
        """One: what is typed, and the rest of the address, which the form carries on."""
        others = changelist.get_filters_params()
        yield {
            "name": self.parameter_name,
            "typed": self.value() or "",
            "placeholder": self.placeholder,
            "address": self._picked.pick_address() if self._picked and self._may_pick else "",
            "carried": [
                (name, value)
                for name, values in others.items()
                if name != self.parameter_name
                for value in values
            ],
            "words": changelist.query,
            "cleared": changelist.get_query_string(remove=[str(self.parameter_name)]),
        }


def typed_filter(
    parameter: str,
    title: str | Promise,
    find: Callable[[Rows, Any], Rows],
    placeholder: str | Promise = "",
    picks: type[Model] | None = None,
) -> type[TypedFilter]:
    values = {
        "parameter_name": parameter,
        "title": title,
        "find": staticmethod(find),
        "placeholder": placeholder,
        "picks": picks,
    }
    return type(f"Typed{parameter.title()}", (TypedFilter,), values)
