"""The version of all that is public: it changes with every commit that may change a page.

Triggers count writes in the table `data_version` (config/sql/data_version.sql); see there why the
sum never repeats and makes no writer wait. The time is in it for a database that was restored from
a copy, whose count begins again where the copy ended.
"""

from config.db.rows import fetch


def data_version() -> str:
    """One query, of a table with as many rows as there were writers at one time."""
    ((writes, microseconds),) = fetch(
        "SELECT coalesce(sum(writes), 0)::bigint,"
        " coalesce(extract(epoch FROM max(written_at)) * 1000000, 0)::bigint FROM data_version"
    )
    return f"{writes:x}-{microseconds:x}"
