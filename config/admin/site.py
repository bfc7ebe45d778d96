"""The site of the admin: it says so where a form was sent after the session had ended."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.text import slugify

from config.accounts.fresh import destroys, question
from config.accounts.second_factor import lacks_second_factor
from config.accounts.views import ChangePassword, SignIn
from config.admin.keys import is_key
from config.db.changes import recorded_as
from config.http.keeping import account_key

UNSAVED = "unsaved"
# The field of a form that says why something is changed, for the history.
REASON = "change_reason"
# Pages for whoever must have a second factor and has none.
WITHOUT_SECOND_FACTOR = {"mfa_activate_totp", "logout"}
_View = TypeVar("_View", bound=Callable[..., HttpResponseBase])


class CuratingSite(AdminSite):
    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """By the headings that admins name. Those without one stand under that of their app."""
        apps = super().get_app_list(request, app_label)
        for entry in (entry for app in apps for entry in app["models"]):
            entry["name"] = (
                getattr(self._registry[entry["model"]], "list_name", "") or entry["name"]
            )
        if app_label is not None:
            return apps
        sections: dict[str, list[Any]] = {}
        for app in apps:
            for entry in app["models"]:
                name = getattr(self._registry[entry["model"]], "section", "") or app["name"]
                sections.setdefault(str(name), []).append(entry)
        by_name = {str(app["name"]): app for app in apps}
        home = {"app_url": reverse("admin:index"), "has_module_perms": True}
        return [
            by_name.get(name, home | {"name": name, "app_label": slugify(name)})
            | {"models": sorted(entries, key=lambda entry: str(entry["name"]).lower())}
            for name, entries in sorted(sections.items(), key=lambda each: each[0].lower())
        ]

    def admin_view(self, view: _View, cacheable: bool = False) -> _View:
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def outer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if hindrance := self._hindrance(request):
                return hindrance
            if request.method != "POST":
                return inner(request, *args, **kwargs)
            reason = request.POST.get(REASON, "")
            with recorded_as(origin=request.path, account=request.user, reason=reason):
                response = inner(request, *args, **kwargs)
            is_sent_away = isinstance(response, HttpResponseRedirect) and "next=" in response.url
            if is_sent_away and not self.has_permission(request):
                response["Location"] += f"&{UNSAVED}=1"
            return response

        return cast(_View, outer)

    def _hindrance(self, request: HttpRequest) -> HttpResponse | None:
        """What stands between somebody who is signed in and the page, if anything does."""
        if not self.has_permission(request):
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        answer: HttpResponse | None = None
        if name not in WITHOUT_SECOND_FACTOR and lacks_second_factor(request.user):
            answer = HttpResponseRedirect(reverse("mfa_activate_totp"))
        elif destroys(request):
            answer = question(request)
        if answer is not None:
            add_never_cache_headers(answer)
        return answer

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """In place of Django's: the password is counted, and a code may be asked for after it."""
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        return cast(HttpResponse, SignIn.as_view(extra_context=extra_context)(request))

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """In place of Django's: the old password is counted."""
        return cast(TemplateResponse, ChangePassword.as_view(extra_context=extra_context)(request))

    def get_urls(self) -> list[Any]:
        """Without Django's autocompletes: pickers have addresses of their own."""
        left_out = ("autocomplete", "view_on_site")
        urls = [url for url in super().get_urls() if getattr(url, "name", "") not in left_out]
        shown = self.admin_view(self.view_on_site)
        address = path("r/<path:content_type_id>/<path:object_id>/", shown, name="view_on_site")
        # What the site answers where nothing else does comes last.
        return [*urls[:-1], address, urls[-1]]

    def view_on_site(
        self, request: HttpRequest, content_type_id: str, object_id: str
    ) -> HttpResponseBase:
        """To the page of a record for readers, by way of its key. Of records that the account may
        not see, as of those that are not there, nothing is told, not even the name."""
        kinds = ContentType.objects.filter(
            pk=int(content_type_id) if is_key(content_type_id) else 0
        )
        kind = kinds.first()
        model = kind.model_class() if kind else None
        if model is None or not self.is_registered(model):
            raise Http404
        admin = self.get_model_admin(model)
        record = admin.get_object(request, object_id)
        if record is None or not admin.has_view_permission(request, record):
            raise Http404
        if not hasattr(record, "get_absolute_url"):
            raise Http404
        return HttpResponseRedirect(record.get_absolute_url())

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"kept_account": account_key(request.user)}
