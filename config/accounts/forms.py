from typing import Any, cast

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts.attempts import counted
from config.accounts.models import Attempt
from config.accounts.second_factor import find_factor, has_second_factor

_CODE_ATTRIBUTES = {
    "autocomplete": "one-time-code",
    "autocapitalize": "none",
    "spellcheck": "false",
}


class SignInForm(AdminAuthenticationForm):
    """A name and a password. What is wrong about them is not said."""

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        if not name or not self.cleaned_data.get("password"):
            return super().clean()
        with counted(cast(HttpRequest, self.request), Attempt.Step.PASSWORD, name):
            return super().clean()


class CodeForm(AuthenticateForm):
    """The second step of signing in: a code of the app, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={**_CODE_ATTRIBUTES, "autofocus": True}),
    )

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        with counted(context.request, Attempt.Step.CODE, self.user.get_username()):
            self.authenticator = find_factor(self.user, code)
            if self.authenticator is None:
                raise _wrong_code()
        return code


class SetUpForm(ActivateTOTPForm):
    code = forms.CharField(
        label=gettext_lazy("Code that the app shows"),
        max_length=40,
        widget=forms.TextInput(attrs={**_CODE_ATTRIBUTES, "inputmode": "numeric"}),
    )


class ConfirmForm(forms.Form):
    """Whoever is signed in says once more that it is them."""

    prefix = "confirm"
    password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    code = forms.CharField(
        label=gettext_lazy("Or a code of your second factor"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=_CODE_ATTRIBUTES),
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request, self.user = request, cast(User, request.user)
        if not has_second_factor(self.user):
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if given.get("password"):
            with counted(self.request, Attempt.Step.PASSWORD, self.user.get_username()):
                if not self.user.check_password(given["password"]):
                    raise ValidationError(_("This password is wrong."), code="wrong")
        elif given.get("code"):
            with counted(self.request, Attempt.Step.CODE, self.user.get_username()):
                if find_factor(self.user, given["code"]) is None:
                    raise _wrong_code()
        else:
            raise ValidationError(_("Nothing was typed."), code="empty")
        return given


class ChangePasswordForm(AdminPasswordChangeForm):
    def clean_old_password(self) -> str:
        with counted(context.request, Attempt.Step.PASSWORD, self.user.get_username()):
            return str(super().clean_old_password())


def _wrong_code() -> ValidationError:
    return ValidationError(
        _(
            "This code is wrong, or was used before. An app shows another one every half minute; "
            "the clock of its device must be right."
        ),
        code="wrong",
    )
