"""Types of events after PLOVER (Political Language Ontology for Verifiable Event Records)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from config.db.constraints import check, is_one_of, slug_is_plain
from config.db.identity import Identified
from config.db.text import LineField
from config.search.rows import SearchedQuerySet, name_vector


class Quad(models.TextChoices):
    NEUTRAL = "neutral", gettext_lazy("Neither cooperation nor conflict")
    VERBAL_COOPERATION = "verbal-cooperation", gettext_lazy("Verbal cooperation")
    MATERIAL_COOPERATION = "material-cooperation", gettext_lazy("Material cooperation")
    VERBAL_CONFLICT = "verbal-conflict", gettext_lazy("Verbal conflict")
    MATERIAL_CONFLICT = "material-conflict", gettext_lazy("Material conflict")


class EventTypeQuerySet(SearchedQuerySet["EventType"]):
    def get_by_natural_key(self, slug: str) -> "EventType":
        return self.get(slug=slug)

    words = name_vector("name", "plover", "slug", function="names_vector")


class EventType(Identified):
    """What kind of thing an event is; the slug is the value of the filter `kind`."""

    Quad = Quad

    slug = models.SlugField(max_length=50, unique=True)
    name = LineField(max_length=100, unique=True)
    plover = models.CharField(
        gettext_lazy("PLOVER type"),
        max_length=20,
        blank=True,
        default="",
        help_text=gettext_lazy("Empty: not of PLOVER."),
    )
    quad = models.CharField(gettext_lazy("quad class"), max_length=20, choices=Quad)
    description = LineField(max_length=300, blank=True, default="")

    objects = EventTypeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            slug_is_plain("eventtype"),
            is_one_of("eventtype", "quad", Quad),
            models.UniqueConstraint(
                name="eventtype_plover_is_unique", fields=["plover"], condition=~Q(plover="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


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
