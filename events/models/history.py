"""What was changed in records, whoever or whatever changed it: written by the database alone."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from config.db.constraints import is_one_of


class HistoryEntry(models.Model):
    """All that one transaction changed under one description: who, why, by what.

    Whoever writes says it by `config.db.changes.recorded_as`. An account is named as it was at the
    time, because it may be gone. What was written without a description has an `origin` alone, the
    name of the program that was connected, if it gave one.
    """

    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    # No foreign key: the account may be gone.
    account_id = models.BigIntegerField(null=True)
    account_name = models.CharField(max_length=150, blank=True, db_default="")
    reason = models.TextField(blank=True, db_default="")
    # The address of a page, or a command.
    origin = models.TextField(blank=True, db_default="")

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.account_name or self.origin} {self.changed_at:%Y-%m-%d %H:%M}"


class Operation(models.TextChoices):
    INSERT = "insert", gettext_lazy("added")
    UPDATE = "update", gettext_lazy("changed")
    DELETE = "delete", gettext_lazy("deleted")


class HistoryChange(models.Model):
    """One row of a record's table that was inserted, updated or deleted.

    The values of a row at some time are `old` of its first later change, or else those that it has
    now. So `old` is empty of what was inserted. `new` has the columns that an update changed.
    """

    Operation = Operation

    entry = models.ForeignKey(
        HistoryEntry,
        on_delete=models.DO_NOTHING,
        related_name="changes",
        db_constraint=False,  # written by one function, which makes both
    )
    # The name of the model, and the key of the row.
    kind = models.CharField(max_length=30)
    row_key = models.BigIntegerField()
    operation = models.CharField(max_length=6, choices=Operation)
    # `kind:key` of the row, and of what it belongs or belonged to.
    keys = ArrayField(models.TextField())
    # By the columns of the table as they were named then; none that is computed from others.
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [is_one_of("historychange", "operation", Operation)]
        indexes = [
            # The history of a record, with all that belongs to it.
            GinIndex(name="historychange_by_key", fields=["keys"]),
            # What a row was at some time.
            models.Index(name="historychange_by_row", fields=["kind", "row_key", "id"]),
            # Deleted records, the last ones first.
            models.Index(
                name="historychange_deleted",
                fields=["kind", "id"],
                condition=Q(operation=Operation.DELETE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_key} {self.get_operation_display()}"
