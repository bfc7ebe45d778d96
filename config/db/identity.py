"""The identity of a record: a UUID that the database gives it once and never changes."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models

from config.db.checks import CheckedAtOnce
from config.db.labels import Labelled


class Identified(CheckedAtOnce, Labelled):
    """A record with a UUID of its own, whatever its slug, its primary key or the site's host.

    The database fills it in and a trigger refuses to change it, whoever writes the row. Outputs
    give it as a URI, `urn:uuid:…` (RFC 9562).
    """

    # For `config.rights`: fields that lead to the record that this one belongs to, and fields that
    # lead to records without which it is not to be seen.
    belongs_to: ClassVar[tuple[str, ...]] = ()
    hidden_with: ClassVar[tuple[str, ...]] = ()

    uuid = models.UUIDField("UUID", unique=True, db_default=RandomUUID(), editable=False)

    class Meta:
        abstract = True
