"""Kinds of event. Some are types of PLOVER (Political Language Ontology for Verifiable Event
Records)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from config.db.constraints import check
from config.db.identity import Identified
from config.db.text import LineField
from config.search.rows import name_vector
from config.search.vocabularies import Vocabulary, VocabularyQuerySet, one_text, rules_of


class Quad(models.TextChoices):
    NEUTRAL = "neutral", gettext_lazy("Neither cooperation nor conflict")
    VERBAL_COOPERATION = "verbal-cooperation", gettext_lazy("Verbal cooperation")
    MATERIAL_COOPERATION = "material-cooperation", gettext_lazy("Material cooperation")
    VERBAL_CONFLICT = "verbal-conflict", gettext_lazy("Verbal conflict")
    MATERIAL_CONFLICT = "material-conflict", gettext_lazy("Material conflict")


class EventTypeQuerySet(VocabularyQuerySet["EventType"]):
    words = name_vector(
        "name",
        one_text("slug", "plover"),
        one_text("synonyms", "description"),
        function="names_vector",
    )


class EventType(Vocabulary):
    """What kind of thing an event is; the slug is the value of the filter `kind`."""

    Quad = Quad

    plover = models.CharField(
        gettext_lazy("PLOVER type"),
        max_length=20,
        blank=True,
        default="",
        help_text=gettext_lazy("Empty: not of PLOVER."),
    )
    quad = models.CharField(
        gettext_lazy("quad class"),
        max_length=20,
        choices=Quad,
        blank=True,
        default="",
        help_text=gettext_lazy("PLOVER’s, from cooperation to conflict. Empty: none given."),
    )

    objects = EventTypeQuerySet.as_manager()

    class Meta(Vocabulary.Meta):
        verbose_name = gettext_lazy("kind of event")
        verbose_name_plural = gettext_lazy("kinds of event")
        constraints = [
            *rules_of("eventtype"),
            check("eventtype_quad_is_known", Q(quad__in=["", *Quad.values])),
            models.UniqueConstraint(
                name="eventtype_plover_is_unique", fields=["plover"], condition=~Q(plover="")
            ),
        ]


class ScaleQuerySet(models.QuerySet["Scale"]):
    def get_by_natural_key(self, name: str, version: str) -> "Scale":
        return self.get(name=name, version=version)


class Scale(Identified):
    """A named, versioned scale from conflict to cooperation, such as Goldstein's of 1992."""

    name = LineField(max_length=100)
    version = LineField(max_length=50)
    low = models.FloatField(help_text=gettext_lazy("Most conflictual score of the scale."))
    high = models.FloatField(help_text=gettext_lazy("Most cooperative score of the scale."))
    reference = LineField(
        max_length=500, help_text=gettext_lazy("The publication that defines it.")
    )

    objects = ScaleQuerySet.as_manager()

    class Meta:
        ordering = ["name", "version"]
        constraints = [
            models.UniqueConstraint(name="scale_version_is_unique", fields=["name", "version"]),
            check(
                "scale_runs_upwards",
                Q(low__lt=F("high"), low__gte=-1000, high__lte=1000),
                gettext_lazy("The low end is below the high end, both within 1000."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.version}"

    def natural_key(self) -> tuple[str, str]:
        return (self.name, self.version)


class ScaleScoreQuerySet(models.QuerySet["ScaleScore"]):
    def get_by_natural_key(self, name: str, version: str, kind: str) -> "ScaleScore":
        return self.get(scale__name=name, scale__version=version, kind__slug=kind)


class ScaleScore(Identified):
    """What one scale gives for one type of event."""

    belongs_to = ("scale",)

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="scores")
    kind = models.ForeignKey(EventType, on_delete=models.CASCADE, related_name="scores")
    score = models.FloatField()

    objects = ScaleScoreQuerySet.as_manager()

    class Meta:
        ordering = ["scale", "kind"]
        constraints = [
            models.UniqueConstraint(name="scalescore_one_per_kind", fields=["scale", "kind"]),
            check("scalescore_is_a_number", Q(score__gte=-1000, score__lte=1000)),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.score:+.1f}"

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.scale.natural_key(), self.kind.slug)

    natural_key.dependencies = ["events.scale", "events.eventtype"]  # type: ignore[attr-defined]
