"""The index of a process is as new as the database, whoever writes and however long it takes."""

import threading
from unittest.mock import patch

import pytest
from django.db import connection, transaction

from config.db.snapshot import snapshot
from events.index import current
from events.index.current import current_state
from events.index.state import State
from events.models import Event
from tests.databases import open_session
from tests.factories import make_actor, make_event, make_location

pytestmark = pytest.mark.django_db(transaction=True)


def known(state: State | None = None) -> list[int]:
    return (state or current_state()).keys.tolist()


def test_a_state_is_kept_until_something_is_written() -> None:
    event = make_event()
    state = current_state()
    assert current_state() is state
    assert known() == [event.pk]
    other = make_event()
    assert known() == [event.pk, other.pk]
    assert known(state) == [event.pk]


def test_changes_take_the_place_of_what_was_known() -> None:
    one, other = make_actor(), make_actor()
    events = [make_event(one, date="2016"), make_event(one, date="2017")]
    current_state()
    Event.objects.filter(pk=events[0].pk).update(date="2018")
    events[1].participations.update(actor=other)
    state = current_state()
    assert known(state) == [event.pk for event in events]
    assert state.keys[state.by_date].tolist() == [events[1].pk, events[0].pk]
    actors = state.columns["actor"]
    assert [actors.having_any([actor.pk], 2).tolist() for actor in (one, other)] == [
        [True, False],
        [False, True],
    ]
    assert len(actors.rows) == 2


def test_what_is_deleted_or_hidden_is_gone_and_comes_back() -> None:
    events = [make_event() for _ in range(3)]
    current_state()
    events[0].delete()
    Event.objects.filter(pk=events[1].pk).update(state="draft")
    assert known() == [events[2].pk]
    Event.objects.filter(pk=events[1].pk).update(state="published")
    assert known() == [events[1].pk, events[2].pk]


def test_a_long_transaction_that_commits_last_is_seen() -> None:
    early, late = make_event(title="Early"), make_event()
    with open_session() as session:
        session.execute("UPDATE events_event SET standing = 'alleged' WHERE id = %s", [early.pk])
        # Younger ones are committed and read meanwhile.
        Event.objects.filter(pk=late.pk).update(standing="disputed")
        assert current_state().seen > 0
        make_event()
        current_state()
        session.commit()
    state = current_state()
    standings = state.columns["standing"]
    [code] = [
        standings.ids[c]
        for row, c in zip(standings.rows, standings.codes, strict=True)
        if state.keys[row] == early.pk
    ]
    assert code == list(Event.Standing.values).index("alleged") + 1


def test_what_is_rolled_back_is_never_seen() -> None:
    event = make_event()
    with open_session() as session:
        session.execute("UPDATE events_event SET state = 'draft' WHERE id = %s", [event.pk])
        session.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert known() == [event.pk]
        session.rollback()
    assert known() == [event.pk]


def test_truncated_tables_leave_an_empty_index() -> None:
    make_event()
    assert len(known()) == 1
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE events_event CASCADE")
    assert known() == []


def test_an_older_copy_is_read_from_the_beginning() -> None:
    event = make_event()
    state = current_state()
    with open_session() as session:
        # As after the database was dropped and restored from a copy.
        session.execute("ALTER TABLE event_facts DISABLE TRIGGER USER")
        session.execute("DELETE FROM event_facts")
        session.execute("UPDATE data_version SET writes = 0")
        session.commit()
    assert known(state) == [event.pk]
    assert known() == []


def test_a_process_started_in_the_middle_of_writes() -> None:
    events = [make_event() for _ in range(2)]
    with open_session() as session:
        session.execute("UPDATE events_event SET state = 'draft' WHERE id = %s", [events[0].pk])
        with patch.dict(current._states, clear=True):
            assert known() == [event.pk for event in events]
            session.commit()
            assert known() == [events[1].pk]


def test_keys_above_four_bytes() -> None:
    place = make_location(pk=2**40)
    event = make_event(make_actor(pk=2**40), pk=2**40, location=place)
    make_event()
    state = current_state()
    assert event.pk in known(state)
    for name in ("actor", "location"):
        having = state.columns[name].having_any([2**40], state.size)
        assert state.keys[having].tolist() == [event.pk]


def test_a_transaction_that_has_written_sees_its_own_events_and_nobody_else_does() -> None:
    before = make_event()
    kept = current_state()
    with transaction.atomic():
        own = make_event()
        assert known() == [before.pk, own.pk]
        transaction.set_rollback(True)
    assert current_state().version == kept.version
    assert known() == [before.pk]


def test_a_snapshot_keeps_its_events() -> None:
    first = make_event()
    current_state()
    with snapshot():
        assert known() == [first.pk]
        with open_session() as session:
            session.execute("UPDATE events_event SET state = 'draft' WHERE id = %s", [first.pk])
            session.commit()
        assert known() == [first.pk]
    assert known() == []


def test_a_snapshot_older_than_the_index_keeps_its_events() -> None:
    first = make_event()
    with snapshot():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

        def change() -> None:
            Event.objects.filter(pk=first.pk).update(state="draft")
            assert known() == []
            connection.close()

        thread = threading.Thread(target=change)
        thread.start()
        thread.join()
        assert known() == [first.pk]
    assert known() == []


def test_two_threads_refresh_once() -> None:
    make_event()
    current_state()
    make_event()
    reads = []
    refreshed = State.refreshed

    def note(self: State, status: object) -> State:
        reads.append(threading.get_ident())
        return refreshed(self, status)  # type: ignore[arg-type]

    found: list[list[int]] = []

    def ask() -> None:
        found.append(known())
        connection.close()

    with patch.object(State, "refreshed", note):
        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(reads) == 1
    assert [len(keys) for keys in found] == [2] * 4
