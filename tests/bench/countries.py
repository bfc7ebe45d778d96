"""Which country of the fixture a name in GED means."""

import re
import unicodedata
from collections.abc import Mapping

# GED's names that the fixture, which has CLDR's, spells otherwise.
_OTHERWISE = {
    "congo": "COG",
    "drcongo": "COD",
    "ivorycoast": "CIV",
    "kingdomofeswatini": "SWZ",
    "macedoniafyr": "MKD",
    "turkey": "TUR",
    "unitedstatesofamerica": "USA",
}


def key(name: str) -> str:
    """The letters of a name without accents, "and", and a former name in brackets."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\(.*?\)", "", name)).casefold()
    return "".join(re.findall("[a-z]", re.sub(r"\band\b", "", plain)))


class Finder:
    """Codes by name, or by Gleditsch–Ward number where the data has them."""

    def __init__(self, names: Mapping[str, str], numbers: Mapping[int, str]) -> None:
        self._codes = {key(name): code for name, code in names.items()} | _OTHERWISE
        self._numbers = numbers

    def find(self, name: str, gw: int | None = None) -> str | None:
        """ISO 3166-1 alpha-3, or None for a name that is no country's."""
        if gw is not None and gw in self._numbers:
            return self._numbers[gw]
        return self._codes.get(key(name))

    def government(self, actor: str) -> str | None:
        """The country of a "Government of …"; None for any other actor."""
        start = "Government of "
        return self.find(actor.removeprefix(start)) if actor.startswith(start) else None
