"""Puts events into the database through the project's models, with COPY instead of INSERT.

Every trigger, constraint and generated column stays on. Foreign keys are checked when a
transaction ends, so what belongs to an event is written before it: the triggers that gather text
and counts from all of it then run once, on the finished event.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count, islice
from operator import attrgetter

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.utils.text import slugify
from psycopg import sql

from actors.models import Actor, Country
from events.models import Citation, Claim, Event, EventType, Location, Participation, Source
from tests.bench.countries import Finder
from tests.bench.ged import Incident, copies

BATCH = 20_000
# Numbers of dead are a claim of every tenth event only: each wants a citation of its own, and no
# page that is measured shows the claims of more than one event.
CLAIM_EVERY = 10
# All three of GED's types are ASSAULT to PLOVER; different kinds give the facet something to count.
KINDS = {"state-based": "assault", "non-state": "mobilize", "one-sided": "coerce"}
ROLES = {
    "state-based": ("initiator", "target"),
    "non-state": ("initiator", "target"),
    "one-sided": ("perpetrator", "victim"),
}
Tell = Callable[[str], None]
# Where an incident took place: country, latitude, longitude.
Spot = tuple[str, float, float]


@dataclass
class References:
    """What events lead to, by the names in the data."""

    source: Source
    kinds: dict[str, EventType]
    actors: dict[str, Actor]
    places: dict[Spot, Location]


@dataclass
class Batch:
    """The records of some events, in the order in which they are written."""

    participations: list[Participation] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def load(incidents: Sequence[Incident], *, number: int, title: str, tell: Tell) -> None:
    """All incidents `number` times over; `title` is that of the source which they cite."""
    with _timed(tell, "tables, countries and kinds"):
        call_command("migrate", verbosity=0)
    with _timed(tell, "actors and places"), transaction.atomic():
        references = _references(incidents, title, tell)
    analyse()
    with _timed(tell, "events"):
        _load_events(references, copies(incidents, number), len(incidents) * number, tell)
    with _timed(tell, "vacuum and statistics"):
        analyse()


def analyse() -> None:
    """As autovacuum would in time: statistics, and which pages everybody may see."""
    with connection.cursor() as cursor:
        for model in (Actor, Location, Event, Participation, Citation, Claim):
            cursor.execute(f"VACUUM ANALYZE {model._meta.db_table}")
        cursor.execute("ANALYZE")


def copy_in(model: type[Model], records: Iterable[Model]) -> None:
    """COPY records into the model's table; what the database itself fills in is left to it."""
    fields = [
        each
        for each in model._meta.concrete_fields
        if not each.generated and (each.has_default() or not each.has_db_default())
    ]
    columns = sql.SQL(", ").join([sql.Identifier(str(each.column)) for each in fields])
    table = sql.Identifier(model._meta.db_table)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table, columns)
    values = attrgetter(*(each.attname for each in fields))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for record in records:
            copy.write_row(values(record))


def first_free(model: type[Model]) -> Iterator[int]:
    """Ids that no row has, in order."""
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return count((last or 0) + 1)


def _references(incidents: Sequence[Incident], title: str, tell: Tell) -> References:
    finder = country_finder()
    countries = {country.iso3: country for country in Country.objects.all()}
    names = {incident.country: incident.gw for incident in incidents}
    codes = {name: finder.find(name, gw) for name, gw in names.items()}
    if unknown := sorted(name for name, code in codes.items() if code is None):
        tell(f"no country of the fixture is meant by: {', '.join(unknown)}")
    found = {name: countries[code] if code else None for name, code in codes.items()}
    with connection.cursor() as cursor:
        # Each new place is asked for its children. Before there are statistics, the planner would
        # read the whole table for that: quadratic. It ends with the transaction.
        cursor.execute("SET LOCAL enable_seqscan = off")
    source = Source.objects.create(slug="ged", title=title, kind="dataset", state="published")
    kinds = {kind.slug: kind for kind in EventType.objects.filter(slug__in=KINDS.values())}
    actors = _actors(incidents, finder, countries)
    copy_in(Actor, actors.values())
    places = _places(incidents, found)
    _restart_ids(Actor, Location)
    return References(
        source, {violence: kinds[slug] for violence, slug in KINDS.items()}, actors, places
    )


def country_finder() -> Finder:
    countries = Country.objects.order_by("exists_until_day", "pk")
    return Finder(
        {country.name: country.iso3 for country in countries},
        {country.gw: country.iso3 for country in countries if country.gw},
    )


def _actors(
    incidents: Sequence[Incident], finder: Finder, countries: dict[str, Country]
) -> dict[str, Actor]:
    sides = Counter(side for each in incidents for side in (each.side_a, each.side_b))
    slugs, ids = Slugs(), first_free(Actor)
    made = {}
    for name in sorted(sides):
        code = finder.government(name)
        made[name] = Actor(
            pk=next(ids),
            slug=slugs.take(name),
            name=name[:300],
            kind="government"
            if name.startswith("Government of ")
            else "population"
            if name == "Civilians"
            else "armed-group",
            country=countries[code] if code else None,
            state="published",
        )
    return made


