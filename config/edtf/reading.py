"""Reads dates with doubt: Extended Date/Time Format (EDTF, Library of Congress, 2019).

Levels 0 to 2, without times of day. The grammar here is all that a chronology can hold, and the
SQL function edtf_bounds reads the very same one: the two must never differ, and the database can
ask no Python library. Choices that the standard leaves open:

* A season (21 to 24) names no hemisphere and no reckoning, by months or by the sun. Its bounds
  hold every reading, so a winter or a summer can lie anywhere from December of the year before to
  March of the year after. Seasons 25 to 32 name the hemisphere.
* Qualifiers (? ~ %) leave the bounds as stated: by how much a date is off, nobody said.
* XXXX is any year of four digits, 0000 to 9999.
* Significant digits bound: 1950S2 lies in 1900 to 1999, and 1950 is its estimate.
* A/B is refused if no day of A comes before or on a day of B; a set names its dates in order.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from django.utils.translation import gettext as _

from config.edtf.bounds import SEASON_MONTHS, day_number, leap_years, masked_bounds, season_bounds

MAX_LENGTH = 100
MAX_YEAR_DIGITS = 12
# A qualifier may stand on either side of the year, the month and the day.
_CALENDAR_DATE = re.compile(
    r"([?~%]?)(-?)([0-9X]{4})([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
)
# A long year (Y), a power of ten (E), significant digits (S).
_LONG_YEAR = re.compile(r"(Y?)(-?)([1-9][0-9]*)(?:E([1-9][0-9]?))?(?:S([1-9][0-9]?))?([?~%]?)")


class DateError(ValueError):
    """A text that is no date here; the message says why and shows what is one."""

    def __init__(self, text: str, problem: str) -> None:
        shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:40])
        super().__init__(
            _(
                "“%(text)s” %(problem)s; write a date as 2017-04-04, a month as 2017-04, a year "
                "as 2017, about as 2017~, from\N{EN DASH}to as 2017-04-03/2017-04-09, one day of "
                "a span as [2017-04-03..2017-04-09]"
            )
            % {"text": shown + ("…" if len(text) > 40 else ""), "problem": problem}
        )


class Shape(StrEnum):
    """How a text is put together."""

    EMPTY = "empty"
    SIMPLE = "simple"
    INTERVAL = "interval"
    ONE_OF = "one-of"
    ALL_OF = "all-of"


@dataclass(frozen=True, slots=True)
class SimpleDate:
    """A year, month, season or day; masks keep an X for each digit that is not known."""

    year: str
    month: str | None
    day: str | None
    low_year: int
    high_year: int
    first_day: int
    last_day: int
    # "", "?", "~", "%" or several of them, for each of year, month and day that is given.
    doubts: tuple[str, ...]
    # The year that significant digits go with, 1950 in 1950S2.
    estimate: int | None = None

    @property
    def season(self) -> int | None:
        """21 to 41 where a season, quarter, third or half stands in place of the month."""
        return _season(self.month)


@dataclass(frozen=True, slots=True)
class Element:
    """A date (`last` is None), or a span; its ends are dates, ".." (open) or "" (unknown)."""

    first: SimpleDate | str
    last: SimpleDate | str | None = None

    @property
    def first_day(self) -> int | None:
        """None where the start is open."""
        return self.first.first_day if isinstance(self.first, SimpleDate) else None

    @property
    def last_day(self) -> int | None:
        """None where the end is open."""
        end = self.first if self.last is None else self.last
        return end.last_day if isinstance(end, SimpleDate) else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says, part by part."""

    shape: Shape
    elements: tuple[Element, ...] = ()


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    """The parts of `text`; raises DateError. The empty text says that nothing is known."""
    if not text:
        return Reading(Shape.EMPTY)
    if len(text) > MAX_LENGTH:
        raise DateError(text, _("is longer than %(length)d characters") % {"length": MAX_LENGTH})
    if not (text.isascii() and text.isprintable()):
        raise DateError(text, _("has a character that no date has"))
    if re.search(r"[0-9]T[0-9]", text):
        raise DateError(text, _("has a time of day, and nothing finer than a day is kept"))
    if text[0] + text[-1] in {"[]", "{}"}:
        return Reading(Shape.ONE_OF if text[0] == "[" else Shape.ALL_OF, _set_elements(text))
    element = _element(text, "/", text)
    return Reading(Shape.SIMPLE if element.last is None else Shape.INTERVAL, (element,))


