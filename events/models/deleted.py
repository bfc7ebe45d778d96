from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Max


class DeletedEventQuerySet(models.QuerySet["DeletedEvent"]):
    def since(self, time: datetime | None) -> Self:
        """What went at that time or later; all, where there is no time."""
        return self.all() if time is None else self.filter(deleted_at__gte=time)

    def last_time(self) -> datetime | None:
        last: datetime | None = self.aggregate(last=Max("deleted_at"))["last"]
        return last


class DeletedEvent(models.Model):
    """An event that was public and is no longer: deleted, withdrawn, or a draft again.

    It is known by its identity alone. Written by the database when an event leaves the facts, and
    taken away when it comes back. Its column `written_in`, the transaction that wrote the row, is
    read by the event index.
    """

    # The key that the event has or had; no foreign key, because the event may be gone.
    event_id = models.BigIntegerField(primary_key=True)
    uuid = models.UUIDField()
    deleted_at = models.DateTimeField()

    objects = DeletedEventQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            # Who follows the chronology asks what has gone since.
            models.Index(name="deletedevent_by_time", fields=["deleted_at", "event_id"]),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
