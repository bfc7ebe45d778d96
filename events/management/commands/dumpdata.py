"""Django's `dumpdata` without the history, and what the database derives from other rows."""

from typing import Any

from django.core.management.commands import dumpdata

from events.models import DERIVED, HISTORY


class Command(dumpdata.Command):
    def handle(self, *app_labels: str, **options: Any) -> None:
        left_out = [model._meta.label_lower for model in (*DERIVED, *HISTORY)]
        super().handle(*app_labels, **options | {"exclude": [*options["exclude"], *left_out]})
