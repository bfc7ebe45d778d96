from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.db.constraints import check, is_control_free, is_given, is_one_of, slug_is_plain
from config.db.publication import PERMISSIONS, State
from config.db.text import LineField, ProseField
from config.edtf.dated import Dated, DatedQuerySet, date_says_its_basis
from config.http.addresses import address_of
from config.lists.cursors import Keyset
from config.search.query import Term, TextQuery
from config.search.rows import SearchedQuerySet, name_vector
from events.models.deleted import DeletedEvent
from events.models.former_slugs import FormerSlug
from events.models.kinds import EventType
from events.models.locations import Location
from events.models.sourced import SourcedQuerySet


class Standing(models.TextChoices):
    OCCURRED = "occurred", gettext_lazy("Occurred")
    REPORTED = "reported", gettext_lazy("Reported")
    ALLEGED = "alleged", gettext_lazy("Alleged")
    DISPUTED = "disputed", gettext_lazy("Disputed")
    CALLED_FOR = "called-for", gettext_lazy("Called for")
    REFUTED = "refuted", gettext_lazy("Refuted")


# What `order` takes; ties end in the primary key.
ORDERS = {
    "-date": Keyset(("-sort_day", "-pk")),
    "date": Keyset(("sort_day", "pk")),
    "-updated": Keyset(("-updated_at", "-pk")),
    "updated": Keyset(("updated_at", "pk")),
}


class EventQuerySet(  # type: ignore[override]
    SourcedQuerySet["Event"], DatedQuerySet["Event"], SearchedQuerySet["Event"]
):
    """Conditions on events; each is what one filter parameter means."""

    def holding(self, term: Term) -> Q:
        """Title or slug has the word, or a word that begins so: what curators choose events by."""
        return Q(words=TextQuery([term.included.code], of_beginnings=True))

    def withdrawn(self) -> Self:
        """No longer public, and known by the slug that they had in public.

        That is sure of those alone that have had it ever since they were first published. What
        was renamed since may have a slug now that nobody was ever told.
        """
        renamed = FormerSlug.objects.filter(
            record=OuterRef("uuid"), replaced_at__gt=OuterRef("published_at")
        )
        was_public = DeletedEvent.objects.filter(event_id=OuterRef("pk"), uuid=OuterRef("uuid"))
        return self.exclude(state=State.PUBLISHED).filter(Exists(was_public), ~Exists(renamed))

    def without_place(self) -> Self:
        return self.in_work().filter(location__isnull=True)

    def without_date(self) -> Self:
        return self.in_work().filter(date="")

    def get_by_natural_key(self, slug: str) -> "Event":
        return self.get(slug=slug)

    def in_order(self, order: str) -> Self:
        """By one of the keys of `ORDERS`."""
        return self.order_by(*ORDERS[order].fields)


class Event(Dated):
    """Something that happened, is said to have happened, or was called for."""

    Standing = Standing

    slug = models.SlugField(max_length=100, unique=True)
    title = LineField(max_length=300)
    words = models.GeneratedField(
        expression=name_vector("title", "slug", function="names_vector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    location = models.ForeignKey(
        Location, on_delete=models.RESTRICT, null=True, blank=True, related_name="events"
    )
    kind = models.ForeignKey(EventType, on_delete=models.RESTRICT, related_name="events")
    standing = models.CharField(max_length=10, choices=Standing)
    standing_reason = ProseField(
        blank=True, default="", help_text=gettext_lazy("Why the editors give it this standing.")
    )
    # Kept by a trigger: when the editors last changed their word or its reason.
    standing_since = models.DateTimeField(db_default=Now(), editable=False)
    # Kept by a trigger: when it was first published; null before that, and never changed after.
    published_at = models.DateTimeField(null=True, editable=False)
    summary = ProseField(blank=True, default="")
    note = ProseField(
        blank=True, default="", help_text=gettext_lazy("Curators' note, shown to readers.")
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        default_permissions = PERMISSIONS
        ordering = ["-sort_day", "-pk"]
        constraints = [
            slug_is_plain("event"),
            check(
                "event_slug_is_not_reserved",
                ~Q(slug="deleted"),
                gettext_lazy(
                    "The address “deleted” is taken: the API names there what is no longer public."
                ),
            ),
            *date_says_its_basis("event"),
            is_one_of("event", "state", State),
            is_one_of("event", "standing", Standing),
            is_given("event", "title"),
            is_control_free(
                "event", "title", "standing_reason", "summary", "note", "internal_note"
            ),
        ]
        indexes = [
            # Words of the title and the slug, by which curators choose events.
            GinIndex(name="event_by_word", fields=["words"]),
            # The newest first, among all that a curator searches, too.
            models.Index(name="event_by_day", fields=["sort_day", "id"]),
            # The timeline by last change: order=updated.
            models.Index(
                name="event_published_by_change",
                fields=["updated_at", "id"],
                condition=Q(state="published"),
            ),
            # since and until: the date may lie in a range.
            models.Index(
                name="event_published_by_span",
                fields=["last_day", "first_day"],
                condition=Q(state="published"),
            ),
            # What is not public is little, and left out of counts that read no other column.
            models.Index(
                name="event_not_published", fields=["id"], condition=~Q(state="published")
            ),
            # standing, in the order of time.
            models.Index(
                name="event_published_by_standing",
                fields=["standing", "sort_day", "id"],
                condition=Q(state="published"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("events:event_detail", self.slug)

    @property
    def place(self) -> Location | None:
        """The location where it is published: what readers see of where the event was."""
        return self.location if self.location and self.location.is_published else None

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["events.eventtype", "events.location"]  # type: ignore[attr-defined]


class PastStanding(models.Model):
    """A standing that the editors gave a published event before; written by a trigger alone."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="past_standings")
    standing = models.CharField(max_length=10, choices=Standing)
    reason = models.TextField(blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["-until", "-pk"]
        constraints = [is_one_of("paststanding", "standing", Standing)]

    def __str__(self) -> str:
        told = {"standing": self.get_standing_display(), "day": f"{self.until:%Y-%m-%d}"}
        return _("%(standing)s, until %(day)s") % told
