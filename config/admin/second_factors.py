"""In the list of accounts: whether an account has a second factor, and taking it away."""

from typing import TYPE_CHECKING, Any, cast

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.second_factor import has_second_factor, remove_second_factor

if TYPE_CHECKING:
    _UserAdmin = admin.ModelAdmin[User]
else:
    _UserAdmin = admin.ModelAdmin


class RemovesSecondFactors(_UserAdmin):
    def get_urls(self) -> list[URLPattern]:
        own = path(
            "<path:object_id>/second-factor/",
            self.admin_site.admin_view(self.second_factor_view),
            name="auth_user_second_factor",
        )
        return [own, *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return [*super().get_readonly_fields(request, obj), *(["second_factor"] if obj else [])]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj:
            fieldsets.insert(1, (None, {"fields": ["second_factor"]}))
        return fieldsets

    @admin.display(description=gettext_lazy("Second factor"))
    def second_factor(self, user: User) -> str:
        factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
        if factor is None:
            return _("none")
        return format_html(
            '{} · <a href="{}">{}</a>',
            _("set up on %(day)s") % {"day": date_format(factor.created_at, "j F Y")},
            reverse("admin:auth_user_second_factor", args=[user.pk]),
            _("Remove it"),
        )

    def second_factor_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        user = self.get_object(request, unquote(object_id))
        if user is None:
            raise Http404
        if not self._may_remove(request, user):
            raise PermissionDenied
        if request.method == "POST":
            return self._remove(request, user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Remove the second factor of %(name)s") % {"name": user.get_username()},
            "subtitle": None,
            "account": user,
            "has_factor": has_second_factor(user),
        }
        return TemplateResponse(request, "admin/account/remove_of_other.html", context)

    def _may_remove(self, request: HttpRequest, user: User) -> bool:
        if user.is_superuser and not cast(User, request.user).is_superuser:
            return False
        return self.has_change_permission(request, user)

    def _remove(self, request: HttpRequest, user: User) -> HttpResponse:
        by = cast(User, request.user)
        name = {"name": user.get_username()}
        if remove_second_factor(user, by=by, how="Second factor removed."):
            words = _("%(name)s signs in with the password alone now.") % name
            messages.success(request, words)
        else:
            messages.warning(request, _("%(name)s has no second factor.") % name)
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[user.pk]))
