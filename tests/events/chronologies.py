"""Small random chronologies: every kind of record in every state, changed after it was written.

Records are named by letter and number, so that a query can be drawn without looking at any row.
The first source is always published, since all that is published has to be cited.
"""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from actors.models import ActorName
from events.index.facts import describe_what_was_written
from events.models import Event, LocationName, Participation, Position
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_kind,
    make_location,
    make_source,
    make_statement,
    take_position,
)

Draw = Callable[[st.SearchStrategy[Any]], Any]

# No stemmer changes these, and none is a misspelling of another.
WORDS = ("zorv", "glimt", "brank", "vulth", "kwopf", "prusk", "dwemb", "yolft")
COUNTRIES = ("RUS", "SYR", "USA")
# In one order by slug and by name.
KINDS = ("assault", "fight", "protest")
ACTORS, PLACES, SOURCES, CLAIMS, STATEMENTS, EVENTS = (
    tuple(f"{letter}{number}" for number in range(1, most + 1))
    for letter, most in (("a", 6), ("p", 7), ("s", 4), ("c", 4), ("t", 5), ("e", 12))
)
DATES = (
    *("2014-03-07", "2014-03-08~", "2014-03", "2014-03?", "2014", "2014?", "201X", "2015-22"),
    *("2014-02-27/2014-03-02", "2013-12/2014-01", "[2014-01-30..2014-02-02]", "2016-02-29"),
    *("2015-12-31/2016-01-01", "2015/2016~", "../2013", "../2014-03-07", "2015/..", "2016~/.."),
    *("", "../.."),
)
LONG_AGO = ("-0044", "1999~", "Y-12000", "1950/1951", "19XX")

states = st.sampled_from(["published"] * 6 + ["draft", "withdrawn"])
texts = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)


def some(values: Any, most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True) if values else st.just([])


def make_chronology(draw: Draw) -> None:
    """Rows of all models, and then some changes of these rows."""
    make_source(slug=SOURCES[0], title=SOURCES[0])
    sources = [make_source(slug=s, title=s, state=draw(states)) for s in SOURCES[1:]]
    countries = st.sampled_from([None, *map(make_country, COUNTRIES)])
    actors, places = _make_actors(draw, countries), _make_places(draw, countries)
    events = _make_events(draw, actors, places, sources)
    said = _make_statements(draw, actors, events)
    for row in draw(st.lists(st.sampled_from([*sources, *actors, *places, *events, *said]))):
        _change(row, state=draw(states))
    for row in draw(some(events, 2)):
        stated = {"date": draw(st.sampled_from(DATES)), "date_basis": "stated", "date_reason": ""}
        _change(row, location=draw(st.sampled_from(places)), **stated)
    for rows, above in ((actors, "part_of"), (places, "parent")):
        number = draw(st.integers(1, len(rows) - 1))
        row, wider = rows[number], draw(st.sampled_from([None, *rows[:number]]))
        _change(row, name=f"{row.slug} {draw(texts)}".strip(), **{above: wider})
    for row in draw(some([*Participation.objects.all(), *Position.objects.all()], 2)):
        row.delete()


def _change(row: Any, **values: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(**values)
    describe_what_was_written()


def _end_some_change(draw: Draw) -> None:
    """As commits do: what was written up to now has another time than what follows."""
    if draw(st.booleans()):
        describe_what_was_written()


def _make_actors(draw: Draw, countries: st.SearchStrategy[Any]) -> list[Any]:
    actors: list[Any] = []
    for slug in ACTORS:
        actor = make_actor(
            slug=slug,
            name=f"{slug} {draw(texts)}".strip(),
            part_of=draw(st.sampled_from([None, *actors])),
            country=draw(countries),
            state=draw(states),
        )
        for name in draw(st.lists(texts.filter(bool), max_size=1)):
            ActorName.objects.create(actor=actor, language="en", name=name)
        actors.append(actor)
    return actors


def _make_places(draw: Draw, countries: st.SearchStrategy[Any]) -> list[Any]:
    places: list[Any] = []
    for slug in PLACES:
        place = make_location(
            slug=slug,
            name=f"{slug} {draw(texts)}".strip(),
            parent=draw(st.sampled_from([None, *places[-3:]])),
            country=draw(countries),
            state=draw(states),
        )
        for name in draw(st.lists(texts.filter(bool), max_size=1)):
            LocationName.objects.create(location=place, language="en", name=name)
        places.append(place)
    return places


def _make_events(draw: Draw, actors: list[Any], places: list[Any], sources: list[Any]) -> list[Any]:
    dates = DATES + LONG_AGO if draw(st.booleans()) else DATES
    kinds = st.sampled_from([make_kind(kind) for kind in KINDS])
    roles = st.sampled_from(["participant", "host", "victim"])
    events = []
    for slug in EVENTS[: draw(st.integers(8, len(EVENTS)))]:
        date = draw(st.sampled_from(dates))
        event = make_event(
            slug=slug,
            title=f"{slug} {draw(texts)}".strip(),
            summary=draw(texts),
            date=date,
            date_reason=draw(st.sampled_from(["", "From its place in the text."])) if date else "",
            kind=draw(kinds),
            standing=draw(st.sampled_from(Event.Standing.values)),
            location=draw(st.sampled_from([None, *places])),
            state=draw(states),
        )
        parts = st.tuples(st.sampled_from(actors), roles)
        for actor, role in draw(st.lists(parts, max_size=3, unique=True)):
            part = Participation.objects.create(event=event, actor=actor, role_id=role)
            cite(part, draw(st.sampled_from(sources)))
        for source in draw(some(sources)):
            cite(event, source)
        _end_some_change(draw)
        events.append(event)
    return events


def _make_statements(draw: Draw, actors: list[Any], events: list[Any]) -> list[Any]:
    """Claims, and statements that take positions on these, on events and on each other."""
    about = st.sampled_from([None, *events])
    claims = [
        make_claim(draw(about), slug=slug, text=f"{slug} {draw(texts)}".strip(), state=draw(states))
        for slug in CLAIMS
    ]
    statements: list[Any] = []
    for slug in STATEMENTS:
        statement = make_statement(
            draw(st.sampled_from(actors)),
            paraphrase=f"{slug} {draw(texts)}".strip(),
            quote=draw(texts),
            occasion=draw(about),
            state=draw(states),
        )
        for target, rows in (("claim", claims), ("event", events), ("answered", statements)):
            for row in draw(some(rows, 2)):
                stance = draw(st.sampled_from(Position.Stance.values))
                take_position(statement, stance, **{target: row})
        statements.append(statement)
    return [*claims, *statements]
