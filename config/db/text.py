"""Text as the chronology stores it: no control characters, one kind of line end."""

import re
import unicodedata
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
    TextField = models.TextField[str, str]
else:
    from django.db.models import CharField, TextField

_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def visible(text: str) -> str:
    """The text without characters of format, which nobody sees (general category Cf)."""
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def validate_text(value: str) -> None:
    """Refuse characters that the database or an output format cannot hold."""
    if found := _UNSTORABLE.search(value):
        raise ValidationError(
            _("This text holds an invisible control character (U+%(code)s) at position %(place)s."),
            code="control_character",
            params={"code": f"{ord(found.group()):04X}", "place": found.start() + 1},
        )


class LineField(CharField):
    """One line of text."""

    default_validators = [validate_text]


class ProseField(TextField):
    """Paragraphs of plain text."""

    default_validators = [validate_text]

    def to_python(self, value: object) -> str:
        text: str = super().to_python(value)
        # Browsers send CR LF.
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text
