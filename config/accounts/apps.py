from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "config.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from config.accounts.sessions import note_sign_in

        user_logged_in.connect(note_sign_in, dispatch_uid="config.accounts")
