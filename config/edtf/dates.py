"""Dates with doubt: parsed, bounded and said in words that claim no more than is known.

The SQL functions edtf_first_day and its kin accept the same texts and give the same bounds.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.edtf.bounds import day_text
from config.edtf.lag import lag_in_words
from config.edtf.reading import DateError, Reading, Shape, SimpleDate, read
from config.edtf.words import in_words

__all__ = [
    "AFTER_ALL",
    "BEFORE_ALL",
    "DateError",
    "Kind",
    "UncertainDate",
    "explain",
    "first_day_of",
    "lag",
    "last_day_of",
    "parse",
    "validate_edtf",
]

# What the database holds for an open end: the least and the greatest bigint.
BEFORE_ALL = -(2**63)
AFTER_ALL = 2**63 - 1


class Kind(StrEnum):
    """What a date is: the unit it is given in, or how it is put together."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    YEARS = "years"
    SPAN = "span"
    ONE_OF = "one-of"
    ALL_OF = "all-of"
    UNBOUNDED = "unbounded"


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """A date as its text states it; None for a day means that this end is open or unknown."""

    text: str
    first_day: int | None
    last_day: int | None
    is_qualified: bool
    kind: Kind

    @property
    def earliest_on(self) -> date | None:
        """None where open or outside the years 1 to 9999."""
        return _as_date(self.first_day)

    @property
    def latest_on(self) -> date | None:
        """None where open or outside the years 1 to 9999."""
        return _as_date(self.last_day)

    @property
    def is_day(self) -> bool:
        """Whether this is one known day, and without doubt."""
        return (
            self.first_day is not None and self.first_day == self.last_day and not self.is_qualified
        )

    @property
    def words(self) -> str:
        """In the active language: "one day between 3 and 9 April 2017"."""
        return _words(self.text, get_language())


@lru_cache(maxsize=4096)
def _words(text: str, _language: str | None) -> str:
    """Remembered: the rows, the bars and the table of one page say the same dates."""
    return in_words(read(text))


@lru_cache(maxsize=4096)
def parse(text: str) -> UncertainDate:
    """The date that `text` (EDTF) states; raises DateError. "" states that nothing is known."""
    reading = read(text)
    first_days = [element.first_day for element in reading.elements]
    last_days = [element.last_day for element in reading.elements]
    first_day = min((day for day in first_days if day is not None), default=None)
    last_day = max((day for day in last_days if day is not None), default=None)
    return UncertainDate(
        text=text,
        first_day=None if None in first_days else first_day,
        last_day=None if None in last_days else last_day,
        is_qualified=any(mark in text for mark in "?~%"),
        kind=_kind(reading),
    )


def first_day_of(text: str) -> int:
    """The first day's number, BEFORE_ALL where open: what the database holds for the text."""
    day = parse(text).first_day
    return BEFORE_ALL if day is None else day


def last_day_of(text: str) -> int:
    """The last day's number, AFTER_ALL where open: what the database holds for the text."""
    day = parse(text).last_day
    return AFTER_ALL if day is None else day


def explain(text: str) -> str:
    """One sentence on how the text is understood; raises DateError."""
    parsed = parse(text)
    earliest, latest = (
        _("open") if day is None else day_text(day) for day in (parsed.first_day, parsed.last_day)
    )
    return _("Understood as: %(words)s (earliest %(earliest)s, latest %(latest)s).") % {
        "words": parsed.words,
        "earliest": earliest,
        "latest": latest,
    }


def validate_edtf(text: str) -> None:
    """A validator for fields of forms and models."""
    try:
        parse(text)
    except DateError as error:
        raise ValidationError(str(error), code="invalid_edtf") from error


def lag(a: UncertainDate, b: UncertainDate, *, is_response: bool = False) -> str:
    """How long after `a` comes `b`, only as exactly as both allow: "2\N{EN DASH}5 days later".

    A response is no earlier than what it responds to, so its lag starts at the same day. Where no
    day of `b` is late enough for that, the words say that the dates are recorded so.
    """
    least = None if b.first_day is None or a.last_day is None else b.first_day - a.last_day
    most = None if b.last_day is None or a.first_day is None else b.last_day - a.first_day
    if (least, most) == (None, None):
        return lag_in_words(least, most)
    is_contradicted = is_response and most is not None and most < 0
    if is_response and not is_contradicted:
        least = max(least or 0, 0)
    words = lag_in_words(least, most)
    if a.is_qualified or b.is_qualified:
        words = _("%(lag)s, by uncertain dates") % {"lag": words}
    return _("recorded as %(lag)s") % {"lag": words} if is_contradicted else words


def _as_date(day: int | None) -> date | None:
    return date.fromordinal(day) if day and 1 <= day <= date.max.toordinal() else None


def _kind(reading: Reading) -> Kind:
    if all(element.first_day is element.last_day is None for element in reading.elements):
        return Kind.UNBOUNDED
    if reading.shape is Shape.INTERVAL:
        return Kind.SPAN
    if reading.shape in (Shape.ONE_OF, Shape.ALL_OF):
        return Kind(reading.shape.value)
    only = reading.elements[0].first
    return _kind_of_simple(only) if isinstance(only, SimpleDate) else Kind.UNBOUNDED


def _kind_of_simple(only: SimpleDate) -> Kind:
    if only.day:
        return Kind.DAY
    if only.month:
        return Kind.SEASON if only.season else Kind.MONTH
    if only.low_year == only.high_year:
        return Kind.YEAR
    masked = {"X": Kind.DECADE, "XX": Kind.CENTURY}
    known = only.year.rstrip("X")
    return Kind.YEARS if "X" in known else masked.get(only.year[len(known) :], Kind.YEARS)
