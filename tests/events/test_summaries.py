"""What triggers keep beside the events, against the same counted from the records."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

import pytest
from django.db import connection, transaction

from actors.models import Actor
from config.date_bounds import day_number, day_text, year_of
from config.dates import AFTER_ALL, BEFORE_ALL
from config.versions import data_version
from events.models import (
    Citation,
    Claim,
    Event,
    EventFacts,
    Location,
    MonthTally,
    Participation,
    PlaceTally,
    Position,
    Profile,
    Source,
    SpanTally,
    Statement,
    StatementEvent,
)
from tests.factories import cite, make_event, make_source
from tests.searching import assert_words_are_sound, keep_words_of_few
from tests.waiting import wait_until

Facts = tuple[Any, ...]


def recount() -> dict[int, Facts]:
    """Of each published event: place, days, whether qualified, place in the order of time and in
    that of change, then what its profile holds."""
    actors = {actor.pk: actor for actor in Actor.objects.published()}
    places = {place.pk: place for place in Location.objects.published()}
    said = dict(Statement.objects.published().values_list("pk", "speaker"))
    sources = set(Source.objects.published().values_list("pk", flat=True))
    facts = {}
    for event in Event.objects.published():
        place = places.get(event.location_id or 0)
        taking = sorted(
            (part.actor_id, part.role)
            for part in Participation.objects.filter(event=event)
            if part.actor_id in actors
        )
        members = [actors[pk] for pk, _role in taking]
        countries = {row.country_id for row in [*members, *([place] if place else [])]}
        about = StatementEvent.objects.filter(event=event).values_list("statement", flat=True)
        cited = Citation.objects.filter(event=event).values_list("source", flat=True)
        facts[event.pk] = (
            place.pk if place else None,
            event.first_day,
            event.last_day,
            event.is_date_qualified,
            event.sort_day,
            event.updated_at,
            event.kind_id,
            event.standing,
            place.lineage[0] if place else None,
            [pk for pk, _role in taking],
            [role for _pk, role in taking],
            sorted(set(chain(*(member.lineage for member in members))) & set(actors)),
            sorted(country for country in countries if country is not None),
            sorted({said[pk] for pk in about if pk in said} & set(actors)),
            sorted(set(cited) & sources),
        )
    return facts


def documents(events: Iterable[int]) -> dict[int, str]:
    """What search reads of each event, made anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM event_documents(%s)", [list(events)])
        return dict(cursor.fetchall())


def month(first: int, last: int) -> int | None:
    """The first day of the month that all these days lie in."""
    if first == BEFORE_ALL or last == AFTER_ALL or day_text(first)[:-2] != day_text(last)[:-2]:
        return None
    return first + 1 - int(day_text(first)[-2:])


def span(first: int, last: int) -> tuple[int, int]:
    if first == BEFORE_ALL or last == AFTER_ALL or year_of(first) != year_of(last):
        return first, last
    return day_number(year_of(first), 1, 1), day_number(year_of(first) + 1, 1, 1) - 1


def month_span(first: int, last: int) -> tuple[int, int]:
    start = month(first, last)
    if start is None:
        return first, last
    return start, next(day for day in range(start, start + 32) if day_text(day + 1)[-2:] == "01")


