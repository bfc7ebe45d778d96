"""The version of all that is public: it changes with every commit that changes something public.

The database counts such commits in the table `data_version` (config/sql/data_version.sql). The time
of the last one is in the version for a database that was restored from a copy, whose count begins
again where the copy ended.
"""

from datetime import UTC, datetime, timedelta

from config.db.rows import fetch

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def data_version() -> str:
    """One query, of a table of few rows."""
    ((writes, microseconds),) = fetch("SELECT * FROM current_data_version()")
    return f"{writes:x}-{microseconds:x}"


def time_of(version: str) -> datetime:
    """When the last change of this version was; 1970 where nothing has changed yet."""
    return _EPOCH + timedelta(microseconds=int(version.rpartition("-")[2], 16))
