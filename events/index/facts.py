"""Reads the facts table (events/sql/event_facts.sql) as arrays of numbers.

The database packs its numbers into one string of bytes, because an object of Python for each of
some million numbers would take a minute and a gigabyte.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from django.db import connection, transaction
from psycopg import Cursor

from config.edtf.dates import BEFORE_ALL
from events.index.columns import Ints, Positions
from events.models import Event

BASES = [str(basis) for basis in Event.DateBasis.values]
STANDINGS = [str(standing) for standing in Event.Standing.values]
# A part is a number (see part_number in the database): the key of the actor, then in sixteen bits
# the key of the role, and whether it is alleged.
ROLE_BITS = 16

# What every event has once, its key first; and which columns of the index are among these.
_NUMBERS = (
    "event_id",
    "first_day",
    "last_day",
    "is_date_qualified::int::bigint",
    "updated_at",
    "kind_id",
    "array_position(%(standings)s::text[], standing)::bigint",
    "array_position(%(bases)s::text[], basis)::bigint",
)
SINGLE = {"kind": 5, "standing": 6, "basis": 7}
# Columns of which an event has a list.
LISTS = {
    "actor": "actors",
    "country": "countries",
    "location": "places",
    "speaker": "speakers",
    "source": "sources",
    "part": "parts",
    "also_cited": "also_cited",
}
COLUMNS = (*SINGLE, *LISTS)
# Of which records events have the times of change as well as their own; and by which columns. Roles
# stand in the column of parts.
NAMED = {
    "kind": "eventtype",
    "part": "actor",
    "role": "role",
    "speaker": "actor",
    "country": "country",
    "location": "location",
    "source": "source",
    "also_cited": "source",
}
NAMED_KINDS = sorted(set(NAMED.values()))
# Facts that a transaction or later ones wrote: the next of them, some between two keys, and the
# events that have none any more. No more at a time than take little memory, here and in libpq.
_AT_A_TIME = 100_000
_WRITTEN = "written_in >= %(since)s::text::xid8"
_NEXT = f"""(
    SELECT * FROM event_facts WHERE {_WRITTEN} AND event_id > %(last)s
    ORDER BY event_id LIMIT {_AT_A_TIME}
) AS facts"""  # noqa: S608 - words of this module
_WITHIN = f"event_facts WHERE {_WRITTEN} AND event_id BETWEEN %(first)s AND %(last)s"
_DELETED = f"""events_deletedevent AS deleted WHERE {_WRITTEN}
    AND NOT EXISTS (SELECT FROM event_facts WHERE event_id = deleted.event_id)"""
_CHANGED = f"""events_lastchange
    WHERE {_WRITTEN} AND kind = %(kind)s AND key IS NOT NULL AND changed_at IS NOT NULL"""
_STATUS = """
    SELECT (SELECT value::text FROM event_facts_generation),
        pg_snapshot_xmin(pg_current_snapshot())::text,
        pg_current_xact_id_if_assigned() IS NOT NULL,
        current_setting('transaction_isolation'),
        version.writes, version.microseconds
    FROM current_data_version() AS version
"""


def roles_of(parts: Ints) -> Ints:
    """The key of the role in each part."""
    return (parts & (1 << ROLE_BITS) - 1) >> 1


class Status(NamedTuple):
    """What the database says of its facts as the current transaction sees them, with what it has
    written itself so far.

    `oldest` is the oldest transaction that was still open: what it and later ones write may be
    missing. `version` counts writes and is greater the later it is: see `config.db.versions`.
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
    """Of the facts that this transaction or later ones wrote, a row for each event in the order of
    keys: its key, first day, last day, whether the date is qualified, when it itself changed in
    microseconds since the year 2000, its kind, and the numbers of its standing and of its basis."""
    found = [np.empty((0, len(_NUMBERS)), dtype=np.int64)]
    last, is_more = BEFORE_ALL, True
    while is_more:
        columns = _read(map(packed, _NUMBERS), _NEXT, {"since": str(since), "last": last})
        rows = np.stack([unpacked(numbers) for numbers in columns], axis=1)
        is_more = len(rows) == _AT_A_TIME
        if is_more:
            last = int(rows[-1, 0])
        found.append(rows)
    return np.concatenate(found)