def assert_summaries_are_right() -> None:
    expected = recount()
    rows = EventFacts.objects.select_related("profile")
    found = {
        row.event_id: (
            row.location_id,
            row.first_day,
            row.last_day,
            row.is_date_qualified,
            row.sort_day,
            row.updated_at,
            row.profile.kind_id,
            row.profile.standing,
            row.profile.root_id,
            row.profile.members,
            row.profile.roles,
            row.profile.actors,
            row.profile.countries,
            row.profile.speakers,
            row.profile.sources,
        )
        for row in rows
    }
    assert found == expected
    assert {row.event_id: row.document for row in rows} == documents(expected)
    months = {row.event_id: row.month for row in rows}
    assert months == {pk: month(*facts[1:3]) for pk, facts in expected.items()}
    profile_of = {row.event_id: row.profile_id for row in rows}
    by_place = Counter((profile_of[pk], facts[0]) for pk, facts in expected.items())
    places: Counter[Any] = Counter()
    for tally in PlaceTally.objects.all():
        places[tally.profile_id, tally.location_id] += tally.number
    assert places == by_place
    for model, tallied in ((SpanTally, span), (MonthTally, month_span)):
        spans: Counter[Any] = Counter()
        for row in model.objects.all():
            key = (row.profile_id, row.first_day, row.last_day, row.is_date_qualified)
            spans[key] += row.number
        assert spans == Counter(
            (profile_of[pk], *tallied(facts[1], facts[2]), facts[3])
            for pk, facts in expected.items()
        )


def attack() -> Event:
    return Event.objects.get(slug="khan-sheikhoun-chemical-attack")


