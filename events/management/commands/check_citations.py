"""Lists what is published without a citation of a published source.

The database refuses such records when they are written. Those that were published before it did
stay as they are until they are next saved.
"""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.urls import reverse

from config.db.publication import State
from events.models import Claim, Event, Statement


class Command(BaseCommand):
    help = (
        "List what is published without a citation of a published source: kind, slug (of a"
        " statement its number), title and address in the admin. The exit status is 1 when there"
        " is anything."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        # Each with what it is named by.
        models: list[tuple[Any, list[str]]] = [(Event, []), (Claim, []), (Statement, ["speaker"])]
        for model, named_by in models:
            rows = model.objects.filter(state=State.PUBLISHED).unsourced().order_by("pk")
            rows = rows.select_related(*named_by)
            for record in rows.iterator(chunk_size=1000):
                number += 1
                kind = model._meta.model_name
                name = getattr(record, "slug", record.pk)
                address = reverse(f"admin:events_{kind}_change", args=[record.pk])
                title = " ".join(str(record).split())
                self.stdout.write(f"{kind}\t{name}\t{title}\t{address}")
        if number:
            raise CommandError(f"Published without a published source: {number}.", returncode=1)
        self.stdout.write("Every published event, claim and statement cites a published source.")
