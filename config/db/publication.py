"""Draft, published, withdrawn: what the public may see, on every record that is curated."""

from typing import Self, TypeVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from config.db.identity import Identified
from config.db.text import ProseField

Row = TypeVar("Row", bound=models.Model, covariant=True)


class State(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    PUBLISHED = "published", gettext_lazy("Published")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


# `config.rights` says what the last two are for.
PERMISSIONS = ("add", "change", "delete", "view", "review", "publish")


class Publishable(Identified):
    """A record with a publication state; only published ones are public.

    `updated_at` is set by a trigger of the database, whoever writes the row.
    """

    state = models.CharField(
        max_length=9, choices=State, default=State.DRAFT, db_default=State.DRAFT
    )
    internal_note = ProseField(
        blank=True,
        default="",
        db_default="",
        help_text=gettext_lazy("For curators alone: readers never see it."),
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED


class PublishableQuerySet(models.QuerySet[Row]):
    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def in_work(self) -> Self:
        """Not withdrawn: public, or to be."""
        return self.exclude(state=State.WITHDRAWN)
