from django.db import models
from django.db.models import Q

from config.db.constraints import check
from config.db.identity import Identified


class Chronology(Identified):
    """The chronology as a whole: one row, whose UUID is what the ids of its feeds are made from.

    A restored or loaded database takes it along: it is the same chronology.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)

    class Meta:
        constraints = [check("chronology_is_one", Q(id=1))]

    def __str__(self) -> str:
        return str(self.uuid)