def _set_elements(text: str) -> tuple[Element, ...]:
    # A blank after a comma is as common as none.
    pieces = text[1:-1].replace(", ", ",").split(",")
    elements = tuple(_element(piece, "..", text) for piece in pieces)
    if len(elements) == 1 and elements[0].last is None:
        raise DateError(text, _("is a set of neither two dates nor a span"))
    if any(e.first_day is None for e in elements[1:]) or any(
        e.last_day is None for e in elements[:-1]
    ):
        raise DateError(text, _("is open elsewhere than before its first or after its last date"))
    if elements[0].first_day is None and elements[0].last_day is None:
        raise DateError(text, _("is a set that names no date"))
    for this, following in pairwise(e.first_day for e in elements):
        if this is not None and following is not None and this > following:
            raise DateError(text, _("does not name its dates in order, the earliest first"))
    return elements


def _element(piece: str, separator: str, text: str) -> Element:
    ends = piece.split(separator)
    if len(ends) == 1:
        return Element(_simple_date(piece, text))
    if len(ends) > 2:
        raise DateError(text, _("has more than two ends"))
    first, last = (end if end in {"", ".."} else _simple_date(end, text) for end in ends)
    element = Element(first, last)
    begins, ends_on = element.first_day, element.last_day
    if begins is not None and ends_on is not None and begins > ends_on:
        raise DateError(text, _("ends before it begins"))
    return element


def _simple_date(piece: str, text: str) -> SimpleDate:
    if match := _CALENDAR_DATE.fullmatch(piece):
        return _calendar_date(match, text)
    if match := _LONG_YEAR.fullmatch(piece):
        return _long_year(match, text)
    raise DateError(text, _("is not written as EDTF writes dates"))


def _calendar_date(match: re.Match[str], text: str) -> SimpleDate:
    year, month, day = match.group(3, 6, 9)
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if match[2]:
        if high == 0:
            raise DateError(text, _("has a year -0000; year 0 is written 0000"))
        low, high = -high, -max(low, 1)
    if (month, day) == ("02", "29") and (leap := leap_years(low, high, year)):
        low, high = leap[0], leap[-1]
    season = _season(month)
    if season and day:
        raise DateError(text, _("has a season and a day"))
    if season:
        bounds = season_bounds(low, high, season)
    elif not (found := masked_bounds(low, high, month or "XX", day or "XX")):
        raise DateError(text, _no_such_day(month, day))
    else:
        bounds = found
    return SimpleDate(year, month, day, low, high, *bounds, _doubts(match))


def _season(month: str | None) -> int | None:
    return int(month) if month and month.isdigit() and int(month) in SEASON_MONTHS else None


def _no_such_day(month: str, day: str | None) -> str:
    if masked_bounds(2000, 2000, month, "XX"):
        return _("has no day %(day)s in month %(month)s") % {"day": day, "month": month}
    return _("has no month %(month)s") % {"month": month}


def _doubts(match: re.Match[str]) -> tuple[str, ...]:
    """A qualifier left of a part is the part's own; one to the right is also for all before it."""
    groups = match.groups(default="")
    parts = 3 if groups[8] else 2 if groups[5] else 1
    own, right = (groups[0], groups[4], groups[7]), (groups[3], groups[6], groups[9])
    return tuple(
        "".join(sorted(set(own[part]) | set("".join(right[part:])))) for part in range(parts)
    )


def _long_year(match: re.Match[str], text: str) -> SimpleDate:
    prefix, sign, digits, exponent, significant, doubt = match.groups(default="")
    length = len(digits) + int(exponent or 0)
    if length > MAX_YEAR_DIGITS:
        raise DateError(
            text, _("has a year of more than %(digits)d digits") % {"digits": MAX_YEAR_DIGITS}
        )
    if prefix and not exponent and length < 5:
        raise DateError(text, _("has a Y before a year of fewer than five digits"))
    if not prefix and (exponent or length != 4 or not significant):
        raise DateError(text, _("has a year that is not of four digits and has no Y before it"))
    if int(significant or 1) > length:
        raise DateError(text, _("has more significant digits than its year has digits"))
    estimate = int(digits) * 10 ** int(exponent or 0)
    unit = 10 ** (length - int(significant or length))
    low = estimate // unit * unit
    low, high = (-low - unit + 1, -low) if sign else (low, low + unit - 1)
    return SimpleDate(
        year=digits,
        month=None,
        day=None,
        low_year=low,
        high_year=high,
        first_day=day_number(low, 1, 1),
        last_day=day_number(high, 12, 31),
        doubts=(doubt,),
        estimate=(-estimate if sign else estimate) if significant else None,
    )
