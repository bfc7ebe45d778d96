"""Whether periods are those of the calendar."""

from config.edtf.bounds import day_text
from config.edtf.units import Period


def are_whole_years(periods: list[Period]) -> bool:
    """Whether each begins, and the last ends, with a calendar year."""
    return all(text.endswith("-01-01") for text in _starts(periods))


def are_whole_months(periods: list[Period]) -> bool:
    return all(text.endswith("-01") for text in _starts(periods))


def _starts(periods: list[Period]) -> list[str]:
    return [day_text(period.first_day) for period in periods] + [day_text(periods[-1].last_day + 1)]
