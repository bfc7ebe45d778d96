from django.db import models


class DeletedEvent(models.Model):
    """An event that was public and is no longer: deleted, withdrawn, or a draft again.

    Written by the database alone when an event leaves the facts, and taken away when it comes
    back. Its column `written_in`, the transaction that wrote the row, is read by the event index.
    """

    # The key that the event has or had; no foreign key, because the event may be gone.
    event_id = models.BigIntegerField(primary_key=True)
    uuid = models.UUIDField()
    deleted_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uuid)
