from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q, Window
from django.db.models.functions import RowNumber
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from actors.models import Actor, ActorName, Country, Tenure
from config.db.constraints import check, exactly_one_of, is_control_free, is_one_of
from config.db.fields import derived
from config.db.identity import Identified
from config.db.publication import State
from config.db.text import LineField, ProseField
from events.models.aspects import NAMED_BY, SHOWN_WITH, Access, Aspect
from events.models.sources import Source
from events.models.support import TARGETS, is_first, is_public, is_sole


class CitationQuerySet(models.QuerySet["Citation"]):
    def get_by_natural_key(
        self, source: str, locator: str, aspect: str, target: str, *key: Any
    ) -> "Citation":
        model: Any = self.model._meta.get_field(target).related_model
        record = model.objects.get_by_natural_key(*key)
        return self.get(source__slug=source, locator=locator, aspect=aspect, **{target: record})

    def published(self) -> Self:
        return self.filter(source__state=State.PUBLISHED)

    def of_public_records(self) -> Self:
        """Only those that support something the public may see."""
        return self.filter(is_public(self.model))

    def first_of_records(self, access: str = "") -> Self:
        """Of each record the citation that stands first in its source, among those of `access`."""
        rows = self.model.objects.filter(access=access) if access else self.model.objects.all()
        return self.filter(is_first(rows))

    def with_sole(self) -> Self:
        """With `is_sole`: nothing else that the public may read supports the record."""
        return self.annotate(is_sole=is_sole(self.model))

    def by_place(self) -> Self:
        return self.order_by("sort_locator", "pk")

    def after(self, citation: "Citation") -> Self:
        """What follows in the order of `by_place`."""
        place = citation.sort_locator
        return self.filter(
            Q(sort_locator__gt=place) | Q(pk__gt=citation.pk), sort_locator__gte=place
        )

    def for_list(self) -> Self:
        return self.select_related("source", "via").order_by(
            "source__sort_title", "sort_locator", "aspect", "pk"
        )

    def for_page(self) -> Self:
        """As `for_list`, with nothing but what the references of a page write."""
        return self.for_list().only(
            *("locator", "sort_locator", "aspect", "access", "note", *TARGETS),
            *("source__slug", "source__title", "source__kind", "source__date", "source__author"),
            *("source__uuid", "source__publisher", "source__url", "source__archived_url"),
            *("via__title", "via__state"),
        )

    def for_rows(self, number: int) -> Self:
        """The first `number` of what the row of a list tells of each actor or place.

        Those of the record as a whole come before those of its aspects.
        """
        order = ["aspect", "source__sort_title", "sort_locator", "pk"]
        turn = Window(RowNumber(), partition_by=["actor", "location"], order_by=order)
        told = self.exclude(aspect__in=[Aspect.COORDINATES, Aspect.NOTE]).select_related("source")
        return told.alias(turn=turn).filter(turn__lte=number).order_by(*order)

    def with_records(self, targets: Iterable[str]) -> Self:
        """With the records they support, of these kinds, as the page of a source names them."""
        return self.select_related(*(path for target in targets for path in SHOWN_WITH[target]))


def place_in(source: str, target: str, name: str | int, citation: int, aspect: str) -> str:
    """Where the page `source` shows a citation, among all that it says of one record.

    An event as a whole is marked with its name, all else with the key of the citation.
    """
    is_event = target == "event" and not aspect
    anchor = f"event-{name}" if is_event else f"citation-{citation}"
    return f"{source}?record={target}:{name}#{anchor}"


