from typing import Self

from django.db import models
from django.db.models import F, Q

from actors.models import Actor
from config.constraints import check, exactly_one_of, is_control_free, is_one_of
from config.publication import State
from config.text import LineField


class Role(models.TextChoices):
    INITIATOR = "initiator", "Initiator"
    DECIDER = "decider", "Decided"
    PERPETRATOR = "perpetrator", "Perpetrator"
    INTERVENER = "intervener", "Intervener"
    AUTHOR = "author", "Author"
    SPEAKER = "speaker", "Speaker"
    VISITOR = "visitor", "Visitor"
    HOST = "host", "Host"
    PARTICIPANT = "participant", "Participant"
    MEDIATOR = "mediator", "Mediator"
    WITNESS = "witness", "Witness"
    AUDIENCE = "audience", "Audience"
    CALLED_UPON = "called-upon", "Called upon"
    TARGET = "target", "Target"
    VICTIM = "victim", "Victim"


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def get_by_natural_key(self, event: str, actor: str, role: str) -> "Participation":
        return self.get(event__slug=event, actor__slug=actor, role=role)

    def published(self) -> Self:
        return self.filter(actor__state=State.PUBLISHED, event__state=State.PUBLISHED)

    def for_list(self) -> Self:
        return self.select_related("actor", "actor__country").order_by("pk")


class Participation(models.Model):
    """An actor's role in an event, and whether that role is only alleged."""

    Role = Role

    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, related_name="participations"
    )
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=11, choices=Role)
    is_alleged = models.BooleanField(
        "only alleged", default=False, help_text="The role is alleged, not established."
    )
    note = LineField(max_length=300, blank=True, default="")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="participation_is_recorded_once", fields=["event", "actor", "role"]
            ),
            is_one_of("participation", "role", Role),
            is_control_free("participation", "note"),
        ]
        indexes = [
            # The events of an actor: the filters `actor` and `country`.
            models.Index(name="participation_by_actor", fields=["actor", "event"]),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.get_role_display()}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.event.slug, self.actor.slug, self.role)

    natural_key.dependencies = ["events.event", "actors.actor"]  # type: ignore[attr-defined]


class Relation(models.TextChoices):
    ABOUT = "about", "is about"
    RESPONDS_TO = "responds-to", "responds to"
    AGGRAVATES = "aggravates", "aggravates"
    PART_OF = "part-of", "is part of"
    FOLLOWS = "follows", "follows"


class Basis(models.TextChoices):
    STATED = "stated", "stated by the source"
    INFERRED = "inferred", "inferred by the editors"


class EventLinkQuerySet(models.QuerySet["EventLink"]):
    def get_by_natural_key(self, event: str, relation: str, target: str, slug: str) -> "EventLink":
        return self.get(from_event__slug=event, relation=relation, **{f"to_{target}__slug": slug})

    def published(self) -> Self:
        to_event = Q(to_event__isnull=True) | Q(to_event__state=State.PUBLISHED)
        to_claim = Q(to_claim__isnull=True) | Q(to_claim__state=State.PUBLISHED)
        return self.filter(to_event, to_claim, from_event__state=State.PUBLISHED)

    def for_list(self) -> Self:
        return self.select_related("from_event", "to_event", "to_claim").order_by("pk")


class EventLink(models.Model):
    """How one event bears on another, or on what a claim describes; stated or inferred."""

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
                "eventlink_leads_elsewhere", Q(to_event__isnull=True) | ~Q(to_event=F("from_event"))
            ),
            models.UniqueConstraint(
                name="eventlink_is_recorded_once",
                fields=["from_event", "relation", "to_event", "to_claim"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_event} {self.get_relation_display()} {self.to_event or self.to_claim}"

    def natural_key(self) -> tuple[str, str, str, str]:
        key = (self.from_event.slug, self.relation)
        if self.to_event:
            return (*key, "event", self.to_event.slug)
        if self.to_claim:
            return (*key, "claim", self.to_claim.slug)
        raise ValueError("a link leads to an event or a claim")

    natural_key.dependencies = ["events.event", "events.claim"]  # type: ignore[attr-defined]
