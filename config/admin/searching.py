"""The search of lists and pickers: the same reading of words as on public pages."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from config import rights
from config.search.query import Term
from config.search.rows import SearchedQuerySet, matching, seen_in
from config.search.spelling import Understood, understand

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin

_LOOKUPS = {"^": "startswith", "=": "iexact"}


class SearchesWords(_ModelAdmin):
    """Words are looked for in the record's own names or text, in those of the related records that
    `searched_through` names, and in `searched_columns` ("^": how they begin, "=": whole)."""

    # There is a box to search with where this is not empty.
    search_fields = ["pk"]
    searched_through: tuple[str, ...] = ()
    searched_columns: tuple[str, ...] = ()

    def find(
        self, request: HttpRequest, queryset: QuerySet[Any], words: str
    ) -> tuple[QuerySet[Any], bool]:
        if not words.strip():
            return queryset, False
        holding = self.holding_for(request)
        found = understand(words, lambda terms: seen_in(queryset, terms, holding))
        if SEARCH_VAR in request.GET:
            self._tell_corrections(request, found)
        return queryset.filter(matching(found.meant, holding)), False

    def holding_for(self, request: HttpRequest) -> Callable[[Term], Q]:
        """Rows that have a word, in what the account may see."""

        def holding(term: Term) -> Q:
            # A union, because an index answers each of the conditions, and none an OR of them.
            rows = self.model._default_manager.order_by()
            parts = self._conditions(request, term)
            first, *others = (rows.filter(part).values("pk") for part in parts)
            return Q(pk__in=first.union(*others) if others else first)

        return holding

    def _conditions(self, request: HttpRequest, term: Term) -> Iterable[Q]:
        own: Any = self.model._default_manager.all()
        if isinstance(own, SearchedQuerySet):
            yield own.holding(term)
        for path in self.searched_through:
            related: Any = self.model._meta.get_field(path).related_model
            rows = related._default_manager.order_by()
            found = rights.seen(rows.filter(rows.all().holding(term)), request.user)
            yield Q(**{f"{path}__in": found.values("pk")})
        for name in self.searched_columns:
            lookup = _LOOKUPS.get(name[0], "icontains")
            yield Q(**{f"{name.lstrip('^=')}__{lookup}": term.text.lower()})

    def _tell_corrections(self, request: HttpRequest, found: Understood) -> None:
        for correction in found.corrections:
            instead = ", ".join(f"“{term.text}”" for term in correction.instead)
            asked = {"asked": correction.asked.text, "instead": instead}
            told = _("No results for “%(asked)s”. Showing results for %(instead)s.") % asked
            self.message_user(request, told, messages.INFO)
