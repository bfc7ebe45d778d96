"""Parameters that take dates as EDTF: an end of a range, a date, or years."""

import re
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.edtf.dates import DateError, UncertainDate, parse

YEAR = r"[0-9]{4}|-(?!0000)[0-9]{4}"
_NOT_A_YEAR = gettext_lazy("“%(value)s” is no year; it takes four digits, such as 2017.")


def _read(text: str) -> UncertainDate:
    try:
        return parse(text)
    except DateError as error:
        raise forms.ValidationError(str(error)) from error


class BoundField(forms.CharField):
    """A date as EDTF, taken as its first or last possible day; cleaned to a day number."""

    def __init__(self, *, takes_last: bool, **kwargs: Any) -> None:
        self.takes_last = takes_last
        super().__init__(max_length=100, **kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        date = _read(text)
        day = date.last_day if self.takes_last else date.first_day
        if day is None:
            raise forms.ValidationError(_("“%(text)s” has no such end."), params={"text": text})
        return day


class DateField(forms.CharField):
    """A date as EDTF with both ends; cleaned to the date."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=100, **kwargs)

    def clean(self, value: Any) -> UncertainDate | None:
        text = super().clean(value)
        if not text:
            return None
        date = _read(text)
        if date.first_day is None or date.last_day is None:
            raise forms.ValidationError(
                _("“%(text)s” is open; this takes a day, or a time with both ends."),
                params={"text": text},
            )
        return date


class DateFilter(django_filters.Filter):
    field_class = DateField


class SinceFilter(django_filters.Filter):
    field_class = BoundField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, takes_last=False, **kwargs)


class UntilFilter(django_filters.Filter):
    field_class = BoundField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, takes_last=True, **kwargs)


class YearsField(forms.MultipleChoiceField):
    """Calendar years of four digits, as EDTF writes them (-0044 is 45 BC); cleaned to numbers."""

    def valid_value(self, value: Any) -> bool:
        return re.fullmatch(YEAR, str(value)) is not None

    def clean(self, value: Any) -> list[int]:
        return [int(year) for year in super().clean(value)]


class YearsFilter(django_filters.Filter):
    """Repeatable: years."""

    field_class = YearsField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, error_messages={"invalid_choice": _NOT_A_YEAR}, **kwargs)