def read_pairs(column: str, since: int, keys: Ints) -> tuple[Positions, Ints]:
    """The same for a column of lists: the positions of the events among `keys`, which are in
    ascending order, and beside each one of its values."""
    selected = (
        packed("event_id"),
        packed(f"cardinality({LISTS[column]})::bigint"),
        f"string_agg(array_send({LISTS[column]}), ''::bytea)",
    )
    rows, found = [np.empty(0, dtype=np.int32)], [np.empty(0, dtype=np.int64)]
    for first, last in _ranges(keys):
        asked = {"since": str(since), "first": first, "last": last}
        events, lengths, lists = _read(selected, _WITHIN, asked)
        numbers = unpacked(lengths)
        positions = np.searchsorted(keys, unpacked(events)).astype(np.int32)
        rows.append(np.repeat(positions, numbers))
        found.append(_unpacked_lists(lists or b"", numbers))
    return np.concatenate(rows), np.concatenate(found)


def read_deleted(since: int) -> Ints:
    """The keys of events that are no longer public."""
    [keys] = _read([packed("event_id")], _DELETED, {"since": str(since)})
    return unpacked(keys)


def read_changes(kind: str, since: int) -> tuple[Ints, Ints]:
    """The records of one kind whose time of change was written since: their keys in ascending
    order, and the times in microseconds since the year 2000."""
    keys, times = _read(
        (packed("key"), packed("changed_at")), _CHANGED, {"since": str(since), "kind": kind}
    )
    found = unpacked(keys)
    order = np.argsort(found)
    return found[order], unpacked(times)[order]


def _ranges(keys: Ints) -> Iterator[tuple[int, int]]:
    """The first and the last key of each part that is read at a time."""
    for start in range(0, len(keys), _AT_A_TIME):
        part = keys[start : start + _AT_A_TIME]
        yield int(part[0]), int(part[-1])


def describe_what_was_written() -> None:
    """Let the facts follow what this transaction has written so far, which they do at its end."""
    read_status()


def make_facts_if_lost() -> None:
    """A restored database has none, or such of transactions that it never had."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
        cursor.execute("SELECT rebuild_event_facts() WHERE are_event_facts_lost()")


def _read(selected: Iterable[str], source: str, values: dict[str, Any]) -> Sequence[bytes | None]:
    sql = f"SELECT {', '.join(selected)} FROM {source}"  # noqa: S608 - words of this module
    [row] = fetch_packed(sql, values | {"standings": STANDINGS, "bases": BASES})
    return row


def fetch_packed(sql: str, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    """Rows of a statement whose columns are bytes, which come as they are."""
    connection.ensure_connection()
    # Django's own cursors write values into the statement, and take no bytes as they are.
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        rows: Sequence[tuple[Any, ...]] = cursor.execute(sql, values, binary=True).fetchall()
    return rows


def packed(number: str) -> str:
    """SQL: a number of eight bytes of every row, in one array as PostgreSQL sends it."""
    return f"array_send(array_agg({number}))"


# As PostgreSQL sends an array of one dimension: dimensions, flags, type, length and lower bound;
# then each element with its length. An empty one has no dimension, and nothing behind the type.
_WORD = 4  # bytes
_HEAD, _EMPTY, _ELEMENT = 5, 3, 3  # words


def unpacked(array: bytes | None) -> Ints:
    """The numbers of one array without NULL; none for None."""
    number = (len(array or b"") // _WORD - _HEAD) // _ELEMENT
    return _unpacked_lists(array or b"", np.array([max(number, 0)]))


def _unpacked_lists(arrays: bytes, lengths: Ints) -> Ints:
    """The numbers of several arrays that follow each other."""
    words = np.frombuffer(arrays, dtype=">u4")
    sizes = np.where(lengths > 0, _HEAD + _ELEMENT * lengths, _EMPTY)
    starts = np.cumsum(sizes) - sizes + _HEAD
    places_before = np.cumsum(lengths) - lengths
    elements = np.repeat(starts - _ELEMENT * places_before, lengths)
    elements += _ELEMENT * np.arange(len(elements)) + 1
    numbers: Ints = (words[elements].astype(np.int64) << 32) | words[elements + 1]
    return numbers
