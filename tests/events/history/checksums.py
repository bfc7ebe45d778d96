"""Row checksums of all tables that curators write."""

from typing import Any

from django.db import connection

from config.db.trees import TreeRow
from events.history.kinds import KINDS, columns_of


def checksums() -> dict[str, tuple[int, Any]]:
    """Of each kind the number of rows and a checksum, the time of the last change aside."""
    found = {}
    with connection.cursor() as cursor:
        for kind, model in KINDS.items():
            columns = ", ".join(f'"{name}"' for name in columns_of(kind) if name != "updated_at")
            if issubclass(model, TreeRow):
                columns += ", lineage"
            cursor.execute(
                f"SELECT count(*), sum(hashtextextended(ROW({columns})::text, 0)::numeric)"  # noqa: S608
                f" FROM {model._meta.db_table}"
            )
            found[kind] = cursor.fetchone()
    return found


def changed_since(before: dict[str, tuple[int, Any]]) -> set[str]:
    now = checksums()
    return {kind for kind in before if before[kind] != now[kind]}