CHANGES: dict[str, Callable[[], object]] = {
    "nothing": lambda: None,
    "an event is withdrawn": lambda: Event.objects.filter(pk=attack().pk).update(state="withdrawn"),
    "all dates change": lambda: Event.objects.update(date="2016-12/2017-01"),
    "dates become open": lambda: Event.objects.update(date="2017-04-05/.."),
    "dates are doubted": lambda: Event.objects.update(date="2017-04-05?"),
    "places go": lambda: Event.objects.update(location=None),
    "a place is withdrawn": lambda: Location.objects.filter(slug="khan-sheikhoun").update(
        state="withdrawn"
    ),
    "a place moves": lambda: Location.objects.filter(slug="khan-sheikhoun").update(parent=None),
    "a place changes its country": lambda: Location.objects.update(country=None),
    "an actor is withdrawn": lambda: Actor.objects.filter(slug="russia").update(state="withdrawn"),
    "an actor becomes a part": lambda: Actor.objects.filter(slug="iran").update(
        part_of=Actor.objects.get(slug="russia")
    ),
    "an actor changes its country": lambda: Actor.objects.update(country=None),
    "a part is taken away": lambda: Participation.objects.filter(event=attack()).delete(),
    "a role changes": lambda: Participation.objects.filter(role="perpetrator").update(
        role="initiator"
    ),
    "a part moves": lambda: Participation.objects.filter(actor__slug="civilians-of-syria").update(
        event=Event.objects.exclude(pk=attack().pk).order_by("pk")[0]
    ),
    "standings change": lambda: Event.objects.update(standing="disputed"),
    "a source is withdrawn": lambda: Source.objects.update(state="withdrawn"),
    "a speaker changes": lambda: Statement.objects.update(speaker=Actor.objects.get(slug="turkey")),
    "statements are withdrawn": lambda: Statement.objects.update(state="withdrawn"),
    "claims are withdrawn": lambda: Claim.objects.update(state="withdrawn"),
    "claims move": lambda: Claim.objects.filter(event__isnull=False).update(
        event=Event.objects.order_by("pk")[0]
    ),
    "positions go": lambda: Position.objects.all().delete(),
    "a title changes": lambda: Event.objects.filter(pk=attack().pk).update(title="Zugzwang"),
    "an actor is renamed": lambda: Actor.objects.filter(slug="russia").update(name="Zugzwang"),
    "names come": lambda: (
        Actor.objects.get(slug="iran").names.create(language="fr", name="Zugzwang"),
        Location.objects.get(slug="idlib").names.create(language="fr", name="Zugzwang"),
    ),
    "an event goes": lambda: attack().delete(),
    "an event comes": lambda: make_event(date="2017-04"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_summaries_follow(loaded: None, change: str) -> None:
    with transaction.atomic():
        keep_words_of_few()
        CHANGES[change]()
        assert_summaries_are_right()
        assert_words_are_sound()
        transaction.set_rollback(True)


def test_events_alike_share_a_profile(loaded: None) -> None:
    with transaction.atomic():
        one, other = make_event(date="2001"), make_event(date="2002")
        assert one.facts.profile_id == other.facts.profile_id
        assert other.facts.profile.facts.count() >= 2
        transaction.set_rollback(True)


def test_a_transaction_leaves_no_profile_that_no_event_has(loaded: None) -> None:
    """Each part and citation of a new event makes a profile for a moment."""
    assert set(Profile.objects.values_list("pk", flat=True)) == set(
        EventFacts.objects.values_list("profile", flat=True)
    )


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_one_key_do_not_wait_for_each_other() -> None:
    """Each holds a row of its own, and the sum is right when both are done."""
    make_event(date="2001-02-03")
    other = connection.copy()
    try:
        with transaction.atomic():
            make_event(date="2001-02-03")
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '200ms'")
                cursor.execute(
                    "INSERT INTO events_event (slug, title, kind_id, standing, date, state,"
                    " standing_reason, summary, note)"
                    " SELECT 'copy', title, kind_id, standing, date, 'draft', '', '', ''"
                    " FROM events_event"
                )
                cursor.execute("BEGIN")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                cursor.execute("UPDATE events_event SET state = 'published' WHERE slug = 'copy'")
                cursor.execute(
                    "INSERT INTO events_citation"
                    " (event_id, source_id, locator, aspect, access, note)"
                    " SELECT event.id, citation.source_id, '', '', 'direct', ''"
                    " FROM events_event AS event, events_citation AS citation"
                    " WHERE event.slug = 'copy' LIMIT 1"
                )
                cursor.execute("COMMIT")
        assert_summaries_are_right()
        assert len({data_version() for _ in range(3)}) == 1
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_one_event_lose_nothing() -> None:
    """The later waits for the earlier, and describes what both have written."""
    event = make_event()
    sources = [make_source(), make_source()]
    other = connection.copy()
    other.inc_thread_sharing()
    cite_other = (
        "INSERT INTO events_citation (event_id, source_id, locator, aspect, access, note)"
        " VALUES (%s, %s, '', '', 'direct', '')"
    )
    with ThreadPoolExecutor(1) as pool:
        try:
            with transaction.atomic():
                cite(event, sources[0])
                with other.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    [waiting] = cursor.fetchone()
                    later = pool.submit(cursor.execute, cite_other, [event.pk, sources[1].pk])
                    wait_until(lambda: is_waiting(waiting))
            later.result(timeout=20)
        finally:
            other.close()
    assert {source.pk for source in sources} <= set(EventFacts.objects.get().profile.sources)
    assert_summaries_are_right()


def is_waiting(session: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(pg_blocking_pids(%s))", [session])
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db
@pytest.mark.parametrize("day", [1, 365, 366, 146_097, 146_098, 736_423, 0, -1, -146_097, 10**8])
def test_sql_and_python_agree_on_years_and_months(day: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT year_of_day(%s), first_day_of_year(year_of_day(%s))", [day, day])
        assert cursor.fetchone() == (year_of(day), day_number(year_of(day), 1, 1))
        for length in (0, 1, 27, 28, 30, 31, 366):
            cursor.execute("SELECT sure_month(%s, %s)", [day, day + length])
            assert cursor.fetchone() == (month(day, day + length),)
        for first, last in ((BEFORE_ALL, day), (day, AFTER_ALL), (BEFORE_ALL, AFTER_ALL)):
            cursor.execute("SELECT sure_month(%s, %s)", [first, last])
            assert cursor.fetchone() == (None,)


@pytest.mark.django_db
def test_version_changes_with_every_write_and_with_nothing_else() -> None:
    versions = [data_version()]
    event = make_event()
    versions.append(data_version())
    assert list(Event.objects.all()) == [event]
    assert data_version() == versions[-1]
    for change in (
        lambda: Event.objects.update(title="Another title"),
        lambda: Citation.objects.update(locator="p. 9"),
        lambda: Actor.objects.create(slug="new", name="New", kind="other"),
    ):
        change()
        versions.append(data_version())
    assert len(set(versions)) == len(versions)
