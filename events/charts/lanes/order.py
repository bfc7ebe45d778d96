"""The order of lanes: kin together, then so that links are short, then by number."""

from collections.abc import Hashable, Mapping, Sequence
from functools import partial


def in_order(
    numbers: Mapping[int, int],
    kin: Mapping[int, Hashable],
    links: Mapping[tuple[int, int], int],
) -> list[int]:
    """`numbers` are those of the events of each lane, the fullest first, which is the order within
    a kin. `links` says how many there are between two lanes, in either order."""
    groups: dict[Hashable, list[int]] = {}
    for key in numbers:
        groups.setdefault(kin.get(key, key), []).append(key)
    left = sorted(groups.values(), key=lambda group: -sum(numbers[key] for key in group))
    found: list[int] = []
    while left:
        nearest = max(left, key=partial(_number_between, found, links=links))
        left.remove(nearest)
        found += nearest
    return found


def _number_between(
    ones: Sequence[int], others: Sequence[int], links: Mapping[tuple[int, int], int]
) -> int:
    pairs = ((one, other) for one in ones for other in others)
    return sum(links.get(pair, 0) + links.get(pair[::-1], 0) for pair in pairs)
