"""Django's `dumpdata` without what the database derives from other rows."""

from typing import Any

from django.core.management.commands import dumpdata

from events.models import DERIVED


class Command(dumpdata.Command):
    def handle(self, *app_labels: str, **options: Any) -> None:
        derived = [model._meta.label_lower for model in DERIVED]
        super().handle(*app_labels, **options | {"exclude": [*options["exclude"], *derived]})
