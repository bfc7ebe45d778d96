"""Reading at length from one state of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Milliseconds that a reader of a stream may let it wait: a stalled one holds a connection.
_IDLE_LIMIT = 300_000


@contextmanager
def snapshot() -> Iterator[None]:
    """All reading within sees the same rows, whatever is written meanwhile; nothing is written.

    Within a transaction of somebody else, its view of the database holds.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute(f"SET LOCAL idle_in_transaction_session_timeout = {_IDLE_LIMIT}")
        yield
