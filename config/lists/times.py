"""Times as programs give them in a query, RFC 3339: `2026-11-30T10:00:00Z`."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy

_LONGEST = 60
# The sign of an offset may be a blank: that is what "+" stands for in a query.
_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:[Zz]|([-+ ])([0-9]{2}):([0-9]{2}))"
)
_NOT_A_TIME = gettext_lazy(
    "“%(value)s” is no time; it takes one as RFC 3339 has it, such as 2026-11-30T10:00:00Z."
)


def read_time(text: str) -> datetime:
    """The time in UTC, to the microsecond before; raises ValueError for what is none."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    *numbers, fraction, sign, hours, minutes = found.groups()
    year, month, day, hour, minute, second = map(int, numbers)
    # A leap second is the first of the next minute.
    is_leap = second == 60
    time = datetime(
        *(year, month, day, hour, minute, 59 if is_leap else second),
        microsecond=int((fraction or "")[:6].ljust(6, "0")),
        tzinfo=_offset(sign, hours, minutes),
    )
    try:
        return time.astimezone(UTC) + timedelta(seconds=int(is_leap))
    except OverflowError as error:
        raise ValueError(text) from error


def _offset(sign: str | None, hours: str, minutes: str) -> timezone:
    if sign is None:
        return UTC
    if int(hours) > 23 or int(minutes) > 59:
        raise ValueError(f"{hours}:{minutes}")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset)


class TimeField(forms.CharField):
    """Cleaned to a time in UTC."""

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_time(text)
        except ValueError as error:
            shown = {"value": text[:_LONGEST]}
            raise forms.ValidationError(_NOT_A_TIME, params=shown) from error


class TimeFilter(django_filters.Filter):
    field_class = TimeField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=_LONGEST, **kwargs)
