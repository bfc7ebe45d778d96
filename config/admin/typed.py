"""Filters of a list by a slug, a name or a date that is typed: there are too many to list them."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.contrib.admin.options import ModelAdmin
    from django.contrib.admin.views.main import ChangeList

Rows = QuerySet[Any]


class NotFoundError(Exception):
    """What was typed names nothing."""


class TypedFilter(admin.SimpleListFilter):
    """A field instead of choices. `find` narrows the rows by what was typed in it."""

    template = "admin/typed_filter.html"
    find: Callable[[Rows, str], Rows]
    placeholder: str | Promise = ""

    def lookups(
        self, request: HttpRequest, model_admin: "ModelAdmin[Any]"
    ) -> list[tuple[str, Any]]:
        return [("", "")]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        text = (self.value() or "").strip()
        if not text:
            return queryset
        try:
            return type(self).find(queryset, text)
        except NotFoundError:
            told = _("There is nothing that is called “%(text)s” here.") % {"text": text[:100]}
            messages.error(request, told)
            return queryset.none()

    def choices(self, changelist: "ChangeList") -> Iterator[Any]:
        """One: what is typed, and the rest of the address, which the form carries on."""
        others = changelist.get_filters_params()
        yield {
            "name": self.parameter_name,
            "typed": self.value() or "",
            "placeholder": self.placeholder,
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
    find: Callable[[Rows, str], Rows],
    placeholder: str | Promise = "",
) -> type[TypedFilter]:
    values = {
        "parameter_name": parameter,
        "title": title,
        "find": staticmethod(find),
        "placeholder": placeholder,
    }
    return type(f"Typed{parameter.title()}", (TypedFilter,), values)
