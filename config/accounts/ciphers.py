"""Secrets of second factors are encrypted in the database, so that a backup gives none away.

The key comes from SECRET_KEY, which is no part of the database or of its backups.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class UnreadableSecretError(ValidationError):
    """What another SECRET_KEY has encrypted."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The second factor of this account cannot be read: the SECRET_KEY of the site is "
                "not the one under which it was set up. Its keepers can put the former one back, "
                "or take the second factor away (manage.py remove_second_factor)."
            ),
            code="unreadable_secret",
        )


def encrypt(text: str) -> str:
    return _cipher().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    try:
        return _cipher().decrypt(encrypted.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecretError from error


def _cipher() -> Fernet:
    made = sha256(f"second factors:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(urlsafe_b64encode(made))
