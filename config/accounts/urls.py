"""Pages of accounts, beneath the admin: public pages know no session.

The names are those by which django-allauth leads from one step to the next. Nothing else of it has
an address: no signing up, no mail, no accounts of other sites.
"""

from django.contrib import admin
from django.urls import path

from config.accounts import views

_page = admin.site.admin_view

urlpatterns = [
    path("login/", admin.site.login, name="account_login"),
    path("account/code/", views.Code.as_view(), name="mfa_authenticate"),
    path("account/", _page(views.overview), name="mfa_index"),
    path("account/second-factor/", _page(views.SetUp.as_view()), name="mfa_activate_totp"),
    path(
        "account/second-factor/remove/", _page(views.Remove.as_view()), name="mfa_deactivate_totp"
    ),
    path(
        "account/recovery-codes/",
        _page(views.RecoveryCodes.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/recovery-codes/new/",
        _page(views.NewRecoveryCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
]
