"""One year, month, season or day in words: "about April 2017", "some day in April 2017"."""

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from config.edtf.bounds import fitting_days
from config.edtf.reading import SimpleDate


def simple_in_words(date: SimpleDate) -> str:
    """The date with its doubts; a doubt on a part alone stands behind in brackets."""
    phrase, doubt = _undoubted(date), date.doubts[0]
    if len(set(date.doubts)) > 1:
        parts = [_("year"), _("season") if date.season else _("month"), _("day")]
        named = zip(parts, date.doubts, strict=False)
        notes = [f"{part} {_doubt_word(doubt)}" for part, doubt in named if doubt]
        return f"{phrase} ({', '.join(notes)})"
    if _is_approximate(doubt):
        phrase = _("about %(date)s") % {"date": phrase}
    if _is_uncertain(doubt):
        phrase = _("%(date)s, uncertain") % {"date": phrase}
    return phrase


def part_of_year(date: SimpleDate) -> tuple[str, bool]:
    """Season, month or day without the year, and whether the year follows without an "of"."""
    if date.season:
        return _season(date.season)
    pairs = _possible_days(date)
    months = sorted({month for month, _day in pairs})
    month_names = [str(MONTHS[month]) for month in months]
    is_range = _is_range(months)
    if date.day is None:
        return _some(_("some month"), months, month_names, whole=12), not is_range
    if date.day == "XX":
        if is_range:
            return _some(_("some day"), months, month_names, whole=12), False
        return _("some day in %(months)s") % {"months": join(month_names, _("or"))}, True
    days = sorted({day for _month, day in pairs})
    day = _some(_("some day"), days, [str(day) for day in days])
    if len(months) == 1:
        return _("%(day)s %(month)s") % {"day": day, "month": month_names[0]}, True
    month = _some(_("some month"), months, month_names, whole=12)
    template = _("%(day)s of %(month)s") if _is_range(days) else _("day %(day)s of %(month)s")
    return template % {"day": day, "month": month}, not is_range


def join(phrases: list[str], word: str) -> str:
    """Several phrases as one: `a, b or c`."""
    if len(phrases) == 1:
        return phrases[0]
    return f"{', '.join(phrases[:-1])} {word} {phrases[-1]}"


def _is_approximate(doubt: str) -> bool:
    return "~" in doubt or "%" in doubt


def _is_uncertain(doubt: str) -> bool:
    return "?" in doubt or "%" in doubt


def _doubt_word(doubt: str) -> str:
    if not _is_approximate(doubt):
        return _("uncertain")
    return _("uncertain and approximate") if _is_uncertain(doubt) else _("approximate")


def _undoubted(date: SimpleDate) -> str:
    if date.month is None:
        return _year(date)
    part, is_close = part_of_year(date)
    year = _year(date)
    if date.low_year != date.high_year:
        if _is_decade(date):
            year = _("some year in the %(decade)s") % {"decade": year}
        is_close = False
    template = _("%(part)s %(year)s") if is_close else _("%(part)s of %(year)s")
    return template % {"part": part, "year": year}


def _year(date: SimpleDate) -> str:
    low, high = date.low_year, date.high_year
    if low == high:
        return _named_year(low)
    if date.year == "XXXX":
        return _("an unknown year")
    if _is_decade(date):
        return _("%(year)ds") % {"year": low // 10 * 10}
    phrase = _("some year from %(low)s to %(high)s") % {
        "low": _named_year(low),
        "high": _named_year(high),
    }
    if date.estimate is not None:
        estimate = _named_year(date.estimate)
        return _("%(years)s, estimated %(year)s") % {"years": phrase, "year": estimate}
    # What is masked at the end is just that range; 1XX3 says more than the range does.
    if "X" in date.year.rstrip("X"):
        return _("%(years)s that fits %(mask)s") % {"years": phrase, "mask": date.year}
    return phrase


def _is_decade(date: SimpleDate) -> bool:
    """Whether a decade's name is clear: 1560s is, 1500s could be a century."""
    mask = date.year
    return mask[:3].isdigit() and mask[3:] == "X" and mask[2] != "0" and date.low_year >= 1000


def _named_year(year: int) -> str:
    number = year if year > 0 else 1 - year
    digits = str(number) if number < 10_000 else f"{number:,}"
    if year <= 0:
        return _("%(year)s BCE") % {"year": digits}
    return _("%(year)s CE") % {"year": digits} if year < 1000 else digits


def _possible_days(date: SimpleDate) -> list[tuple[int, int]]:
    masks = date.month or "XX", date.day or "XX"
    return sorted({*fitting_days(date.low_year, *masks), *fitting_days(date.high_year, *masks)})


def _is_range(numbers: list[int]) -> bool:
    return len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1


def _some(what: str, numbers: list[int], names: list[str], whole: int = 0) -> str:
    if len(numbers) == whole:
        return what
    if _is_range(numbers):
        ends = {"what": what, "first": names[0], "last": names[-1]}
        return _("%(what)s from %(first)s to %(last)s") % ends
    return join(names, _("or"))


def _season(number: int) -> tuple[str, bool]:
    seasons = [_("spring"), _("summer"), _("autumn"), _("winter")]
    if number <= 24:
        return seasons[number - 21], True
    if number <= 28:
        return _("northern %(season)s") % {"season": seasons[number - 25]}, True
    if number <= 32:
        return _("southern %(season)s") % {"season": seasons[number - 29]}, True
    ordinals = [_("first"), _("second"), _("third"), _("fourth")]
    if number <= 36:
        return _("%(nth)s quarter") % {"nth": ordinals[number - 33]}, False
    if number <= 39:
        return _("%(nth)s third") % {"nth": ordinals[number - 37]}, False
    return _("%(nth)s half") % {"nth": ordinals[number - 40]}, False
