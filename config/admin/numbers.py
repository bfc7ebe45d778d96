"""Numbers as sources give them, in one field: "53", "~57" for about 57, "65–80" for a range."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

_ABOUT = re.compile(r"(?:~|≈|c\.|ca\.?\b|circa\b|about\b|around\b|some\b|approximately\b)\s*", re.I)
# 1,200 and 1 200 are a thousand two hundred; 1.5 is one and a half.
_NUMBER = r"-?\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?"
_RANGE = re.compile(
    rf"(?:between\s+)?({_NUMBER})(?:\s*(?:[–—-]|\bto\b|\band\b)\s*({_NUMBER}))?", re.I
)
_DIGITS, _PLACES = 15, 3


@dataclass(frozen=True)
class Number:
    low: Decimal
    high: Decimal
    is_approximate: bool

    @property
    def text(self) -> str:
        """As the field shows it."""
        ends = [f"{end.normalize():f}" for end in dict.fromkeys((self.low, self.high))]
        return ("~" if self.is_approximate else "") + "–".join(ends)

    @property
    def words(self) -> str:
        """As it is read back."""
        low, high = (f"{end.normalize():,f}" for end in (self.low, self.high))
        number = low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
        said = _("about %(number)s") if self.is_approximate else _("%(number)s, as given")
        return said % {"number": number}


def read(text: str) -> Number:
    """Raises ValidationError for what is no number."""
    text = text.strip()
    about = _ABOUT.match(text)
    match = _RANGE.fullmatch(text[about.end() :] if about else text)
    if not match:
        raise ValidationError(
            _("“%(text)s” is no number here; write 53, ~57 for about 57, 65–80 for a range."),
            code="number",
            params={"text": text[:40]},
        )
    low, high = (Decimal(re.sub(r"[,\s]", "", end)) for end in (match[1], match[2] or match[1]))
    if low > high:
        raise ValidationError(_("The lower number comes first: 65–80."), code="number")
    for end in (low, high):
        if len(f"{abs(end):f}".split(".")[0]) > _DIGITS or -int(end.as_tuple().exponent) > _PLACES:
            raise ValidationError(
                _("A number has at most %(digits)d digits, and %(places)d after the point."),
                code="number",
                params={"digits": _DIGITS, "places": _PLACES},
            )
    return Number(low, high, bool(about))


def understood(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return read(text).words
    except ValidationError as error:
        return " ".join(error.messages)


@require_GET
def read_number(request: HttpRequest) -> JsonResponse:
    """`?text=` → `{"text": …, "understood": …}`; asked while a curator types."""
    text = request.GET.get("text", "")
    return JsonResponse({"text": text, "understood": understood(text)})


class NumberField(forms.CharField):
    """Its value is the text of a `Number`, or empty; it stands for three columns of the row."""

    is_stored = True

    def __init__(self) -> None:
        super().__init__(required=False, max_length=60, label=gettext_lazy("Number"))

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        return read(text).text if text else ""
