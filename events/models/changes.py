from typing import Any, TypeVar

from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy

from config.db.constraints import is_one_of

Rows = TypeVar("Rows", bound=QuerySet[Any])


class ChangedKind(models.TextChoices):
    """What has a time of change of its own: all that is public belongs to one of these."""

    ACTOR = "actor", gettext_lazy("Actor")
    ACTOR_KIND = "actorkind", gettext_lazy("Kind of actor")
    CLAIM = "claim", gettext_lazy("Claim")
    COUNTRY = "country", gettext_lazy("Country")
    EVENT = "event", gettext_lazy("Event")
    EVENT_TYPE = "eventtype", gettext_lazy("Kind of event")
    LOCATION = "location", gettext_lazy("Location")
    ROLE = "role", gettext_lazy("Role")
    SOURCE = "source", gettext_lazy("Source")
    STATEMENT = "statement", gettext_lazy("Statement")


class LastChange(models.Model):
    """When what is public of a record last changed: it appeared, or is served otherwise.

    Written by the database alone (events/sql/changes.sql), at the end of each transaction, and
    taken away when the record is no longer public. Times rise in the order of commits. A record
    that has not changed since such times are noted has none: kinds and countries of an older
    database.
    """

    record = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=9, choices=ChangedKind)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [is_one_of("lastchange", "kind", ChangedKind)]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"


def with_times(rows: Rows) -> Rows:
    """With `changed_at`: when what is public of each last changed."""
    changes = LastChange.objects.filter(record=OuterRef("uuid"))
    return rows.annotate(changed_at=Subquery(changes.values("changed_at")))
