"""The words of a chronology: kinds and roles that its curators name, describe and put in order."""

from typing import Self

from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy

from config.db.constraints import is_control_free, is_given, slug_is_plain
from config.db.identity import Identified
from config.db.publication import Row
from config.db.text import LineField, ProseField
from config.search.rows import SearchedQuerySet, name_vector

# Behind those that come with the program.
LAST = 1000


def one_text(one: str, other: str) -> Concat:
    """Two columns as one part of a search document."""
    return Concat(one, Value("\n"), other, output_field=models.TextField())


class VocabularyQuerySet(SearchedQuerySet[Row]):
    words = name_vector(
        "name",
        "slug",
        one_text("synonyms", "description"),
        function="names_vector",
    )

    def get_by_natural_key(self, slug: str) -> Row:
        return self.get(slug=slug)

    def in_order(self) -> Self:
        return self.order_by("order", "name", "pk")


class Vocabulary(Identified):
    """One word of a list. Filters and outputs know it by its slug; readers see its name."""

    slug = models.SlugField(max_length=50, unique=True)
    name = LineField(max_length=100, unique=True)
    description = LineField(
        max_length=300,
        blank=True,
        default="",
        help_text=gettext_lazy("What it takes in, in a sentence."),
    )
    synonyms = ProseField(
        blank=True,
        default="",
        help_text=gettext_lazy("Other words by which curators find it, one a line."),
    )
    order = models.PositiveSmallIntegerField(
        default=LAST, help_text=gettext_lazy("Lists show the lowest number first.")
    )

    class Meta:
        abstract = True
        ordering = ["order", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


def rules_of(table: str) -> list[models.CheckConstraint]:
    """The rules that every list of words has."""
    return [
        slug_is_plain(table),
        is_given(table, "name"),
        is_control_free(table, "name", "description", "synonyms"),
    ]