def _places(
    incidents: Sequence[Incident], countries: dict[str, Country | None]
) -> dict[Spot, Location]:
    """A tree of country › place; parents are written first, for their children's lineage."""
    slugs, ids = Slugs(), first_free(Location)
    roots = {
        name: Location(
            pk=next(ids),
            slug=slugs.take(name),
            name=name,
            kind="country",
            country=country,
            state="published",
        )
        for name, country in sorted(countries.items())
    }
    copy_in(Location, roots.values())
    spots = {spot(incident): incident for incident in incidents}
    places = {
        at: Location(
            pk=next(ids),
            slug=slugs.take(f"{incident.country} {incident.place}"),
            name=incident.place[:300],
            kind="town",
            parent=roots[incident.country],
            country=countries[incident.country],
            latitude=incident.latitude,
            longitude=incident.longitude,
            precision="near",
            state="published",
        )
        for at, incident in sorted(spots.items())
    }
    copy_in(Location, places.values())
    return places


def spot(incident: Incident) -> Spot:
    return incident.country, incident.latitude, incident.longitude


class Slugs:
    """Plain slugs of at most 90 characters, each given once."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def take(self, text: str) -> str:
        stem = slugify(text.replace(".", "-").replace("_", "-"))
        stem = "-".join(part for part in stem[:90].split("-") if part) or "unnamed"
        self._given[stem] += 1
        # "x", "x-no-2": no other text ends so, unless it is counted itself.
        return stem if self._given[stem] == 1 else self.take(f"{stem[:80]}-no-{self._given[stem]}")


def _load_events(
    references: References, incidents: Iterator[Incident], number: int, tell: Tell
) -> None:
    ids = {model: first_free(model) for model in (Event, Claim)}
    done, began = 0, time.monotonic()
    with connection.cursor() as cursor:
        # A crash may lose the last batches of a bench; what is there is whole all the same.
        cursor.execute("SET synchronous_commit = off")
    while some := list(islice(incidents, BATCH)):
        batch = Batch()
        for incident in some:
            _add(batch, references, incident, next(ids[Event]), ids[Claim])
        _write(batch)
        if done == 0:
            analyse()
        done += len(some)
        if done % (BATCH * 5) == 0:
            tell(f"  {done:,} of {number:,} events, {time.monotonic() - began:.0f} s")
    _restart_ids(Event, Claim)


def _add(
    batch: Batch, references: References, incident: Incident, event_id: int, claims: Iterator[int]
) -> None:
    locator = f"event {incident.number}"
    sides = dict.fromkeys((incident.side_a, incident.side_b))
    batch.events.append(_event(references, incident, event_id))
    batch.citations.append(Citation(source=references.source, locator=locator, event_id=event_id))
    batch.participations += [
        Participation(event_id=event_id, actor=references.actors[side], role=role)
        for side, role in zip(sides, ROLES[incident.violence], strict=False)
    ]
    if event_id % CLAIM_EVERY == 0:
        claim = _claim(incident, event_id, next(claims))
        batch.claims.append(claim)
        batch.citations.append(
            Citation(source=references.source, locator=locator, claim_id=claim.pk)
        )


def _event(references: References, incident: Incident, event_id: int) -> Event:
    is_one_day = incident.first == incident.last
    return Event(
        pk=event_id,
        slug=f"ged-{slugify(incident.number)}",
        title=title_of(incident),
        date=f"{incident.first}" if is_one_day else f"[{incident.first}..{incident.last}]",
        location=references.places[spot(incident)],
        kind=references.kinds[incident.violence],
        standing="reported",
        summary=summary_of(incident),
        state="published",
    )


def title_of(incident: Incident) -> str:
    return f"{incident.side_a[:130]} – {incident.side_b[:130]}, {incident.country}"[:300]


def summary_of(incident: Incident) -> str:
    return f"Violence of the type {incident.violence} in the conflict “{incident.conflict}”."


def _claim(incident: Incident, event_id: int, claim_id: int) -> Claim:
    low, high = sorted((incident.low, incident.high))
    return Claim(
        pk=claim_id,
        slug=f"ged-{slugify(incident.number)}-dead",
        event_id=event_id,
        kind="number",
        text=f"The best estimate of people killed is {incident.best}.",
        low=Decimal(low),
        high=Decimal(high),
        unit="people killed",
        state="published",
    )


def _write(batch: Batch) -> None:
    citations, participations = first_free(Citation), first_free(Participation)
    for citation in batch.citations:
        citation.pk = next(citations)
    for participation in batch.participations:
        participation.pk = next(participations)
    with transaction.atomic():
        copy_in(Participation, batch.participations)
        copy_in(Claim, batch.claims)
        copy_in(Citation, batch.citations)
        copy_in(Event, batch.events)
    _restart_ids(Participation, Citation)


def _restart_ids(*models: type[Model]) -> None:
    """Let the tables count on from the ids that were chosen here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


@contextmanager
def _timed(tell: Tell, what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    tell(f"{what}: {time.monotonic() - began:.1f} s")
