from django.db import models
from django.utils.translation import gettext_lazy

from config.db.constraints import check, is_one_of
from config.search.vocabularies import Vocabulary, VocabularyQuerySet, rules_of

# As many numbers as a participation has room for: see part_number in events/sql/event_facts.sql.
MOST = 32_767


class Side(models.TextChoices):
    ACTING = "acting", gettext_lazy("Acts")
    ACTED_UPON = "acted-upon", gettext_lazy("Is acted upon")
    NEITHER = "neither", gettext_lazy("Neither")


class RoleQuerySet(VocabularyQuerySet["Role"]):
    pass


class Role(Vocabulary):
    """As what an actor takes part in an event. That a role is only alleged, the participation
    says. The name stands within a line, so that it begins with a small letter."""

    Side = Side

    side = models.CharField(
        gettext_lazy("acts, or is acted upon"),
        max_length=10,
        choices=Side,
        default=Side.NEITHER,
        help_text=gettext_lazy(
            "An event leads from those who act to those who are acted upon, on the page of what"
            " stands between two actors."
        ),
    )

    objects = RoleQuerySet.as_manager()

    class Meta(Vocabulary.Meta):
        constraints = [
            *rules_of("role"),
            is_one_of("role", "side", Side),
            check(
                "role_number_has_room",
                models.Q(id__lte=MOST),
                gettext_lazy("There are as many roles as there can be."),
            ),
        ]
