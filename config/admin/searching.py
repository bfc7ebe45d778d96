"""The search of lists and autocompletes: the same reading of words as on public pages."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from config.search.query import Term
from config.search.rows import SearchedQuerySet, matching, seen_in
from config.search.spelling import Understood, understand

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin

_LOOKUPS = {"^": "istartswith", "=": "iexact"}


class SearchesWords(_ModelAdmin):
    """Words are looked for in the record's own names or text, in those of the related records that
    `searched_through` names, and in the columns `search_fields`."""

    searched_through: tuple[str, ...] = ()

    def find(
        self, request: HttpRequest, queryset: QuerySet[Any], words: str
    ) -> tuple[QuerySet[Any], bool]:
        if not words.strip():
            return queryset, False
        found = understand(words, lambda terms: seen_in(queryset, terms, self._holding))
        if SEARCH_VAR in request.GET:
            self._tell_corrections(request, found)
        return queryset.filter(matching(found.meant, self._holding)), False

    def _holding(self, term: Term) -> Q:
        return reduce(or_, self._conditions(term))

    def _conditions(self, term: Term) -> Iterable[Q]:
        own: Any = self.model._default_manager.all()
        if isinstance(own, SearchedQuerySet):
            yield own.holding(term)
        for path in self.searched_through:
            related: Any = self.model._meta.get_field(path).related_model
            rows = related._default_manager.order_by()
            yield Q(**{f"{path}__in": rows.filter(rows.all().holding(term)).values("pk")})
        for name in self.search_fields:
            lookup = _LOOKUPS.get(str(name)[0], "icontains")
            yield Q(**{f"{str(name).lstrip('^=')}__{lookup}": term.text})

    def _tell_corrections(self, request: HttpRequest, found: Understood) -> None:
        for correction in found.corrections:
            instead = ", ".join(f"“{term.text}”" for term in correction.instead)
            asked = {"asked": correction.asked.text, "instead": instead}
            told = _("No results for “%(asked)s”. Showing results for %(instead)s.") % asked
            self.message_user(request, told, messages.INFO)
