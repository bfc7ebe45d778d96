"""On what the numbers were taken."""

import os
import platform
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path


def describe() -> dict[str, str]:
    """Processor, memory, system, Python and date; nothing that names the machine or its owner."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": _processor() or platform.processor() or "unknown processor",
        "cores": f"{os.cpu_count()} cores",
        "memory": f"{memory / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"Python {platform.python_version()}",
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
    }


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return ""
