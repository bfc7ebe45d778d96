"""The site of the admin, whose front page is the desk, or the beginning of an empty chronology."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.admin.refusals import in_words
from config.http.addresses import with_query
from events.article.loading import load_example
from events.desk.beginning import PARAMETER, BeginningForm, is_new, log_name
from events.desk.finding import find_everywhere
from events.desk.recent import recent_changes
from events.desk.rows import answers_of, groups_for
from events.history.site import HistorySite
from events.models import Chronology


class DeskSite(HistorySite):
    def get_urls(self) -> list[Any]:
        own = [
            path("begin/", self.admin_view(require_POST(self.begin)), name="begin"),
            path(
                "begin/example/", self.admin_view(require_POST(self.load_example)), name="example"
            ),
            path("find/", self.admin_view(self.find), name="find"),
        ]
        return own + super().get_urls()

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        if self._may_begin(request) and is_new():
            return self._ask_for_name(request, BeginningForm(instance=_present()))
        groups = groups_for(request.user)
        answered = [(group, answers_of(group, self, request)) for group in groups]
        context = {
            "title": _("Desk"),
            "groups": [(group, _shown(answers)) for group, answers in answered],
            "nothing_under": [
                answer.row.label
                for _group, answers in answered
                for answer in answers
                if not answer.number and not answer.row.promise
            ],
            "changes": recent_changes(self, request),
            "adding": [
                (words, reverse(f"admin:events_{name}_add"))
                for name, words in (("event", _("Add event")), ("source", _("Add source")))
                if request.user.has_perm(f"events.add_{name}")
            ],
        }
        return super().index(request, context | (extra_context or {}))

    def _may_begin(self, request: HttpRequest) -> bool:
        return request.user.has_perm("events.change_chronology")

    def begin(self, request: HttpRequest) -> HttpResponse:
        """Only the name is asked for; the first source and the first event are the real forms."""
        if not self._may_begin(request):
            raise PermissionDenied
        if not is_new():
            return HttpResponseRedirect(reverse("admin:index"))
        chronology = _present()
        form = BeginningForm(request.POST, instance=chronology)
        if not form.is_valid():
            return self._ask_for_name(request, form)
        form.save()
        log_name(cast(User, request.user), chronology)
        return HttpResponseRedirect(
            with_query(reverse("admin:events_source_add"), f"{PARAMETER}=1")
        )

    def _ask_for_name(self, request: HttpRequest, form: BeginningForm) -> TemplateResponse:
        context = {
            **self.each_context(request),
            "title": _("Begin your chronology"),
            "subtitle": None,
            "form": form,
            "can_load": _may_load(request),
        }
        request.current_app = self.name
        return TemplateResponse(request, "admin/beginning.html", context)

    def load_example(self, request: HttpRequest) -> HttpResponse:
        """The article's records, into a chronology that has none."""
        if not _may_load(request):
            raise PermissionDenied
        if not is_new():
            self._tell(request, messages.ERROR, _("There are records already: nothing was loaded."))
        else:
            try:
                load_example()
            except IntegrityError as error:
                self._tell(request, messages.ERROR, in_words(error))
            else:
                told = _("The example is loaded. “manage.py remove_article” takes it away again.")
                self._tell(request, messages.SUCCESS, told)
        return HttpResponseRedirect(reverse("admin:index"))

    def _tell(self, request: HttpRequest, level: int, words: str) -> None:
        messages.add_message(request, level, words)

    def find(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "")
        context = {
            **self.each_context(request),
            "title": _("Search all records"),
            "subtitle": None,
            "words": words,
            "found": find_everywhere(self, request, words),
        }
        request.current_app = self.name
        return TemplateResponse(request, "admin/find.html", context)


def _present() -> Chronology:
    return Chronology.objects.first() or Chronology()


def _may_load(request: HttpRequest) -> bool:
    """It brings records of every kind."""
    return request.user.is_active and request.user.is_superuser


def _shown(answers: list[Any]) -> list[Any]:
    return [answer for answer in answers if answer.number or answer.row.promise]
