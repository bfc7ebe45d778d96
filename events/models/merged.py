"""Records that went into others, and pairs of records that are alike and yet two."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from config.db.constraints import check
from config.db.text import LineField

# The kinds of records that are merged, by the names of their models.
MERGED_KINDS = ("actor", "event", "location", "source")


def _kind_is_merged(table: str) -> models.CheckConstraint:
    return check(f"{table}_kind_is_known", Q(kind__in=MERGED_KINDS))


class MergedRecord(models.Model):
    """A record that went into another one, whose addresses it leads to.

    The row goes when the record comes back, whoever brings it back: a trigger sees to that. The
    kept record may have gone into a third one since.
    """

    gone = models.UUIDField(primary_key=True)
    kept = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=8)
    # What it was called, for curators.
    name = LineField(max_length=500)
    # The entry of the history that has all that the merge changed; no foreign key, as history has
    # none.
    entry = models.BigIntegerField()
    merged_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["-merged_at", "gone"]
        constraints = [
            _kind_is_merged("mergedrecord"),
            check("mergedrecord_is_another", ~Q(gone=F("kept"))),
        ]

    def __str__(self) -> str:
        return self.name


class DistinctPairQuerySet(models.QuerySet["DistinctPair"]):
    def of(self, kind: str, one: int, other: int) -> Self:
        return self.filter(kind=kind, low=min(one, other), high=max(one, other))


class DistinctPair(models.Model):
    """Two records of one kind that curators have looked at: they are alike, and yet two."""

    kind = models.CharField(max_length=8)
    # The keys of both. A record that is deleted may come back with its key.
    low = models.BigIntegerField()
    high = models.BigIntegerField()

    objects = DistinctPairQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            _kind_is_merged("distinctpair"),
            check("distinctpair_is_in_order", Q(low__lt=F("high"))),
            models.UniqueConstraint(
                name="distinctpair_is_noted_once",
                fields=["kind", "low", "high"],
                violation_error_message=gettext_lazy("These are noted as two already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.low}, {self.high}"
