"""python -m tests.pictures.load FILE EVENTS: so many events of a UCDP GED file, once."""

import os
import sys
from pathlib import Path

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ |= {"STATEMENT_TIMEOUT": "0", "LOCK_TIMEOUT": "0"}
    django.setup()
    from events.models import Event
    from tests.bench import ged, loading
    from tests.bench.ged_shape import GedShape

    data, events = Path(sys.argv[1]), int(sys.argv[2])
    loading.migrate()
    if not Event.objects.exists():
        loading.load(GedShape(ged.read(data), events, f"UCDP GED ({data.name})"), print)


if __name__ == "__main__":
    main()
