"""Names of one thing in several languages and scripts, one row each, and finding it by them."""

from typing import Any, Self

from django.db import models
from django.db.models import Func, Q, Value

from config.db.fields import derived
from config.db.identity import Identified
from config.db.publication import PublishableQuerySet, Row
from config.db.text import LineField

_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "ur", "yi"}


class Name(Identified):
    """A name in a language; the tag says the script too where it is not the usual one."""

    language = models.CharField(max_length=35, help_text="BCP 47 tag: ar, ru, ru-Latn …")
    name = LineField(max_length=300)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_right_to_left(self) -> bool:
        return self.language.partition("-")[0] in _RIGHT_TO_LEFT and "-Latn" not in self.language


class SearchableName(Name):
    sort_name = derived("sort_key", "name", models.TextField())

    class Meta:
        abstract = True


class NamedQuerySet(PublishableQuerySet[Row]):
    """Rows of a model that has `sort_name` and, as `names`, its names in other scripts."""

    def named(self, words: str) -> Self:
        """Every word stands somewhere in the name or in one of the other names."""
        names: Any = self.model._meta.get_field("names")
        named = names.related_model.objects.order_by().values(names.field.attname)
        matching = self
        for word in words.split():
            key = Func(Value(word), function="sort_key", output_field=models.TextField())
            matching = matching.filter(
                Q(sort_name__contains=key) | Q(pk__in=named.filter(sort_name__contains=key))
            )
        return matching
