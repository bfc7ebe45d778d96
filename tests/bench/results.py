"""What one run has measured, and the file that holds it between processes."""

from dataclasses import dataclass, field, fields
from typing import Any


@dataclass
class Measured:
    """One case in one state; what failed is None, and `note` says why. Times in milliseconds.

    Datasette keeps no answers and neither does bare SQL: their numbers are the same for both
    states, and None for pages that neither of them has. The numbers of requests are less than
    thirty where time ran out. Server: what the site says that it took, without the way to it and
    back.
    """

    name: str
    state: str
    path: str = ""
    ours_p50_ms: float | None = None
    ours_p95_ms: float | None = None
    ours_rps: float | None = None
    ours_requests: int | None = None
    ours_server_p50_ms: float | None = None
    datasette_p50_ms: float | None = None
    datasette_p95_ms: float | None = None
    datasette_rps: float | None = None
    datasette_requests: int | None = None
    sql_p50_ms: float | None = None
    sql_p95_ms: float | None = None
    sql_requests: int | None = None
    note: str = ""


@dataclass
class Walk:
    """Pages met along links and forms: milliseconds of the server, and what was no page.

    `wrong` counts answers other than 200, of which `server_errors` are 5xx.
    """

    pages: int
    kinds: int
    p50_ms: float
    p95_ms: float
    slowest_ms: float
    slowest: str
    wrong: int = 0
    server_errors: int = 0
    first_wrong: str = ""


@dataclass
class Writers:
    """What it takes to write: CPU is that of PostgreSQL's process, None where /proc is missing.

    `copy_seconds` is the loading of all records by COPY, statistics not counted; `renamed` the
    number of events of the actor that was renamed.
    """

    copy_seconds: float
    saves: int = 0
    save_cpu_ms: float | None = None
    save_p50_ms: float | None = None
    save_p95_ms: float | None = None
    rename_seconds: float | None = None
    renamed: int = 0


@dataclass
class Worker:
    """Megabytes of the largest worker: resident a minute after serving, and at most.

    `over_empty_mb` is how much more the first is than that of a worker whose database is empty.
    `start_seconds` pass from the start of the server to its first page.
    """

    start_seconds: float
    rss_mb: float | None = None
    peak_mb: float | None = None
    over_empty_mb: float | None = None


@dataclass
class Run:
    """All measurements of one shape and number of events."""

    events: int
    shape: str
    data: str
    machine: dict[str, str]
    writers: Writers
    worker: Worker
    cases: list[Measured] = field(default_factory=list)
    walk: Walk | None = None
    notes: list[str] = field(default_factory=list)


def from_dict(kept: dict[str, Any]) -> Run:
    """The run of what `asdict` gave; what else a report adds is left out."""
    values = {each.name: kept[each.name] for each in fields(Run)}
    return Run(
        **values
        | {
            "writers": Writers(**kept["writers"]),
            "worker": Worker(**kept["worker"]),
            "cases": [Measured(**case) for case in kept["cases"]],
            "walk": Walk(**kept["walk"]) if kept["walk"] else None,
        }
    )
