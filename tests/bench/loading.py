"""Puts a chronology into the database through the project's models, with COPY instead of INSERT.

Every trigger, constraint and generated column stays on. Foreign keys are checked when a
transaction ends, so what belongs to an event is written before it.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import count, islice
from operator import attrgetter
from typing import Protocol

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from psycopg import sql

from actors.models import Actor
from events.models import (
    Citation,
    Claim,
    Event,
    Location,
    Participation,
    Position,
    Source,
    Statement,
)

BATCH = 20_000
# Triggers of trees take longer with each row that the same statement has written before.
_ROWS = 5000
# Without statistics on what belongs to events, triggers take their time: few events give them.
_FIRST = 100
# In the order in which the records of some events are written.
_BELONGING = (Participation, Claim, Statement, Position, Citation, Event)
_TABLES = (Source, Actor, Location, *_BELONGING)
Tell = Callable[[str], None]


class Shape(Protocol):
    """A chronology: records with keys of their own, none of them saved yet."""

    events: int

    def references(self) -> Iterator[tuple[type[Model], Iterable[Model]]]:
        """What events lead to, in the order in which it is written; asked for first, and once."""

    def entries(self) -> Iterator[list[Model]]:
        """Each event with all that belongs to it."""


class Keys:
    """Keys that no row has, in order, of each model.

    The database is asked beforehand: while rows are copied in, it answers nothing else.
    """

    def __init__(self) -> None:
        self._next: dict[type[Model], Iterator[int]] = {}
        for model in _TABLES:
            last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
            self._next[model] = count((last or 0) + 1)

    def next(self, model: type[Model]) -> int:
        return next(self._next[model])


def load(shape: Shape, tell: Tell) -> float:
    """Seconds of all COPY, with the checks when each transaction ends, without the statistics."""
    seconds = load_references(shape)
    analyse()
    tell(f"  actors, places and sources: {seconds:.1f} s")
    seconds += load_events(shape, tell)
    _restart_keys()
    analyse()
    return seconds


def load_references(shape: Shape) -> float:
    seconds = 0.0
    with connection.cursor() as cursor:
        # Each new place is asked for its children. Before there are statistics, the planner would
        # read the whole table for that: quadratic.
        cursor.execute("SET enable_seqscan = off")
        for model, records in shape.references():
            rows = iter(records)
            while some := list(islice(rows, _ROWS)):
                seconds += _timed_copy({model: some})
        cursor.execute("RESET enable_seqscan")
    return seconds


def load_events(shape: Shape, tell: Tell) -> float:
    entries, done, seconds = shape.entries(), 0, 0.0
    with connection.cursor() as cursor:
        # A crash may lose the last batches of a bench; what is there is whole all the same.
        cursor.execute("SET synchronous_commit = off")
    while some := list(islice(entries, BATCH if done else _FIRST)):
        records = defaultdict[type[Model], list[Model]](list)
        for record in (record for entry in some for record in entry):
            records[type(record)].append(record)
        seconds += _timed_copy({model: records[model] for model in _BELONGING})
        if done == 0:
            analyse()
        done += len(some)
        tell(f"  {done:,} of {shape.events:,} events, {seconds:.0f} s")
    return seconds


def migrate() -> None:
    call_command("migrate", verbosity=0)


def analyse() -> None:
    """As autovacuum would in time: statistics, and which pages everybody may see."""
    with connection.cursor() as cursor:
        for model in _TABLES:
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


def _timed_copy(records: dict[type[Model], Iterable[Model]]) -> float:
    began = time.perf_counter()
    with transaction.atomic():
        for model, rows in records.items():
            copy_in(model, rows)
    return time.perf_counter() - began


def _restart_keys() -> None:
    """Let the tables count on from the keys that were chosen here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_TABLES)):
            cursor.execute(statement)
