"""Reads dates as people write them, and gives the EDTF text that says the same.

"14 Nov 2021", "Nov 2021", "about 2011", "between 3 and 9 April 2017", "3–9 April 2017", "from May
2016 to 2018", "14/11/2021". What can be read in two ways is refused: "3/4/2017" unless the setting
DATE_ORDER says whether the day or the month comes first, and years of two digits.
"""

import re
from calendar import monthrange

from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import override

from config.edtf.reading import DateError, read

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ABOUT = re.compile(r"(?:about|around|approximately|approx\.?|circa|ca?\.|~)\s*", re.I)
_PERHAPS = re.compile(r"(?:perhaps|maybe|possibly|probably)\s+", re.I)
_TO = r"\s*(?:\bto\b|\buntil\b|\btill\b|[–—])\s*|\s+-\s+|(?<=\d)-(?=\d{1,2}\s+[^\W\d])"
_AND = r"\s+(?:and|to)\s+|\s*[–—]\s*|\s+-\s+"
_BEFORE = re.compile(r"(?:on or before|in or before|not after|no later than|by)\s+(.+)", re.I)
_AFTER = re.compile(r"(?:on or after|in or after|not before|no earlier than)\s+(.+)", re.I)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_WORD = r"([^\W\d_]+)\.?"
_YEAR = r"(\d{4})"


def edtf_of(text: str) -> str:
    """EDTF stays as it is; raises DateError for what is neither that nor a date in words."""
    text = " ".join(text.split())
    try:
        read(text)
    except DateError as error:
        found = _in_words(text)
        if not found:
            raise error
        read(found)
        return found
    return text


def _in_words(text: str) -> str:
    if match := re.fullmatch(r"between\s+(.+)", text, re.I):
        return _ends(match[1], _AND, "[{}..{}]", text)
    if match := re.fullmatch(r"from\s+(.+?)(?:\s+on)?", text, re.I):
        return _ends(match[1], _TO, "{}/{}", text) or _one(match[1], "{}/..", text)
    if match := re.fullmatch(r"since\s+(.+)", text, re.I):
        return _one(match[1], "{}/..", text)
    if match := re.fullmatch(r"(?:until|till)\s+(.+)", text, re.I):
        return _one(match[1], "../{}", text)
    if match := _BEFORE.fullmatch(text):
        return _one(match[1], "[..{}]", text)
    if match := _AFTER.fullmatch(text):
        return _one(match[1], "[{}..]", text)
    return (
        _one(text, "{}", text)
        or _ends(text, _TO, "{}/{}", text)
        or _ends(text, r"\s+or\s+", "[{},{}]", text)
    )


def _one(text: str, template: str, whole: str) -> str:
    found = _simple(text, whole)
    return template.format(found) if found else ""


def _ends(text: str, between: str, template: str, whole: str) -> str:
    """Two dates; the first may lack the month and the year that the second says."""
    parts = re.split(between, text, maxsplit=1)
    if len(parts) != 2:
        return ""
    last = _simple(parts[1], whole)
    if not last:
        return ""
    first = _simple(parts[0], whole) or _completed(parts[0], last, whole)
    return template.format(first, last) if first else ""


def _completed(text: str, last: str, whole: str) -> str:
    """ "3" before "2017-04-09" is 2017-04-03; "March" or "30 March" take its year."""
    calendar = last.strip("~?")
    if re.fullmatch(_DAY, text) and len(calendar) == 10:
        return _date(calendar[:4], calendar[5:7], re.sub(r"\D", "", text), whole)
    return _simple(f"{text} {calendar[:4]}", whole)


def _simple(text: str, whole: str) -> str:
    """A day, a month, a season or a year, with a word or a sign of doubt."""
    mark = ""
    if text[-1:] in "~?%":
        text, mark = text[:-1].strip(), text[-1]
    if match := _ABOUT.match(text):
        text, mark = text[match.end() :], "~"
    elif match := _PERHAPS.match(text):
        text, mark = text[match.end() :], "?"
    found = _calendar(text, whole)
    return f"{found}{mark}" if found else ""


def _calendar(text: str, whole: str) -> str:
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        return text
    if re.fullmatch(r"(?:the\s+)?\d{3}0s", text):
        return f"{text[-5:-2]}X"
    if match := re.fullmatch(rf"{_DAY}\s+(?:of\s+)?{_WORD},?\s+{_YEAR}", text):
        return _named(match[3], match[2], match[1], whole)
    if match := re.fullmatch(rf"{_WORD}\s+{_DAY},?\s+{_YEAR}", text):
        return _named(match[3], match[1], match[2], whole)
    if match := re.fullmatch(rf"{_WORD},?\s+(?:of\s+)?{_YEAR}", text):
        if season := _SEASONS.get(match[1].lower()):
            return f"{match[2]}-{season}"
        return _named(match[2], match[1], "", whole)
    if match := re.fullmatch(r"(\d{1,2})[/.](\d{4})", text):
        return _date(match[2], match[1], "", whole)
    if match := re.fullmatch(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4}|\d{2})", text):
        return _in_numbers(match[1], match[3], match[4], whole)
    return ""


def _named(year: str, word: str, day: str, whole: str) -> str:
    month = _month(word)
    return _date(year, str(month), day, whole) if month else ""


def _month(word: str) -> int | None:
    """By its name in English or in the language of the page, or by three letters or more of it."""
    wanted = word.lower()
    if len(wanted) < 3:
        return None
    names = [(number, str(name).lower()) for number, name in MONTHS.items()]
    with override("en"):
        names += [(number, str(name).lower()) for number, name in MONTHS.items()]
    found = {number for number, name in names if name.startswith(wanted)}
    if wanted == "sept":
        return 9
    return found.pop() if len(found) == 1 else None


def _in_numbers(first: str, second: str, year: str, whole: str) -> str:
    if len(year) == 2:
        raise DateError(whole, _("has a year of two digits"))
    if settings.DATE_ORDER == "day":
        return _date(year, second, first, whole)
    if settings.DATE_ORDER == "month":
        return _date(year, first, second, whole)
    if int(first) > 12:
        return _date(year, second, first, whole)
    if int(second) > 12 or first == second:
        return _date(year, first, second, whole)
    problem = _("can be read with the day or the month first: write the month in words")
    raise DateError(whole, problem)


def _date(year: str, month: str, day: str, whole: str) -> str:
    """Raises DateError with the month's own name where it has no such day."""
    number = int(month)
    if not 1 <= number <= 12:
        raise DateError(whole, _("has no month %(month)s") % {"month": month})
    if not day:
        return f"{year}-{number:02}"
    last = monthrange(int(year) or 4, number)[1]
    if not 1 <= int(day) <= last:
        name = {"month": MONTHS[number], "number": last}
        raise DateError(whole, _("is no date: %(month)s has %(number)d days") % name)
    return f"{year}-{number:02}-{int(day):02}"
