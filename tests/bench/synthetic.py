"""Events made up in the image of GED 21.1: as many, and as unevenly spread."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from tests.bench.ged import Incident

NUMBER = 176_579
_SEED = 2111

# How many events each of GED's twenty most frequent countries has; 101 more share the rest.
_LARGEST = (
    *(64_794, 16_038, 9_354, 6_600, 5_317, 4_836, 4_833, 4_450, 4_269, 3_728),
    *(3_206, 2_973, 2_786, 2_736, 2_719, 2_666, 2_347, 2_118, 2_004, 1_930),
)
_COUNTRIES = 121
_TAIL = 0.0745  # each further country has e to the minus this times as many events
# Events of each year from 1989 on.
_YEARS = (
    *(1540, 2090, 1972, 5603, 2981, 4090, 2272, 1682, 1442, 1986, 2369, 2675, 2353, 2914, 1862),
    *(2568, 2432, 2755, 3290, 3792, 4519, 4007, 4749, 13115, 18005, 17581, 14252, 11739, 10051),
    *(8508, 8349, 9036),
)
# In the most frequent country nearly all of it is between the government and one group.
_VIOLENCE = ("state-based", "one-sided", "non-state")
_IN_LARGEST, _ELSEWHERE = (0.95, 0.02, 0.03), (0.584, 0.231, 0.185)
_ADJECTIVES = (
    *("Coastal", "Eastern", "Free", "Highland", "Lowland"),
    *("Northern", "People’s", "River", "Southern", "United"),
)
_NOUNS = (
    *("Alliance", "Army", "Brigade", "Column", "Council"),
    *("Front", "Guard", "League", "Movement", "Union"),
)


@dataclass(frozen=True)
class _Country:
    name: str
    places: list[tuple[float, float]]
    groups: list[str]


def incidents(countries: Sequence[str], number: int = NUMBER) -> list[Incident]:
    """Always the same for the same names; the first of them gets more than a third of all."""
    # Not for secrets: the same seed makes the same events on every machine.
    chance = random.Random(_SEED)  # noqa: S311
    sizes = _sizes(min(len(countries), _COUNTRIES))
    made = [_country(chance, name, size) for name, size in zip(countries, sizes, strict=False)]
    return list(_incidents(chance, made, sizes, number))


def _sizes(number: int) -> list[float]:
    tail = (_LARGEST[-1] * math.exp(-_TAIL * step) for step in range(1, number))
    return [*_LARGEST, *tail][:number]


def _country(chance: random.Random, name: str, size: float) -> _Country:
    north, east = chance.uniform(-35, 60), chance.uniform(-120, 140)
    places = [
        (round(north + chance.uniform(-4, 4), 4), round(east + chance.uniform(-4, 4), 4))
        for _ in range(max(1, round(2.2 * size**0.76)))
    ]
    names = [f"{adjective} {noun}" for adjective in _ADJECTIVES for noun in _NOUNS]
    groups = chance.sample(names, min(len(names), max(2, round(0.75 * size**0.42))))
    return _Country(name, places, [f"{group} of {name}" for group in groups])


def _incidents(
    chance: random.Random, countries: list[_Country], sizes: list[float], number: int
) -> Iterator[Incident]:
    by_size, by_year = list(accumulate(sizes)), list(accumulate(_YEARS))
    for count in range(number):
        country = chance.choices(countries, cum_weights=by_size)[0]
        year = 1989 + chance.choices(range(len(_YEARS)), cum_weights=by_year)[0]
        types = _IN_LARGEST if country is countries[0] else _ELSEWHERE
        violence = chance.choices(_VIOLENCE, types)[0]
        day = date(year, 1, 1) + timedelta(days=chance.randrange(365))
        side_a, side_b = _sides(chance, country, violence)
        latitude, longitude = country.places[_skewed(chance, len(country.places), 3.6)]
        low = int(chance.paretovariate(0.9)) % 2000
        best = low + int(chance.paretovariate(1.5)) - 1
        yield Incident(
            number=str(count + 1),
            first=day,
            last=day,
            country=country.name,
            gw=None,
            violence=violence,
            conflict=f"{country.name}: {side_b}",
            side_a=side_a,
            side_b=side_b,
            place=f"{latitude:.4f}, {longitude:.4f}",
            latitude=latitude,
            longitude=longitude,
            low=low,
            best=best,
            high=best + int(chance.paretovariate(1.5)) - 1,
        )


def _sides(chance: random.Random, country: _Country, violence: str) -> tuple[str, str]:
    """A government fights few groups, the first of them most of the time."""
    number = _skewed(chance, len(country.groups), 14)
    group = country.groups[number]
    government = f"Government of {country.name}"
    if violence == "state-based":
        return government, group
    if violence == "one-sided":
        return (government if chance.random() < 0.4 else group), "Civilians"
    return group, country.groups[number - 1]


def _skewed(chance: random.Random, number: int, power: float) -> int:
    """An index below `number`; the higher the power, the more often a low one."""
    return int(number * chance.random() ** power)
