from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.db.constraints import check

# Kinds of records whose slug is an address or a value of a filter.
KINDS = ("actor", "claim", "country", "event", "eventtype", "location", "source")


class FormerSlug(models.Model):
    """A slug, or a country's code, that a record had before; written by triggers alone.

    It goes on leading to the record with this UUID and is given to no other one, even when the
    record is gone: then it leads nowhere. A record may take its own former slug back.
    """

    # The kind of record and the slug, as "event:some-slug".
    name = models.CharField(max_length=120, primary_key=True)
    record = models.UUIDField(db_index=True)
    replaced_at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
        constraints = [
            check("formerslug_kind_is_known", Q(name__regex=rf"^({'|'.join(KINDS)}):.")),
        ]

    def __str__(self) -> str:
        return self.name
