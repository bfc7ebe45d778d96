"""Known passwords with something around them, which are known as well."""

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_SIGNS = re.compile(r"[\W_]+")
_REPEATED = re.compile(r"(.+?)\1+")


class KnownPasswordValidator:
    """Django's list has few passwords of twelve characters. People who need twelve write
    `password1234` or `passwordpassword`, and so do those who guess."""

    def __init__(self) -> None:
        self._known = CommonPasswordValidator().passwords

    def validate(self, password: str, user: Any = None) -> None:
        text = password.lower()
        for word in (_AROUND.sub("", text), _SIGNS.sub("", text)):
            repeated = _REPEATED.fullmatch(word)
            if self._is_known(word) or (repeated and self._is_known(repeated[1])):
                raise ValidationError(
                    _("This password is a known one with little added to it."),
                    code="password_is_known",
                )

    def _is_known(self, word: str) -> bool:
        """The list has single letters, too, which are in any password."""
        return len(word) > 3 and word in self._known

    def get_help_text(self) -> str:
        return _("Your password can’t be a known one with digits or signs around it, or repeated.")
