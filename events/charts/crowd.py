"""Where dates crowd: the days that an axis is linear over."""

from collections.abc import Sequence

# Pixels of the narrowest column that an axis is drawn in; what a day must have to be drawn as one.
COLUMN, DAY = 330, 6
# Of so many dates one may lie far out.
_CROWD = 4
# Days of the shortest axis: less would make a bar of a day.
_SHORTEST = 7


def widened(first: int, last: int) -> tuple[int, int]:
    """At least a week."""
    missing = max(0, _SHORTEST - (last - first + 1))
    return first - missing // 2, last + missing - missing // 2


def crowd(spans: Sequence[tuple[int, int]], of: int = _CROWD) -> tuple[int, int]:
    """The days from the first to the last, without the few dates that lie so far out, or are so
    wide, that a day of the others could not be seen: one of so many dates may."""
    every = _hull(spans)
    allowed = len(spans) // of
    if not allowed or _is_short(every):
        return every
    in_order = sorted(spans)
    by_end = sorted(range(len(spans)), key=lambda place: in_order[place][1])

    def without(before: int, behind: int) -> tuple[int, int]:
        """The hull without the dates that begin earliest and those that end latest."""
        left_out = set(by_end[len(by_end) - behind :])
        rest = [in_order[i] for i in range(before, len(in_order)) if i not in left_out]
        return _hull(rest or in_order)

    best = {
        number: min((without(before, number - before) for before in range(number + 1)), key=_length)
        for number in range(allowed + 1)
    }
    narrowest = _length(best[allowed])
    if _length(every) < 3 * narrowest:
        return every
    return next(
        found for found in best.values() if _is_short(found) or _length(found) < 1.5 * narrowest
    )


def _hull(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return min(first for first, _last in spans), max(last for _first, last in spans)


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0] + 1


def _is_short(span: tuple[int, int]) -> bool:
    """Whether a day of it is wide enough to be seen."""
    return _length(span) * DAY <= COLUMN
