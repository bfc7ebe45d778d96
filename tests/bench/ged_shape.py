"""GED as a chronology: one source, two actors an event, places in two levels."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.db.models import Model
from django.utils.text import slugify

from actors.models import Actor, Country
from events.models import Citation, Claim, Event, EventType, Location, Participation, Source
from tests.bench.countries import Finder
from tests.bench.ged import Incident, sized
from tests.bench.loading import Keys, Tell

# Numbers of dead are a claim of every tenth event only: each wants a citation of its own, and no
# page that is measured shows the claims of many events.
CLAIM_EVERY = 10
# All three of GED's types are ASSAULT to PLOVER; different kinds give the facet something to count.
KINDS = {"state-based": "assault", "non-state": "mobilize", "one-sided": "coerce"}
_ROLES = {
    "state-based": ("initiator", "target"),
    "non-state": ("initiator", "target"),
    "one-sided": ("perpetrator", "victim"),
}
# Where an incident took place: country, latitude, longitude.
Spot = tuple[str, float, float]


class GedShape:
    def __init__(
        self, incidents: Sequence[Incident], events: int, title: str, tell: Tell = print
    ) -> None:
        self.events = events
        self._incidents = list(sized(incidents, min(events, len(incidents))))
        self._title, self._tell = title, tell
        self._keys = Keys()
        self._actors: dict[str, Actor] = {}
        self._places: dict[Spot, Location] = {}

    def references(self) -> Iterator[tuple[type[Model], Iterable[Model]]]:
        kinds = {kind.slug: kind for kind in EventType.objects.all()}
        self._kinds = {violence: kinds[slug] for violence, slug in KINDS.items()}
        key = self._keys.next(Source)
        self._source = Source(
            pk=key, slug="ged", title=self._title, kind="dataset", state="published"
        )
        yield Source, [self._source]
        finder, countries = _finder(), {each.iso3: each for each in Country.objects.all()}
        self._actors = self._make_actors(finder, countries)
        yield Actor, self._actors.values()
        yield Location, self._make_places(finder, countries)

    def _make_actors(self, finder: Finder, countries: dict[str, Country]) -> dict[str, Actor]:
        sides = {side for each in self._incidents for side in (each.side_a, each.side_b)}
        actors = {}
        for name in sorted(sides):
            key, code = self._keys.next(Actor), finder.government(name)
            actors[name] = Actor(
                pk=key,
                slug=f"actor-{key}",
                name=name[:300],
                kind_id=_kind_of_actor(name),
                country=countries[code] if code else None,
                state="published",
            )
        return actors

    def _make_places(self, finder: Finder, countries: dict[str, Country]) -> list[Location]:
        """Countries first, then what lies in them."""
        roots = dict[str, Location]()
        for name, gw in sorted({each.country: each.gw for each in self._incidents}.items()):
            code = finder.find(name, gw)
            roots[name] = self._place(name, countries[code] if code else None)
            if not code:
                self._tell(f"no country of the fixture is meant by: {name}")
        for at, incident in sorted({_spot(each): each for each in self._incidents}.items()):
            root = roots[incident.country]
            place = self._place(incident.place, root.country)
            place.kind, place.parent, place.precision = "town", root, "near"
            place.latitude, place.longitude = incident.latitude, incident.longitude
            self._places[at] = place
        return [*roots.values(), *self._places.values()]

    def _place(self, name: str, country: Country | None) -> Location:
        key = self._keys.next(Location)
        values = {"slug": f"place-{key}", "country": country, "kind": "country"}
        return Location(pk=key, name=name[:300], state="published", **values)

    def entries(self) -> Iterator[list[Model]]:
        for number, incident in enumerate(sized(self._incidents, self.events), 1):
            event = self._event(incident)
            sides = dict.fromkeys((incident.side_a, incident.side_b))
            acting = zip(sides, _ROLES[incident.violence], strict=False)
            claims = [self._claim(incident, event)] if number % CLAIM_EVERY == 0 else []
            locator = f"event {incident.number}"
            yield [
                event,
                *(self._participation(event, side, role) for side, role in acting),
                self._cited(locator, event=event),
                *claims,
                *(self._cited(locator, claim=claim) for claim in claims),
            ]

    def _event(self, incident: Incident) -> Event:
        is_one_day = incident.first == incident.last
        title = f"{incident.side_a[:130]} – {incident.side_b[:130]}, {incident.country}"
        kind = incident.violence
        return Event(
            pk=self._keys.next(Event),
            slug=f"ged-{slugify(incident.number)}",
            title=title[:300],
            date=f"{incident.first}" if is_one_day else f"[{incident.first}..{incident.last}]",
            location=self._places[_spot(incident)],
            kind=self._kinds[kind],
            standing="reported",
            summary=f"Violence of the type {kind} in the conflict “{incident.conflict}”.",
            state="published",
        )

    def _participation(self, event: Event, side: str, role: str) -> Participation:
        key = self._keys.next(Participation)
        return Participation(pk=key, event=event, actor=self._actors[side], role_id=role)

    def _cited(self, locator: str, **record: Event | Claim) -> Citation:
        key = self._keys.next(Citation)
        return Citation(pk=key, source=self._source, locator=locator, **record)

    def _claim(self, incident: Incident, event: Event) -> Claim:
        low, high = sorted((incident.low, incident.high))
        return Claim(
            pk=self._keys.next(Claim),
            slug=f"ged-{slugify(incident.number)}-dead",
            event=event,
            kind="number",
            text=f"The best estimate of people killed is {incident.best}.",
            low=Decimal(low),
            high=Decimal(high),
            unit="people killed",
            state="published",
        )


def _kind_of_actor(name: str) -> str:
    if name == "Civilians":
        return "population"
    return "government" if name.startswith("Government of ") else "armed-group"


def _spot(incident: Incident) -> Spot:
    return incident.country, incident.latitude, incident.longitude


def _finder() -> Finder:
    countries = Country.objects.order_by("exists_until_day", "pk")
    return Finder(
        {country.name: country.iso3 for country in countries},
        {country.gw: country.iso3 for country in countries if country.gw},
    )
