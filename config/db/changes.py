"""Who changes something, why, and by which page or command: said to the database as it is written.

Triggers note every change of a record (events/sql/history.sql). What is said here stands in the
history beside it. Nothing is said, and nothing costs anything, where nothing is written.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import connection
from psycopg import sql as postgres

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

REASON_AT_MOST = 1000
# Statements that may change rows.
_WRITES = re.compile(r"\s*(insert|update|delete|merge|with|do|call)\b", re.IGNORECASE)

# The description that holds now, as JSON.
_said: ContextVar[str | None] = ContextVar("_said", default=None)


@contextmanager
def recorded_as(
    *, origin: str, account: "AbstractBaseUser | AnonymousUser | None" = None, reason: str = ""
) -> Iterator[None]:
    """All that this thread changes within is one entry of the history for each transaction.

    Within another description, this one holds. COPY says nothing itself: it belongs to what was
    said before in its transaction.
    """
    is_known = account is not None and account.pk is not None
    said = {
        "id": str(uuid4()),
        "account_id": account.pk if account and is_known else None,
        "account_name": account.get_username() if account and is_known else "",
        "reason": reason.strip()[:REASON_AT_MOST],
        "origin": origin,
    }
    is_outermost = _said.get() is None
    token = _said.set(json.dumps(said))
    try:
        if is_outermost:
            with connection.execute_wrapper(_say):
                yield
            _fall_silent()
        else:
            yield
    finally:
        _said.reset(token)


def _fall_silent() -> None:
    """What the same transaction changes afterwards is not described by this."""
    if connection.in_atomic_block and not connection.needs_rollback:
        connection.connection.execute("SELECT set_config('chancery.change', '', true)")


def _say(execute: Any, statement: Any, values: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run the statement, with the description before it: both are one transaction, or a part."""
    cursor = context["cursor"].cursor
    is_named = bool(getattr(cursor, "name", None))  # a cursor of the server, which only reads
    if is_named or not isinstance(statement, str) or not _WRITES.match(statement):
        return execute(statement, values, many, context)
    said = f"SELECT set_config('chancery.change', {_quoted()}, true)"
    if many:
        cursor.execute(said)
        return execute(statement, values, many, context)
    if values is not None:
        said = said.replace("%", "%%")
    result = execute(f"{said}; {statement}", values, many, context)
    while cursor.nextset():  # what the statement itself gave comes last
        pass
    return result


def _quoted() -> str:
    return postgres.Literal(_said.get()).as_string(None)
