from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from config.db.constraints import check, is_control_free
from config.db.identity import Identified
from config.db.text import LineField


class Chronology(Identified):
    """The chronology as a whole: one row, whose UUID is what the ids of its feeds are made from.

    A restored or loaded database takes it along: it is the same chronology. The title and the
    description are what its first page says above the events.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    title = LineField(
        max_length=100,
        blank=True,
        default="",
        help_text=gettext_lazy("What it is about. Stands above the timeline. Empty: “Timeline”."),
    )
    description = LineField(
        max_length=200,
        blank=True,
        default="",
        help_text=gettext_lazy(
            "One sentence below the title: what the events are taken from, for example."
        ),
    )

    class Meta:
        verbose_name_plural = gettext_lazy("chronology")
        constraints = [
            check("chronology_is_one", Q(id=1)),
            is_control_free("chronology", "title", "description"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.uuid)
