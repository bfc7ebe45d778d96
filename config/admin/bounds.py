"""What a request to the admin may ask for: a search of some words, an action on some rows."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from config.admin.keys import is_key
from config.admin.searching import SearchesWords

SEARCH_LENGTH = 200  # characters; each word is a condition on every searched column
DELETED_AT_ONCE = 5000


class BoundedRequests(SearchesWords):
    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if len(search_term) <= SEARCH_LENGTH:
            return self.find(request, queryset, search_term)
        if SEARCH_VAR in request.GET:
            problem = _("A search takes at most %(number)d characters.") % {"number": SEARCH_LENGTH}
            self.message_user(request, problem, messages.ERROR)
        return queryset.none(), False

    def response_action(  # type: ignore[override]
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        problem = self._problem(request, queryset)
        if not problem:
            return super().response_action(request, queryset)
        self.message_user(request, problem, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    def _problem(self, request: HttpRequest, queryset: QuerySet[Any]) -> str:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(map(is_key, chosen)):
            return _("What was chosen cannot be read. Nothing was done: choose the rows again.")
        is_all = request.POST.get("select_across") not in (None, "", "0")
        number = queryset.count() if is_all else len(chosen)
        if "delete_selected" in request.POST.getlist("action") and number > DELETED_AT_ONCE:
            most = {"most": DELETED_AT_ONCE, "number": number}
            return _("At most %(most)d are deleted at once, and %(number)d are chosen.") % most
        return ""