class Citation(Identified):
    """Where in which source a fact stands.

    The fact is one record, or one aspect of it: the date of an event, the coordinates of a place.
    """

    belongs_to = TARGETS
    hidden_with = ("source", "via", *TARGETS)

    Access = Access
    Aspect = Aspect

    source = models.ForeignKey(Source, on_delete=models.RESTRICT, related_name="citations")
    locator = LineField(
        max_length=200,
        blank=True,
        default="",
        help_text=gettext_lazy(
            "Where in the source: ¶2.1 (paragraph 2, sentence 1), p. 14, 00:12:30 …"
        ),
    )
    # ¶1.2 stands before ¶1.10.
    sort_locator = derived("natural_key", "locator", models.TextField())
    aspect = models.CharField(
        gettext_lazy("which fact"),
        max_length=11,
        choices=Aspect,
        blank=True,
        default="",
        help_text=gettext_lazy("What of the record stands there. Nothing chosen: all of it."),
    )
    access = models.CharField(
        gettext_lazy("how it was read"), max_length=11, choices=Access, default=Access.DIRECT
    )
    via = models.ForeignKey(
        Source,
        verbose_name=gettext_lazy("found in"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="relayed_citations",
        help_text=gettext_lazy("Second-hand: the source that cites this one."),
    )
    note = ProseField(blank=True, default="")

    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )
    participation = models.ForeignKey(
        "events.Participation",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    link = models.ForeignKey(
        "events.EventLink",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    claim = models.ForeignKey(
        "events.Claim", on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )
    statement = models.ForeignKey(
        "events.Statement",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    position = models.ForeignKey(
        "events.Position",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    tenure = models.ForeignKey(
        Tenure, on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, null=True, blank=True, related_name="citations"
    )
    location = models.ForeignKey(
        "events.Location",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
    )
    actor_name = models.ForeignKey(
        ActorName,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        db_index=False,
    )
    location_name = models.ForeignKey(
        "events.LocationName",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        db_index=False,
    )
    # Its names in all languages too, as the aspect `name`.
    country = models.ForeignKey(
        Country,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        db_index=False,
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["source", "sort_locator", "pk"]
        constraints = [
            exactly_one_of("citation", *TARGETS),
            is_one_of("citation", "aspect", Aspect),
            is_one_of("citation", "access", Access),
            is_control_free("citation", "locator", "note"),
            check(
                "citation_relayed_is_second_hand",
                Q(via__isnull=True) | Q(access="second-hand"),
                gettext_lazy("A citation found through another source is second-hand."),
            ),
            check(
                "citation_is_not_via_itself",
                Q(via__isnull=True) | ~Q(via=models.F("source")),
                gettext_lazy("Found in another source than itself."),
            ),
            check(
                "citation_aspect_suits_its_record",
                Q(country__isnull=False) | ~Q(aspect__in=Aspect.of_countries()),
                gettext_lazy("Only a country has such codes and years."),
            ),
            models.UniqueConstraint(
                name="citation_is_recorded_once",
                fields=["source", "locator", "aspect", *TARGETS],
                nulls_distinct=False,
            ),
        ]
        indexes = [
            # The page of a source, in its own order.
            models.Index(name="citation_by_place", fields=["source", "sort_locator", "id"]),
            models.Index(
                name="citation_by_place_relayed",
                fields=["source", "sort_locator", "id"],
                condition=Q(access=Access.SECOND_HAND),
            ),
            # Names and countries: few citations are of one, and the others stay out of these.
            *(
                models.Index(
                    name=f"citation_by_{target}",
                    fields=[target],
                    condition=Q(**{f"{target}__isnull": False}),
                )
                for target in ("actor_name", "location_name", "country")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.locator}" if self.locator else str(self.source)

    @property
    def place_url(self) -> str:
        """Where the source's page shows it, among all that this source says of the record."""
        return self.place_url_of(getattr(self.record, NAMED_BY.get(self.target_field, "pk")))

    def place_url_of(self, name: str | int) -> str:
        """The same, for a record that addresses give this name."""
        source = self.source.get_absolute_url()
        return place_in(source, self.target_field, name, self.pk, self.aspect)

    @property
    def record_in_words(self) -> str:
        return f"{capfirst(str(self.record._meta.verbose_name))}: {self.record}"

    @property
    def record(self) -> models.Model:
        """What the citation supports."""
        record: models.Model = getattr(self, self.target_field)
        return record

    @property
    def record_key(self) -> tuple[str, int]:
        """What a citation calls the kind of that record, and the record's key."""
        target = self.target_field
        return target, getattr(self, f"{target}_id")

    @property
    def public_via(self) -> Source | None:
        """The source in which this one was found cited, where the public may see it."""
        return self.via if self.via and self.via.is_published else None

    @property
    def record_url(self) -> str:
        """The page on which that record is shown."""
        record: Any = self.record
        shown_on = {
            "participation": "event",
            "link": "from_event",
            "claim": "event",
            "position": "statement",
            "tenure": "person",
            "actor_name": "actor",
            "location_name": "location",
        }.get(self.target_field)
        page = getattr(record, shown_on) if shown_on else record
        return str(page.get_absolute_url()) if page is not None else ""

    @property
    def target_field(self) -> str:
        return next(field for field in TARGETS if getattr(self, f"{field}_id") is not None)

    def natural_key(self) -> tuple[Any, ...]:
        target = self.target_field
        key = getattr(self, target).natural_key()
        return (self.source.slug, self.locator, self.aspect, target, *key)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "actors.actor",
        "actors.actorname",
        "actors.country",
        "actors.tenure",
        "events.claim",
        "events.event",
        "events.eventlink",
        "events.location",
        "events.locationname",
        "events.participation",
        "events.position",
        "events.source",
        "events.statement",
    ]
