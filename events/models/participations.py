from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy

from actors.models import Actor
from config.db.constraints import check, exactly_one_of, is_control_free, is_one_of
from config.db.identity import Identified
from config.db.publication import State
from config.db.text import LineField
from config.edtf.dates import lag
from events.models.roles import Role

if TYPE_CHECKING:
    from events.models.events import Event


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def get_by_natural_key(self, event: str, actor: str, role: str) -> "Participation":
        return self.get(event__slug=event, actor__slug=actor, role__slug=role)

    def published(self) -> Self:
        return self.filter(actor__state=State.PUBLISHED, event__state=State.PUBLISHED)

    def for_list(self) -> Self:
        return self.select_related("role", "actor", "actor__country").order_by("pk")


class Participation(Identified):
    """An actor's role in an event, and whether that role is only alleged."""

    belongs_to = ("event",)
    hidden_with = ("event", "actor")

    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, related_name="participations"
    )
    actor = models.ForeignKey(Actor, on_delete=models.RESTRICT, related_name="participations")
    # The column holds the slug.
    role = models.ForeignKey(
        Role,
        on_delete=models.RESTRICT,
        to_field="slug",
        db_column="role",
        db_index=False,
        related_name="participations",
    )
    is_alleged = models.BooleanField(
        gettext_lazy("only alleged"),
        default=False,
        help_text=gettext_lazy("The role is alleged, not established."),
    )
    note = LineField(max_length=300, blank=True, default="")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="participation_is_recorded_once", fields=["event", "actor", "role"]
            ),
            is_control_free("participation", "note"),
        ]
        indexes = [
            # The events of an actor: the filters `actor` and `country`, and its roles in them.
            models.Index(
                name="participation_by_actor",
                fields=["actor", "event"],
                include=["role", "is_alleged"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.role}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.event.slug, self.actor.slug, self.role_id)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "events.event",
        "events.role",
        "actors.actor",
    ]


class Relation(models.TextChoices):
    ABOUT = "about", gettext_lazy("is about")
    RESPONDS_TO = "responds-to", gettext_lazy("responds to")
    AGGRAVATES = "aggravates", gettext_lazy("aggravates")
    PART_OF = "part-of", gettext_lazy("is part of")
    FOLLOWS = "follows", gettext_lazy("follows")


class Basis(models.TextChoices):
    STATED = "stated", gettext_lazy("stated by the source")
    INFERRED = "inferred", gettext_lazy("inferred by the editors")


# UNION, not UNION ALL: a circle of answers ends. No chain leads on through an event that the public
# may not see.
_THREAD = """
    WITH RECURSIVE answered (id, event_id) AS (
        SELECT id, to_event_id FROM events_eventlink
        WHERE relation = 'responds-to' AND from_event_id = %s
        UNION
        SELECT link.id, link.to_event_id FROM events_eventlink AS link
        JOIN answered ON link.from_event_id = answered.event_id
        JOIN events_event AS event ON event.id = answered.event_id AND event.state = 'published'
        WHERE link.relation = 'responds-to'
    ), answering (id, event_id) AS (
        SELECT id, from_event_id FROM events_eventlink
        WHERE relation = 'responds-to' AND to_event_id = %s
        UNION
        SELECT link.id, link.from_event_id FROM events_eventlink AS link
        JOIN answering ON link.to_event_id = answering.event_id
        JOIN events_event AS event ON event.id = answering.event_id AND event.state = 'published'
        WHERE link.relation = 'responds-to'
    )
    SELECT id FROM answered UNION SELECT id FROM answering
"""


class EventLinkQuerySet(models.QuerySet["EventLink"]):
    def get_by_natural_key(self, event: str, relation: str, target: str, slug: str) -> "EventLink":
        return self.get(from_event__slug=event, relation=relation, **{f"to_{target}__slug": slug})

    def published(self) -> Self:
        """From and to something that the public may see."""
        to_event = Q(to_event__isnull=True) | Q(to_event__state=State.PUBLISHED)
        about = Q(to_claim__event__isnull=True) | Q(to_claim__event__state=State.PUBLISHED)
        to_claim = Q(to_claim__isnull=True) | Q(about, to_claim__state=State.PUBLISHED)
        return self.filter(to_event, to_claim, from_event__state=State.PUBLISHED)

    def impossible(self) -> Self:
        """An answer, or what follows, that was surely over before what it leads to began."""
        ends = self.exclude(from_event__state=State.WITHDRAWN)
        return ends.exclude(to_event__state=State.WITHDRAWN).filter(
            relation__in=[Relation.RESPONDS_TO, Relation.FOLLOWS],
            from_event__last_day__lt=F("to_event__first_day"),
            from_event__is_date_qualified=False,
            to_event__is_date_qualified=False,
        )

    def in_thread_of(self, event: "Event") -> Self:
        """What the event answers, what that answers …, and what answered it, however far."""
        return self.filter(pk__in=RawSQL(_THREAD, [event.pk, event.pk]))  # noqa: S611

    def for_list(self) -> Self:
        return self.select_related("from_event", "to_event", "to_claim").order_by("pk")

    def for_page(self) -> Self:
        """As `for_list`, with nothing but what the page of an event writes."""
        ends = [
            f"{end}__{name}"
            for end in ("from_event", "to_event")
            for name in ("slug", "title", "date", "standing")
        ]
        claim = ("to_claim__slug", "to_claim__text")
        return self.for_list().only("relation", "basis", "note", *ends, *claim)


class EventLink(Identified):
    """How one event bears on another, or on what a claim describes; stated or inferred."""

    belongs_to = ("from_event",)
    hidden_with = ("from_event", "to_event", "to_claim")

    Relation = Relation
    Basis = Basis

    from_event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="links")
    relation = models.CharField(max_length=11, choices=Relation)
    to_event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, null=True, blank=True, related_name="links_here"
    )
    to_claim = models.ForeignKey(
        "events.Claim", on_delete=models.CASCADE, null=True, blank=True, related_name="links_here"
    )
    basis = models.CharField(max_length=8, choices=Basis, default=Basis.STATED)
    note = LineField(max_length=500, blank=True, default="")

    objects = EventLinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            exactly_one_of("eventlink", "to_event", "to_claim"),
            is_one_of("eventlink", "relation", Relation),
            is_one_of("eventlink", "basis", Basis),
            is_control_free("eventlink", "note"),
            check(
                "eventlink_leads_elsewhere",
                Q(to_event__isnull=True) | ~Q(to_event=F("from_event")),
                gettext_lazy("A link leads to another event."),
            ),
            models.UniqueConstraint(
                name="eventlink_is_recorded_once",
                fields=["from_event", "relation", "to_event", "to_claim"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_event} {self.get_relation_display()} {self.to_event or self.to_claim}"

    @property
    def lag(self) -> str:
        """How much later this event came than the one it leads to, as far as both dates allow."""
        if self.to_event is None:
            return ""
        is_response = self.relation == Relation.RESPONDS_TO
        return lag(self.to_event.when, self.from_event.when, is_response=is_response)

    def natural_key(self) -> tuple[str, str, str, str]:
        key = (self.from_event.slug, self.relation)
        if self.to_event:
            return (*key, "event", self.to_event.slug)
        if self.to_claim:
            return (*key, "claim", self.to_claim.slug)
        raise ValueError("a link leads to an event or a claim")

    natural_key.dependencies = ["events.event", "events.claim"]  # type: ignore[attr-defined]
