"""What the cases ask for, chosen from the data: always the same for the same data."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.bench.ged import Incident, copies

# The searched word and the exported country are as frequent as this: some thousands of events.
_SHARE = 1 / 40
EXPORTED = 200_000


@dataclass(frozen=True)
class Facts:
    """`pair` shares the most events. `exported_since` is the first day of the memory export."""

    pair: tuple[str, str]
    word: str
    country: str
    exported_since: date


def choose(incidents: Sequence[Incident], number_of_copies: int) -> Facts:
    wanted = len(incidents) * _SHARE
    pairs = Counter((incident.side_a, incident.side_b) for incident in incidents)
    countries = Counter(incident.country for incident in incidents)
    days = sorted((incident.last for incident in copies(incidents, number_of_copies)), reverse=True)
    return Facts(
        pair=pairs.most_common(1)[0][0],
        word=_nearest(_words(incidents), wanted),
        country=_nearest(countries, wanted),
        exported_since=days[min(EXPORTED, len(days)) - 1],
    )


def _words(incidents: Sequence[Incident]) -> Counter[str]:
    """How many events each plain word of the actors' names stands in."""
    pairs = Counter((incident.side_a, incident.side_b) for incident in incidents)
    words: Counter[str] = Counter()
    for (side_a, side_b), number in pairs.items():
        # Long enough to be no abbreviation; other letters than these are cut differently.
        for word in set(re.findall(r"(?<![\w-])[A-Z][a-z]{4,}(?![\w-])", f"{side_a} {side_b}")):
            words[word] += number
    return words


def _nearest(counted: Counter[str], wanted: float) -> str:
    return min(counted, key=lambda name: (abs(counted[name] - wanted), name))
