"""Trees in the database: each row knows the way from its root to itself."""

from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from config.db.publication import PublishableQuerySet, Row


class TreeRow(models.Model):
    # Ids from the root down to the row's own; kept by the trigger `keep_lineage`.
    lineage = ArrayField(models.BigIntegerField(), default=list, editable=False)

    class Meta:
        abstract = True


class TreeQuerySet(PublishableQuerySet[Row]):
    def within(self, rows: Iterable[models.Model]) -> Self:
        """These rows and all below them."""
        return self.filter(lineage__overlap=[row.pk for row in rows])
