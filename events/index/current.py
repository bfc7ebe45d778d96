"""The event index of this process: loaded once, and brought up to date when data have changed.

A reader gets the state of the newest facts. In a transaction that has written something (a test, a
trial import) the facts are the transaction's own: a state is made for that reader alone. In a
snapshot (`config.db.snapshot`) it is the state of the snapshot, however old that is by now.
"""

import threading
from contextlib import suppress

from django.db import DatabaseError, connection

from config.db.snapshot import snapshot
from events.index import facts
from events.index.state import State

# By the name of the database: tests use several.
_states: dict[str, State] = {}
_lock = threading.Lock()


def current_state() -> State:
    """The index as the current transaction has to see it."""
    status = facts.read_status()
    if connection.in_atomic_block and (status.has_written or status.isolation != "repeatable read"):
        return State.empty().refreshed(status)
    known = _known_state()
    if known.version == status.version and known.generation == status.generation:
        return known
    if connection.in_atomic_block:
        return known.refreshed(status)
    return _refreshed_state()


def load() -> None:
    """Read the index before the first request asks for it. Without a database a worker starts all
    the same, and answers 503."""
    with suppress(DatabaseError):
        current_state()
    connection.close()


def _known_state() -> State:
    return _states.get(_database()) or State.empty()


def _refreshed_state() -> State:
    """One thread reads the changes, while others that need them wait."""
    with _lock, snapshot():
        status = facts.read_status()
        known = _known_state()
        if known.version == status.version and known.generation == status.generation:
            return known
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        _states[_database()] = state = known.refreshed(status)
        return state


def _database() -> str:
    return str(connection.settings_dict["NAME"])
