"""When an office was held, in words that tell a real end from what a source happens to show."""

from django.utils.translation import gettext as _

from config.edtf.dates import Kind, UncertainDate, parse

_PERIODS = {Kind.MONTH, Kind.SEASON, Kind.YEAR, Kind.DECADE, Kind.CENTURY}


def office_in_words(began: str, ended: str, is_began_real: bool, is_ended_real: bool) -> str:
    """Each end is given as EDTF, or empty; one that is not real is the first or the last time that
    a source shows the person in office."""
    first, last = parse(began).words, parse(ended).words
    match began and is_began_real, ended and is_ended_real:
        case True, True:
            return _("from %(first)s until %(last)s") % {"first": first, "last": last}
        case True, _is_real:
            return _since(first, last if ended else "")
        case _is_real, True:
            return _until(last, first if began else "")
    return _seen(began, ended)


def _since(first: str, seen: str) -> str:
    if not seen:
        return _("since %(first)s, no end recorded") % {"first": first}
    words = _("since %(first)s; last seen in office: %(seen)s")
    return words % {"first": first, "seen": seen}


def _until(last: str, seen: str) -> str:
    if not seen:
        return _("until %(last)s, no start recorded") % {"last": last}
    words = _("until %(last)s; first seen in office: %(seen)s")
    return words % {"last": last, "seen": seen}


def _seen(began: str, ended: str) -> str:
    first, last = parse(began), parse(ended)
    if began and began == ended:
        return _seen_once(first)
    if began and ended:
        words = _("in office from %(first)s to %(last)s, as far as the sources say")
        return words % {"first": first.words, "last": last.words}
    if began:
        return _("first seen in office: %(first)s; no end recorded") % {"first": first.words}
    if ended:
        return _("last seen in office: %(last)s; no start recorded") % {"last": last.words}
    return _("neither start nor end recorded")


def _seen_once(when: UncertainDate) -> str:
    if when.is_day:
        words = _("in office on %(date)s, as far as the sources say")
    elif when.kind in _PERIODS and not when.is_qualified:
        words = _("in office in %(date)s, as far as the sources say")
    else:
        words = _("in office (%(date)s), as far as the sources say")
    return words % {"date": when.words}
