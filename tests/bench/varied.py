"""A chronology made up as curators write one: hardly two events are alike.

A source for every three events, statements with positions on a tenth of them, one to four actors
in each, several kinds and standings, some uncertain dates. Always the same for the same number.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random

from django.db.models import Model

from actors.models import Actor
from events.models import (
    Citation,
    Claim,
    Event,
    EventType,
    Participation,
    Position,
    Source,
    Statement,
)
from tests.bench.loading import Keys
from tests.bench.varied_world import Land, Words, World

_SEED = 2017
EVENTS_OF_SOURCE = 3
# Statements are about one event in so many.
SPOKEN_OF = 10
_FIRST, _DAYS = date(1950, 1, 1), 27_000
_STANDINGS = ("reported", "occurred", "alleged", "disputed", "called-for", "refuted")
_STANDING_WEIGHTS = (50, 25, 12, 8, 4, 1)
_STANCES = ("asserts", "denies", "questions", "rejects", "condemns", "supports", "calls-for")
_ROLES = ("initiator", "target", "participant", "author", "mediator", "witness", "victim")
_SOURCE_KINDS = ("article", "report", "book", "document", "recording", "other")
_NUMBERS_OF_ACTORS, _ACTOR_WEIGHTS = (1, 2, 3, 4), (20, 45, 25, 10)
# How often a date is no plain day, and what it is then; `{end}` is some days later.
_UNCERTAIN = 0.18
_DATES = (
    "{day:%Y-%m}",
    "{day:%Y}",
    "{day}~",
    "{day}?",
    "[{day}..{end}]",
    "{day}/{end}",
    "{day}/..",
)


class Varied:
    def __init__(self, events: int) -> None:
        self.events = events
        # Not for secrets: the same seed makes the same events on every machine.
        self._random = Random(_SEED)  # noqa: S311
        self._keys, self._words = Keys(), Words(self._random)
        self._world = World(self._random, self._words, self._keys, events)
        self._first_source = self._keys.next(Source)
        self._sources = max(1, events // EVENTS_OF_SOURCE)

    def references(self) -> Iterator[tuple[type[Model], Iterable[Model]]]:
        self._kinds = list(EventType.objects.order_by("slug"))
        self._random.shuffle(self._kinds)
        yield from self._world.references()
        yield Source, (self._source(number) for number in range(self._sources))

    def _source(self, number: int) -> Source:
        return Source(
            pk=self._first_source + number,
            slug=f"source-{number + 1}",
            title=self._words.said(self._random.randint(4, 8)).capitalize(),
            kind=self._random.choice(_SOURCE_KINDS),
            publisher=f"{self._words.name()} Press",
            date=f"{self._day()}",
            state="published",
        )

    def entries(self) -> Iterator[list[Model]]:
        for number in range(self.events):
            yield self._entry(number)

    def _entry(self, number: int) -> list[Model]:
        land, day = self._world.choose_land(), self._day()
        actors = self._actors(land)
        event = self._event(number, land, day, actors)
        records: list[Model] = [event]
        records += [self._participation(event, actor) for actor in actors]
        records.append(self._cited(number // EVENTS_OF_SOURCE, event=event))
        if self._random.random() < 0.3:
            # Some sources are cited far more often than others.
            records.append(self._cited(self._skewed(self._sources, 3), event=event))
        if number % SPOKEN_OF == 0:
            records += self._debate(number, event, day)
        return records

    def _event(self, number: int, land: Land, day: date, actors: list[Actor]) -> Event:
        place, where = self._place(land)
        who = " and ".join(actor.name for actor in actors[:2])
        return Event(
            pk=self._keys.next(Event),
            slug=f"event-{number + 1}",
            title=f"{who} in {where}: {self._words.told(self._random.randint(2, 4))}",
            date=self._date(day),
            location_id=place,
            kind=self._kinds[self._skewed(len(self._kinds), 2)],
            standing=self._random.choices(_STANDINGS, _STANDING_WEIGHTS)[0],
            summary=f"{self._words.told(self._random.randint(12, 30)).capitalize()}.",
            state="published",
        )

    def _actors(self, land: Land) -> list[Actor]:
        """Those who act in their own country, and some from others."""
        number = self._random.choices(_NUMBERS_OF_ACTORS, _ACTOR_WEIGHTS)[0]
        actors = dict[int, Actor]()
        while len(actors) < number:
            home = self._world.choose_land() if self._random.random() < 0.3 else land
            actor = home.actors[self._skewed(len(home.actors), 3)]
            actors[actor.pk] = actor
        return [actors[key] for key in sorted(actors)]

    def _place(self, land: Land) -> tuple[int | None, str]:
        """Mostly a town; sometimes no more than the province or the country is known."""
        chance = self._random.random()
        if chance < 0.05:
            return None, land.country.name
        if chance < 0.1:
            return land.place, land.country.name
        if chance < 0.2:
            return self._random.choice(land.provinces), land.country.name
        return land.towns[self._skewed(len(land.towns), 2)]

    def _day(self) -> date:
        """More of them are late than early."""
        return _FIRST + timedelta(days=_DAYS - 1 - self._skewed(_DAYS, 2))

    def _date(self, day: date) -> str:
        if self._random.random() >= _UNCERTAIN:
            return f"{day}"
        end = day + timedelta(days=self._random.randint(1, 20))
        return self._random.choice(_DATES).format(day=day, end=end)

    def _skewed(self, number: int, power: int) -> int:
        """An index below `number`; the higher the power, the more often a low one."""
        return int(number * self._random.random() ** power)

    def _participation(self, event: Event, actor: Actor) -> Participation:
        return Participation(
            pk=self._keys.next(Participation),
            event=event,
            actor=actor,
            role_id=self._random.choice(_ROLES),
            is_alleged=self._random.random() < 0.1,
        )

    def _cited(self, source: int, **record: Model) -> Citation:
        return Citation(
            pk=self._keys.next(Citation),
            source_id=self._first_source + source % self._sources,
            locator=f"p. {self._random.randint(1, 400)}",
            **record,
        )

    def _debate(self, number: int, event: Event, day: date) -> list[Model]:
        """A claim about an event, and statements on the one or the other."""
        source, claim = number // EVENTS_OF_SOURCE, self._claim(event)
        records: list[Model] = [claim, self._cited(source, claim=claim)]
        for _ in range(min(30, int(self._random.paretovariate(1.5)))):
            said = self._statement(day)
            target = {"event": event} if self._random.random() < 0.6 else {"claim": claim}
            stance = self._random.choice(_STANCES)
            key = self._keys.next(Position)
            position = Position(pk=key, statement=said, stance=stance, **target)
            records += [said, self._cited(source, statement=said), position]
        return records

    def _claim(self, event: Event) -> Claim:
        key = self._keys.next(Claim)
        text = f"{self._words.said(self._random.randint(5, 12)).capitalize()}."
        return Claim(pk=key, slug=f"claim-{key}", event=event, text=text, state="published")

    def _statement(self, day: date) -> Statement:
        return Statement(
            pk=self._keys.next(Statement),
            speaker=self._world.speakers[self._skewed(len(self._world.speakers), 2)],
            date=f"{day + timedelta(days=self._random.randint(0, 30))}",
            paraphrase=f"{self._words.said(self._random.randint(8, 20)).capitalize()}.",
            state="published",
        )
