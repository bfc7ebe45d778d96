"""What all readings of records for outputs share: keys in one parameter, dates in words, names."""

from typing import NamedTuple

from django.db.models.expressions import RawSQL

from config.edtf.bounds import day_text
from config.edtf.dates import UncertainDate, parse


class DateRecord(NamedTuple):
    """A date in words, and its bounds as days of ISO 8601; None where open."""

    when: UncertainDate
    words: str
    not_before: str | None
    not_after: str | None


class NamedRecord(NamedTuple):
    slug: str
    name: str


def date_record(text: str) -> DateRecord:
    when = parse(text)
    first, last = (None if d is None else day_text(d) for d in (when.first_day, when.last_day))
    return DateRecord(when, when.words, first, last)


def one_of(keys: list[int]) -> RawSQL:
    """As one parameter: thousands of them cost more than the query itself."""
    return RawSQL("SELECT unnest(%s::bigint[])", [keys])
