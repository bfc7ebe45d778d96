"""The words that a typo may have meant."""

from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db import models
from django.db.models.functions import Lower

from config.db.fields import derived


class SearchWord(models.Model):
    """A word of a published name or title; written by triggers of the database alone.

    `word` is what search compares (no accents, lower case), `spelling` the word as it was written.
    A word stays when nothing has it any more: whoever reads it asks whether an event still does.
    """

    word = models.TextField()
    spelling = models.TextField()
    is_name = models.BooleanField()
    # How it sounds in English; empty for words that are not all in Latin letters.
    sound = derived("sound_key", "word", models.TextField())

    class Meta:
        default_permissions = ()
        indexes = [
            # Whether a word is known.
            models.Index(name="searchword_by_word", fields=["word", "is_name"]),
            # The words nearest to one that is not. Of an expression, because a trigram index
            # answers "=" too, hundreds of times slower, and the planner would believe it.
            GistIndex(
                OpClass(Lower("word"), "gist_trgm_ops(siglen=32)"), name="searchword_by_letters"
            ),
            models.Index(name="searchword_by_sound", fields=["sound"]),
        ]

    def __str__(self) -> str:
        return self.spelling
