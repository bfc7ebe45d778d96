from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.db.constraints import check, is_control_free, is_given, is_one_of, slug_is_plain
from config.db.publication import PERMISSIONS, Publishable, State
from config.db.text import LineField, ProseField
from config.search.rows import SearchedQuerySet, name_vector
from events.models.sourced import SourcedQuerySet

if TYPE_CHECKING:
    from events.models.events import Event


class ClaimKind(models.TextChoices):
    PROPOSITION = "proposition", gettext_lazy("Proposition")
    NUMBER = "number", gettext_lazy("Number")


class ClaimQuerySet(  # type: ignore[override]
    SourcedQuerySet["Claim"], SearchedQuerySet["Claim"]
):
    words = name_vector("text")

    def get_by_natural_key(self, slug: str) -> "Claim":
        return self.get(slug=slug)

    def published(self, *, beside: "Event | None" = None) -> Self:
        """Published, and about an event that the public may see, or about none.

        `beside` is an event that is taken for published: a curator looks at it beforehand.
        """
        about = Q(event__isnull=True) | Q(event__state=State.PUBLISHED)
        if beside:
            about |= Q(event=beside)
        return super().published().filter(about)

    def for_list(self) -> Self:
        return self.select_related("event").order_by("event", "kind", "pk")


class Claim(Publishable):
    """A proposition, or a number with its unit, on which actors take positions.

    A number is the range `low` to `high` (both the same for a single one); several rival numbers
    are several claims, none of which wins. Most claims are about one event.
    """

    hidden_with = ("event",)

    Kind = ClaimKind

    slug = models.SlugField(max_length=100, unique=True)
    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, null=True, blank=True, related_name="claims"
    )
    kind = models.CharField(max_length=11, choices=ClaimKind, default=ClaimKind.PROPOSITION)
    text = LineField(max_length=500, help_text=gettext_lazy("The claim as a neutral sentence."))
    low = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    high = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    unit = LineField(max_length=100, blank=True, default="", help_text="people killed, km …")
    is_approximate = models.BooleanField(
        default=False, help_text=gettext_lazy("“About”, in the source.")
    )
    note = ProseField(
        blank=True, default="", help_text=gettext_lazy("Curators' note, shown to readers.")
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        default_permissions = PERMISSIONS
        ordering = ["event", "kind", "pk"]
        constraints = [
            slug_is_plain("claim"),
            is_one_of("claim", "state", State),
            is_one_of("claim", "kind", ClaimKind),
            is_given("claim", "text"),
            is_control_free("claim", "text", "unit", "note", "internal_note"),
            check(
                "claim_number_has_range_and_unit",
                Q(kind="proposition", low__isnull=True, high__isnull=True, unit="")
                | (
                    Q(kind="number", low__isnull=False, high__isnull=False, low__lte=F("high"))
                    & ~Q(unit="")
                ),
                gettext_lazy(
                    "A number needs a low and a high end (low first) and a unit; a proposition "
                    "none."
                ),
            ),
        ]
        indexes = [
            # Words of the text, by which curators choose claims.
            GinIndex(name_vector("text"), name="claim_by_word"),
        ]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["events.event"]  # type: ignore[attr-defined]

    @property
    def number_in_words(self) -> str:
        """The number as it was claimed: "about 70 people killed", "65 to 80 people killed"."""
        if self.low is None or self.high is None:
            return ""
        low, high = (f"{value.normalize():,f}" for value in (self.low, self.high))
        number = low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
        if self.is_approximate:
            number = _("about %(number)s") % {"number": number}
        return f"{number} {self.unit}"
