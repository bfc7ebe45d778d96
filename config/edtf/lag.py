"""The time between two dates in words, rounded outwards where it is long."""

from collections.abc import Callable
from math import ceil, floor

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_DAYS_IN_MONTH = 365.2425 / 12
_DAYS_IN_YEAR = 365.2425


def lag_in_words(least: int | None, most: int | None) -> str:
    """From `least` to `most` days later, negative for earlier; None where no limit is known."""
    if least is None and most is None:
        return _("not known")
    if least is None or most is None:
        return _with_one_limit(least, most)
    if least == most == 0:
        return _("the same day")
    if least > 0:
        return _("%(time)s later") % {"time": _time(least, most)}
    if most < 0:
        return _("%(time)s earlier") % {"time": _time(-most, -least)}
    return _around_the_same_day(-least, most)


def _around_the_same_day(earlier: int, later: int) -> str:
    limits = {"earlier": _at_most(earlier), "later": _at_most(later)}
    if not earlier:
        return _("the same day or up to %(later)s later") % limits
    if not later:
        return _("the same day or up to %(earlier)s earlier") % limits
    return _("up to %(earlier)s earlier or %(later)s later") % limits


def _with_one_limit(least: int | None, most: int | None) -> str:
    if least is not None:
        if least > 0:
            return _("at least %(time)s later") % {"time": _at_least(least)}
        if least == 0:
            return _("the same day or later")
        return _("at most %(time)s earlier") % {"time": _at_most(-least)}
    if most is None or most == 0:
        return _("the same day or earlier")
    if most < 0:
        return _("at least %(time)s earlier") % {"time": _at_least(-most)}
    return _("at most %(time)s later") % {"time": _at_most(most)}


def _time(least: int, most: int) -> str:
    """From the one to the other with a dash, both at least 1; an exact number stays in days."""
    if least == most:
        return _days(most)
    length, words = _unit(most)
    low, high = floor(least / length), ceil(most / length)
    if low == 0:
        return _("up to %(time)s") % {"time": words(high)}
    return words(high) if low == high else f"{low}\N{EN DASH}{words(high)}"


def _at_least(days: int) -> str:
    length, words = _unit(days)
    return words(floor(days / length))


def _at_most(days: int) -> str:
    length, words = _unit(days)
    return words(ceil(days / length))


def _unit(days: int) -> tuple[float, Callable[[int], str]]:
    """The unit that a span of so many days is told in, as its length in days and its name."""
    if days <= 90:
        return 1, _days
    if days <= 2 * _DAYS_IN_YEAR:
        return _DAYS_IN_MONTH, _months
    return _DAYS_IN_YEAR, _years


def _days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


def _months(number: int) -> str:
    return ngettext("%(number)d month", "%(number)d months", number) % {"number": number}


def _years(number: int) -> str:
    words = ngettext("%(number)s year", "%(number)s years", number)
    return words % {"number": number if number < 10_000 else f"{number:,}"}
