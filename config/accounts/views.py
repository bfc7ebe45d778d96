"""The pages of an account: signing in, its second step, the second factor, the password."""

from typing import Any, cast

import qrcode
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import admin
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.attempts import refuse_in_status
from config.accounts.forms import ChangePasswordForm, CodeForm, SetUpForm, SignInForm
from config.accounts.second_factor import must_have_second_factor


class OwnPage:
    """What the templates of the admin want to know."""

    request: HttpRequest
    title = gettext_lazy("Signing in")

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        self.request.current_app = admin.site.name
        own = {"title": self.title, "subtitle": None}
        context: dict[str, Any] = super().get_context_data(**given)  # type: ignore[misc]
        return context | admin.site.each_context(self.request) | own


class SaysWhenToTryAgain:
    """Status 429 where nothing was tried."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        return refuse_in_status(response, form)


class SignIn(SaysWhenToTryAgain, OwnPage, LoginView):
    authentication_form = SignInForm
    template_name = "admin/login.html"
    title = gettext_lazy("Log in")

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        address = {"app_path": self.request.get_full_path()}
        name = {"username": cast(User, self.request.user).get_username()}
        return super().get_context_data(**given) | address | name

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        login = Login(user=user, redirect_url=self.get_success_url())
        return cast(
            HttpResponse,
            perform_password_login(self.request, {"username": user.get_username()}, login),
        )


class Code(OwnPage, AuthenticateView):
    """The second step of signing in."""

    form_class = CodeForm
    template_name = "admin/account/code.html"
    title = gettext_lazy("One step more")

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response = cast(HttpResponse, super().form_invalid(form))
        return refuse_in_status(response, form)


class ChangePassword(SaysWhenToTryAgain, OwnPage, PasswordChangeView):
    form_class = ChangePasswordForm
    template_name = "registration/password_change_form.html"
    title = gettext_lazy("Password change")

    def get_success_url(self) -> str:
        return reverse("admin:password_change_done")


def overview(request: HttpRequest) -> HttpResponse:
    """What an account signs in with."""
    user = cast(User, request.user)
    factors = {each.type: each for each in Authenticator.objects.filter(user=user)}
    codes = factors.get(Authenticator.Type.RECOVERY_CODES)
    context = {
        **admin.site.each_context(request),
        "title": _("Signing in"),
        "subtitle": None,
        "factor": factors.get(Authenticator.Type.TOTP),
        "unused_codes": _count_unused(codes) if codes else 0,
        "must_have": must_have_second_factor(user),
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/account/overview.html", context)


def _count_unused(codes: Authenticator) -> int:
    """From their mask, so that it can be said under another SECRET_KEY, too."""
    return 10 - int(codes.data["used_mask"]).bit_count()


class SetUp(OwnPage, ActivateTOTPView):
    """The secret for an app, as a picture and in letters. A code shows that the app has it."""

    form_class = SetUpForm
    template_name = "admin/account/set_up.html"
    title = gettext_lazy("Set up a second factor")

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        context = super().get_context_data(**given)
        secret = context["form"].secret
        url = get_adapter().build_totp_url(self.request.user, secret)
        is_asked_for = must_have_second_factor(cast(User, self.request.user))
        letters = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        return context | {
            "picture": _qr_code(url),
            "url": url,
            "letters": letters,
            "is_asked_for": is_asked_for,
        }


def _qr_code(text: str) -> dict[str, Any]:
    """Its size in squares, and the path of an SVG that fills the dark ones."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    squares = [
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    ]
    return {"size": len(rows), "path": "".join(squares)}


class Remove(OwnPage, DeactivateTOTPView):
    template_name = "admin/account/remove.html"
    title = gettext_lazy("Remove the second factor")

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        must_have = must_have_second_factor(cast(User, self.request.user))
        return super().get_context_data(**given) | {"must_have": must_have}


class RecoveryCodes(OwnPage, ViewRecoveryCodesView):
    template_name = "admin/account/recovery_codes.html"
    title = gettext_lazy("Recovery codes")


class NewRecoveryCodes(OwnPage, GenerateRecoveryCodesView):
    template_name = "admin/account/new_codes.html"
    title = gettext_lazy("New recovery codes")
