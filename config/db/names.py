"""Names of one thing in several languages and scripts, one row each."""

from django.db import models
from django.utils.translation import get_language_info

from config.db.fields import derived
from config.db.identity import Identified
from config.db.text import LineField

_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "ur", "yi"}


def language_name(tag: str) -> str:
    """The language of a BCP 47 tag in words; the tag itself where Django has no name for it."""
    try:
        return str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag


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
