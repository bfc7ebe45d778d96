from django.db import models
from django.utils.translation import gettext_lazy

from config.db.constraints import is_one_of
from config.search.vocabularies import Vocabulary, VocabularyQuerySet, rules_of


class Nature(models.TextChoices):
    PERSON = "person", gettext_lazy("A person")
    ORGANISATION = "organisation", gettext_lazy("An organisation")
    PUBLIC_BODY = "public-body", gettext_lazy("A state, or a body of one")
    GROUP = "group", gettext_lazy("A group of people without a form of its own")


class ActorKindQuerySet(VocabularyQuerySet["ActorKind"]):
    pass


class ActorKind(Vocabulary):
    """What kind of actor somebody is; the slug is the value of the filter `kind` of actors."""

    Nature = Nature

    nature = models.CharField(
        gettext_lazy("what it is in general"),
        max_length=12,
        choices=Nature,
        help_text=gettext_lazy("Outputs for other programs say so."),
    )

    objects = ActorKindQuerySet.as_manager()

    class Meta(Vocabulary.Meta):
        verbose_name = gettext_lazy("kind of actor")
        verbose_name_plural = gettext_lazy("kinds of actor")
        constraints = [*rules_of("actorkind"), is_one_of("actorkind", "nature", Nature)]
