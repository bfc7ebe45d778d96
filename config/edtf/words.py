"""Dates with doubt in words that say what is known and no more."""

from django.utils.translation import gettext as _

from config.edtf.phrases import join, part_of_year, simple_in_words
from config.edtf.reading import Element, Reading, Shape, SimpleDate


def in_words(reading: Reading) -> str:
    """What the reading says, without a full stop: "one day between 3 and 9 April 2017"."""
    match reading.shape:
        case Shape.EMPTY:
            return _("date not given")
        case Shape.SIMPLE:
            return simple_in_words(_date(reading.elements[0].first))
        case Shape.INTERVAL:
            return _interval(reading.elements[0])
        case Shape.ONE_OF:
            return join([_one_of(element) for element in reading.elements], _("or"))
        case Shape.ALL_OF:
            return join([_all_of(element) for element in reading.elements], _("and"))


def _date(end: SimpleDate | str | None) -> SimpleDate:
    if not isinstance(end, SimpleDate):
        raise TypeError(end)
    return end


def _interval(element: Element) -> str:
    first, last = element.first, element.last
    if isinstance(first, SimpleDate) and isinstance(last, SimpleDate):
        return _from_to(first, last)
    if isinstance(first, SimpleDate):
        end = _("end open") if last == ".." else _("end not known")
        return _("from %(date)s, %(end)s") % {"date": simple_in_words(first), "end": end}
    if isinstance(last, SimpleDate):
        start = _("start not given") if first == ".." else _("start not known")
        return _("until %(date)s, %(start)s") % {"date": simple_in_words(last), "start": start}
    if first == last:
        return _("no start or end given") if first == ".." else _("start and end not known")
    return _("no start given, end not known") if last == "" else _("start not known, end open")


def _from_to(first: SimpleDate, last: SimpleDate) -> str:
    if _is_exact(first) and _is_exact(last):
        if first == last:
            return simple_in_words(first)
        return _("%(first)s to %(last)s") % _pair(first, last)
    return _("from %(first)s to %(last)s") % {
        "first": simple_in_words(first),
        "last": simple_in_words(last),
    }


def _one_of(element: Element) -> str:
    first, last = element.first, element.last
    if last is None:
        return simple_in_words(_date(first))
    if not isinstance(last, SimpleDate):
        return _bound(_date(first), _("on or after %(date)s"), _("in or after %(date)s"))
    if not isinstance(first, SimpleDate):
        return _bound(last, _("on or before %(date)s"), _("in or before %(date)s"))
    phrases = {
        "day": _("one day between %(first)s and %(last)s"),
        "month": _("one month between %(first)s and %(last)s"),
        "year": _("one year between %(first)s and %(last)s"),
        "": _("some time between %(first)s and %(last)s"),
    }
    return phrases[_common_unit(first, last)] % _pair(first, last)


def _all_of(element: Element) -> str:
    first, last = element.first, element.last
    if last is None:
        return simple_in_words(_date(first))
    if not isinstance(last, SimpleDate):
        return _("all the time from %(date)s on") % {"date": simple_in_words(_date(first))}
    if not isinstance(first, SimpleDate):
        return _("all the time until %(date)s") % {"date": simple_in_words(last)}
    phrases = {
        "day": _("every day from %(first)s to %(last)s"),
        "month": _("every month from %(first)s to %(last)s"),
        "year": _("every year from %(first)s to %(last)s"),
        "": _("all the time from %(first)s to %(last)s"),
    }
    return phrases[_common_unit(first, last)] % _pair(first, last)


def _bound(date: SimpleDate, of_day: str, of_longer: str) -> str:
    return (of_day if date.day else of_longer) % {"date": simple_in_words(date)}


def _common_unit(first: SimpleDate, last: SimpleDate) -> str:
    if first.season or last.season:
        return ""
    units = {"day" if end.day else "month" if end.month else "year" for end in (first, last)}
    return units.pop() if len(units) == 1 else ""


def _is_exact(date: SimpleDate) -> bool:
    """Whether year, month and day, where given, are known to the digit and beyond doubt."""
    written = f"{date.year}{date.month or ''}{date.day or ''}"
    return "X" not in written and date.low_year == date.high_year and not any(date.doubts)


def _pair(first: SimpleDate, last: SimpleDate) -> dict[str, str]:
    """Both in words; what they share is said once, with the last."""
    phrases = {"first": simple_in_words(first), "last": simple_in_words(last)}
    if not (_is_exact(first) and _is_exact(last) and first.low_year == last.low_year):
        return phrases
    if _common_unit(first, last) == "day" and first.month == last.month:
        return phrases | {"first": str(int(first.day or 0))}
    if _common_unit(first, last) in {"day", "month"}:
        return phrases | {"first": part_of_year(first)[0]}
    return phrases
