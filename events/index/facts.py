"""Reads the facts table (events/sql/event_facts.sql) as arrays of numbers.

The database packs its numbers into one string of bytes, because an object of Python for each of
some million numbers would take a minute and a gigabyte.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from numpy.typing import NDArray
from psycopg import Cursor

from events.index.columns import Ints
from events.models import Event, Participation

STANDINGS = [str(standing) for standing in Event.Standing.values]
ROLES = [str(role) for role in Participation.Role.values]
# A part is a number: the key of the actor, the number of the role, and whether that is alleged.
ROLE_BITS = 8

_NUMBERS = (
    "event_id",
    "first_day",
    "last_day",
    "is_date_qualified::int",
    "extract(epoch FROM updated_at) * 1000000",
)
# Of each column of the index, the table of its values beside the facts, and a value.
_VALUES = {
    "kind": ("", "kind_id"),
    "standing": ("", "array_position(%(standings)s::text[], standing)"),
    "actor": (", unnest(actors) AS value", "value"),
    "country": (", unnest(countries) AS value", "value"),
    "location": (", unnest(places) AS value", "value"),
    "speaker": (", unnest(speakers) AS value", "value"),
    "source": (", unnest(sources) AS value", "value"),
    "part": (
        ", unnest(members, roles, alleged) AS part (actor, role, is_alleged)",
        f"(actor << {ROLE_BITS}) + 2 * array_position(%(roles)s::text[], role) + is_alleged::int",
    ),
}
COLUMNS = tuple(_VALUES)
_STATUS = """
    SELECT (SELECT value::text FROM event_facts_generation),
        pg_snapshot_xmin(pg_current_snapshot())::text,
        pg_current_xact_id_if_assigned() IS NOT NULL,
        current_setting('transaction_isolation'),
        (SELECT coalesce(sum(writes), 0)::bigint FROM data_version),
        (SELECT coalesce(extract(epoch FROM max(written_at)) * 1000000, 0)::bigint
         FROM data_version)
"""


class Status(NamedTuple):
    """What the database says of its facts as the current transaction sees them.

    `oldest` is the oldest transaction that was still open: what it and later ones write may be
    missing. `version` counts writes and is greater the later it is: see `config.versions`.
    """

    generation: str
    oldest: int
    has_written: bool
    isolation: str
    version: tuple[int, int]


def read_status() -> Status:
    with connection.cursor() as cursor:
        cursor.execute(_STATUS)
        generation, oldest, has_written, isolation, writes, at = cursor.fetchone()
    return Status(generation, int(oldest), has_written, isolation, (writes, at))


def read_events(since: int) -> Ints:
    """Of the facts that this transaction or later ones wrote, a row for each event: its key, first
    day, last day, whether the date is qualified, and the time of change in microseconds."""
    packed = " || ".join(f"int8send(({number})::bigint)" for number in _NUMBERS)
    return _read(packed, "event_facts", since).reshape(-1, len(_NUMBERS)).astype(np.int64)


def read_pairs(column: str, since: int) -> tuple[Ints, Ints]:
    """The same for one column: the events, and beside each one of its values."""
    beside, value = _VALUES[column]
    packed = f"int8send(event_id) || int8send(({value})::bigint)"
    pairs = _read(packed, f"event_facts{beside}", since).reshape(-1, 2)
    return pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)


def read_deleted(since: int) -> Ints:
    """The keys of events that are no longer public."""
    return _read("int8send(event_id)", "events_deletedevent", since).astype(np.int64)


def describe_what_was_written() -> None:
    """Let the facts follow what this transaction has written so far, which they do at its end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS event_queue_described IMMEDIATE")
        cursor.execute("SET CONSTRAINTS event_queue_described DEFERRED")


def make_facts_if_lost() -> None:
    """A restored database has none, or such of transactions that it never had."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rebuild_event_facts() WHERE are_event_facts_lost()")


def _read(packed: str, tables: str, since: int) -> NDArray[Any]:
    sql = (
        f"SELECT string_agg({packed}, ''::bytea) FROM {tables}"  # noqa: S608 - words of this module
        " WHERE written_in >= %(since)s::text::xid8"
    )
    values = {"since": str(since), "standings": STANDINGS, "roles": ROLES}
    [(numbers,)] = fetch_packed(sql, values)
    return unpacked(numbers)


def fetch_packed(sql: str, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    """Rows of a statement whose columns are bytes, which come as they are."""
    connection.ensure_connection()
    # Django's own cursors write values into the statement, and take no bytes as they are.
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        rows: Sequence[tuple[Any, ...]] = cursor.execute(sql, values, binary=True).fetchall()
    return rows


def unpacked(numbers: bytes | None) -> NDArray[Any]:
    """Numbers of eight bytes that `int8send` has packed; none for None."""
    return np.frombuffer(numbers or b"", dtype=">i8")
