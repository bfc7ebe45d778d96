"""Who acts and where, and the words that are used, in a chronology that is made up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from django.db.models import Model

from actors.models import Actor, Country
from events.models import Location
from tests.bench.loading import Keys

COUNTRIES = 100
# The actors of each country: name, kind, and of which other they are part. {0} is the country, {1}
# a word. With five speakers in each of a hundred countries, 500 actors make statements.
_BODIES = (
    ("{0}", "state", None),
    ("Government of {0}", "government", 0),
    *((f"Ministry of {of} of {{0}}", "agency", 1) for of in ("Trade", "Health", "Justice")),
    ("Army of {0}", "agency", 1),
    *((f"{nth} Brigade of the Army of {{0}}", "agency", 5) for nth in ("First", "Second", "Third")),
    ("{1} Front of {0}", "armed-group", None),
    ("Youth of the {1} Front of {0}", "armed-group", 9),
    ("{1} League of {0}", "armed-group", None),
    *((f"Speaker of the {of} of {{0}}", "person", 1) for of in ("Government", "Parliament")),
    ("Speaker of the Army of {0}", "person", 5),
    ("Speaker of the First Brigade of {0}", "person", 6),
    ("Speaker of the {1} Front of {0}", "person", 9),
)
_PROVINCES = 6
# One town for so many events.
_EVENTS_OF_TOWN = 10
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aou"]


class Words:
    """Made-up words that no stemmer changes: some are frequent and most are rare.

    What events are told in has other words than names, sources and what is said.
    """

    def __init__(self, random: Random, number: int = 2000) -> None:
        self._random = random
        made = dict.fromkeys("".join(random.choices(_SYLLABLES, k=3)) for _ in range(number * 3))
        words = list(made)[: number * 2]
        self._told, self._named = words[:number], words[number:]
        self._weights = list(accumulate(1 / (rank + 8) for rank in range(number)))

    def told(self, number: int) -> str:
        """So many words of an event."""
        return " ".join(self._random.choices(self._told, cum_weights=self._weights, k=number))

    def said(self, number: int) -> str:
        """So many words of a statement or a title of a source."""
        return " ".join(self._random.choices(self._named, cum_weights=self._weights, k=number))

    def name(self) -> str:
        return self._random.choice(self._named).capitalize()


@dataclass
class Land:
    """A country's actors, those that act most often first, and its places; keys of provinces, and
    of towns with their names."""

    country: Country
    share: float
    actors: list[Actor] = field(default_factory=list)
    place: int = 0
    provinces: list[int] = field(default_factory=list)
    towns: list[tuple[int, str]] = field(default_factory=list)


class World:
    """Some countries have many events, most have few."""

    def __init__(self, random: Random, words: Words, keys: Keys, events: int) -> None:
        self._random, self._words, self._keys, self._events = random, words, keys, events
        self.speakers: list[Actor] = []
        countries = list(Country.objects.current().exclude(gw=None).order_by("iso3")[:COUNTRIES])
        random.shuffle(countries)
        shares = [1 / (rank + 2) for rank in range(len(countries))]
        self._lands = [
            Land(country, share / sum(shares))
            for country, share in zip(countries, shares, strict=True)
        ]
        self._weights = list(accumulate(shares))

    def choose_land(self) -> Land:
        return self._random.choices(self._lands, cum_weights=self._weights)[0]

    def references(self) -> Iterator[tuple[type[Model], Iterable[Model]]]:
        """Parents before what is part of them."""
        yield Actor, (actor for land in self._lands for actor in self._make_actors(land))
        yield Location, (place for land in self._lands for place in self._make_places(land))

    def _make_actors(self, land: Land) -> list[Actor]:
        word, made = self._words.name(), list[Actor]()
        for name, kind, whole in _BODIES:
            key = self._keys.next(Actor)
            actor = Actor(
                pk=key,
                slug=f"actor-{key}",
                name=name.format(land.country.name, word),
                kind_id=kind,
                part_of=None if whole is None else made[whole],
                country=land.country,
                state="published",
            )
            made.append(actor)
        self.speakers += [actor for actor in made if actor.kind_id == "person"]
        land.actors = self._random.sample(made, len(made))
        return made

    def _make_places(self, land: Land) -> Iterator[Location]:
        place = self._place(land, land.country.name, "country")
        land.place = place.pk
        yield place
        for _ in range(_PROVINCES):
            place = self._place(land, f"Province of {self._words.name()}", "province")
            place.parent_id = land.place
            land.provinces.append(place.pk)
            yield place
        for _ in range(max(3, round(land.share * self._events / _EVENTS_OF_TOWN))):
            place = self._place(land, self._words.name(), "town")
            place.parent_id = self._random.choice(land.provinces)
            place.latitude = round(self._random.uniform(-60, 70), 4)
            place.longitude = round(self._random.uniform(-180, 180), 4)
            place.precision = "town"
            land.towns.append((place.pk, place.name))
            yield place

    def _place(self, land: Land, name: str, kind: str) -> Location:
        key = self._keys.next(Location)
        values = {"slug": f"place-{key}", "country": land.country, "state": "published"}
        return Location(pk=key, name=name, kind=kind, **values)
