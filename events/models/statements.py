from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy

from actors.models import Actor
from config.db.constraints import check, exactly_one_of, is_control_free, is_given, is_one_of
from config.db.identity import Identified
from config.db.publication import PERMISSIONS, State
from config.db.text import LineField, ProseField
from config.edtf.dated import Dated, DatedQuerySet, date_says_its_basis
from config.http.addresses import address_of
from config.search.query import Query, Term, TextQuery, answers_to
from config.search.rows import SearchedQuerySet
from config.search.spelling import Seen, common_terms
from events.models.citations import Citation
from events.models.claims import Claim
from events.models.events import Event
from events.models.locations import Location
from events.models.sourced import SourcedQuerySet

# UNION, not UNION ALL: a circle of answers ends. No chain leads on through a statement that the
# public may not see.
_TOLD_WITH = """
    WITH RECURSIVE told (id) AS (
        SELECT statement_id FROM events_statementevent WHERE event_id = %s
        UNION
        SELECT id FROM events_statement WHERE occasion_id = %s
        UNION
        SELECT position.statement_id FROM events_position AS position
        JOIN told ON told.id = position.answered_id
        JOIN events_statement AS answered ON answered.id = told.id AND answered.state = 'published'
        JOIN actors_actor AS speaker
            ON speaker.id = answered.speaker_id AND speaker.state = 'published'
    )
    SELECT id FROM told
"""


class StatementQuerySet(  # type: ignore[override]
    SourcedQuerySet["Statement"], DatedQuerySet["Statement"], SearchedQuerySet["Statement"]
):
    def get_by_natural_key(self, key: str | int) -> "Statement":
        return self.get(pk=key) if isinstance(key, int) else self.get(key=key)

    def published(self) -> Self:
        """Published, by a speaker whom the public may see."""
        return super().published().filter(speaker__state=State.PUBLISHED)

    def about(self, events: Any) -> Self:
        """Statements on these events: on them, on claims about them, or on such statements."""
        about = StatementEvent.objects.filter(statement=OuterRef("pk"), event__in=events)
        return self.filter(models.Exists(about))

    def told_with(self, event: Event) -> Self:
        """About the event or made at it, and what answers these, however far."""
        return self.filter(pk__in=RawSQL(_TOLD_WITH, [event.pk, event.pk]))  # noqa: S611

    def on_claims(self, claims: Iterable[Claim]) -> Self:
        """Taking a position on one of the claims."""
        taken = Position.objects.published().filter(claim__in=[claim.pk for claim in claims])
        return self.filter(models.Exists(taken.filter(statement=OuterRef("pk"))))

    def about_members(self, members: list[int], events: list[int] | None = None) -> Self:
        """What others said about some actors and all that is part of them, given by their keys.

        On events in which they act, on claims about such events, or on their own statements.
        `events` are the keys of these events where they are known: of all about which anybody said
        anything, at least.
        """
        acting, value = ("participations__actor__in", members) if events is None else ("in", events)
        taken = Position.objects.order_by().values("statement")
        on_events = taken.filter(**{f"event__{acting}": value}, event__state=State.PUBLISHED)
        on_claims = taken.filter(
            **{f"claim__event__{acting}": value},
            claim__event__state=State.PUBLISHED,
            claim__state=State.PUBLISHED,
        )
        on_statements = taken.filter(
            answered__speaker__in=members,
            answered__speaker__state=State.PUBLISHED,
            answered__state=State.PUBLISHED,
        )
        # A union, because an OR would be asked of every position there is.
        bearing = on_events.union(on_claims, on_statements)
        return self.exclude(speaker__in=members).filter(pk__in=bearing)

    def holding(self, term: Term) -> Q:
        """Paraphrase, quote, note or a name of the speaker has the term."""
        found = StatementSearch.objects.filter(document=TextQuery([term.included.code]))
        return Q(pk__in=found.order_by().values("pk"))

    def look_up(self, terms: Iterable[Term]) -> Mapping[Term, Seen]:
        common = common_terms(terms)
        seen = super().look_up(terms)
        return {term: replace(seen[term], is_common=term in common) for term in seen}

    def answering(self, query: Query) -> Self:
        """By whole documents: what is excluded must not stand in them."""
        return self.filter(pk__in=StatementSearch.objects.filter(answers_to(query)).values("pk"))

    def without_position(self) -> Self:
        taken = Position.objects.filter(statement=OuterRef("pk"))
        return self.in_work().exclude(models.Exists(taken))

    def taking(self, stances: Iterable[str]) -> Self:
        """One of the stances, on anything that the public may see."""
        taken = Position.objects.published().filter(stance__in=list(stances))
        return self.filter(models.Exists(taken.filter(statement=OuterRef("pk"))))

    def with_positions(self) -> Self:
        return self.prefetch_related(
            models.Prefetch("positions", Position.objects.published().for_list()),
            models.Prefetch("audience", Actor.objects.published()),
        )

    def with_citations(self) -> Self:
        """The statements' own, and those of their positions, which are loaded before."""
        citations = Citation.objects.published().for_list()
        return self.prefetch_related(
            models.Prefetch("citations", citations),
            models.Prefetch("positions__citations", citations),
        )

    def for_list(self) -> Self:
        rows = self.select_related("speaker__kind", "location", "occasion")
        return rows.order_by("-sort_day", "-pk")

    def for_page(self) -> Self:
        """As `for_list`, with nothing but what the page of another record writes."""
        return self.for_list().only(
            *("uuid", "date", "date_basis", "date_reason", "sort_day"),
            *("paraphrase", "quote", "note"),
            *("speaker__uuid", "speaker__slug", "speaker__name", "speaker__kind__nature"),
            *("location__name", "location__state"),
            *("occasion__slug", "occasion__title", "occasion__state"),
        )


class Statement(Dated):
    """What an actor said, when, where and to whom: paraphrased, with at most a short quote."""

    hidden_with = ("speaker",)

    key = models.SlugField(
        max_length=100,
        unique=True,
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "A lasting name for fixtures and imports; the address uses the number."
        ),
    )
    speaker = models.ForeignKey(Actor, on_delete=models.RESTRICT, related_name="statements")
    location = models.ForeignKey(
        Location, on_delete=models.RESTRICT, null=True, blank=True, related_name="statements"
    )
    occasion = models.ForeignKey(
        "events.Event",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="statements_made",
        help_text=gettext_lazy("The event at which it was said, not the one it is about."),
    )
    audience = models.ManyToManyField(Actor, blank=True, related_name="statements_heard")
    paraphrase = ProseField(help_text=gettext_lazy("What was said, in our own words."))
    quote = LineField(
        max_length=300,
        blank=True,
        default="",
        help_text=gettext_lazy("The speaker's own words, short."),
    )
    note = ProseField(
        blank=True, default="", help_text=gettext_lazy("Curators' note, shown to readers.")
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        default_permissions = PERMISSIONS
        ordering = ["-sort_day", "-pk"]
        constraints = [
            *date_says_its_basis("statement"),
            is_one_of("statement", "state", State),
            is_given("statement", "paraphrase"),
            is_control_free(
                "statement", "paraphrase", "quote", "note", "internal_note", "date_reason"
            ),
        ]
        indexes = [
            # The public list, newest first.
            models.Index(
                name="statement_published_by_day",
                fields=["sort_day", "id"],
                condition=Q(state="published"),
            ),
            # What an actor said, newest first.
            models.Index(name="statement_by_speaker", fields=["speaker", "sort_day", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.paraphrase[:80]}"

    def get_absolute_url(self) -> str:
        return address_of("statements:statement_detail", self.pk)

    def natural_key(self) -> tuple[str | int]:
        """The number of a statement that has no key, which curators' have not."""
        return (self.key or self.pk,)

    natural_key.dependencies = ["actors.actor", "events.event"]  # type: ignore[attr-defined]


class StatementSearch(models.Model):
    """What full text search of a statement reads; written by triggers of the database alone.

    The names of its speaker as they are (B), paraphrase and quote as English stems (C).
    """

    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, primary_key=True, related_name="search"
    )
    document = SearchVectorField()

    class Meta:
        default_permissions = ()
        indexes = [GinIndex(name="statementsearch_by_word", fields=["document"])]

    def __str__(self) -> str:
        return f"search document of statement {self.pk}"


class StatementEvent(models.Model):
    """View: which events a statement is about, directly or through a claim or another statement."""

    id = models.TextField(primary_key=True)
    statement = models.ForeignKey(
        Statement, on_delete=models.DO_NOTHING, related_name="about_events"
    )
    event = models.ForeignKey(
        "events.Event", on_delete=models.DO_NOTHING, related_name="about_statements"
    )

    class Meta:
        default_permissions = ()
        managed = False
        db_table = "events_statementevent"

    def __str__(self) -> str:
        return f"statement {self.statement_id} about event {self.event_id}"


class Stance(models.TextChoices):
    ASSERTS = "asserts", gettext_lazy("asserts")
    DENIES = "denies", gettext_lazy("denies")
    QUESTIONS = "questions", gettext_lazy("questions")
    REJECTS = "rejects", gettext_lazy("rejects")
    CONDEMNS = "condemns", gettext_lazy("condemns")
    SUPPORTS = "supports", gettext_lazy("supports")
    CALLS_FOR = "calls-for", gettext_lazy("calls for")
    LAMENTS = "laments", gettext_lazy("laments")


_STANCES = dict(Stance.choices)


class PositionQuerySet(models.QuerySet["Position"]):
    def get_by_natural_key(
        self, statement: str | int, stance: str, target: str, key: str | int
    ) -> "Position":
        model: Any = self.model._meta.get_field(target).related_model
        return self.get(
            statement=Statement.objects.get_by_natural_key(statement),
            stance=stance,
            **{target: model.objects.get_by_natural_key(key)},
        )

    def published(self, *, beside: Event | None = None) -> Self:
        """Of a published statement, on something that the public may see.

        `beside` is an event that is taken for published: a curator looks at it beforehand.
        """
        return self.said_publicly().on_public(beside=beside)

    def said_publicly(self) -> Self:
        """Of a published statement; enough where what they are on is known to be public."""
        return self.filter(
            statement__state=State.PUBLISHED, statement__speaker__state=State.PUBLISHED
        )

    def on_public(self, *, beside: Event | None = None) -> Self:
        """On something that the public may see; enough where their statements are published."""
        events = Event.objects.exclude(state=State.PUBLISHED)
        if beside:
            events = events.exclude(pk=beside.pk)
        speakers = Actor.objects.exclude(state=State.PUBLISHED)
        claims = Claim.objects.filter(~Q(state=State.PUBLISHED) | Q(event__in=events))
        answered = Statement.objects.filter(~Q(state=State.PUBLISHED) | Q(speaker__in=speakers))
        # Without what is hidden, which is little: all that is public would have to be joined.
        return (
            self.exclude(event__in=events).exclude(claim__in=claims).exclude(answered__in=answered)
        )

    def for_list(self) -> Self:
        return self.select_related(
            "statement__speaker", "claim__event", "event", "answered__speaker"
        ).order_by("statement__sort_day", "pk")

    def for_page(self) -> Self:
        """Of statements that are loaded: with nothing but what is written of what they are on."""
        rows = self.select_related("claim__event", "event", "answered__speaker").only(
            *("uuid", "stance", "statement"),
            *("claim__slug", "claim__text"),
            *("claim__event__slug", "claim__event__title", "claim__event__state"),
            *("event__slug", "event__title", "event__state"),
            *("answered__paraphrase", "answered__speaker__slug", "answered__speaker__name"),
        )
        return rows.order_by("pk")


class Position(Identified):
    """One statement's stance on a claim, an event or another statement."""

    belongs_to = ("statement",)
    hidden_with = ("statement", "claim", "event", "answered")

    Stance = Stance

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="positions")
    stance = models.CharField(max_length=9, choices=Stance)
    claim = models.ForeignKey(
        Claim, on_delete=models.CASCADE, null=True, blank=True, related_name="positions"
    )
    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, null=True, blank=True, related_name="positions"
    )
    answered = models.ForeignKey(
        Statement,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=gettext_lazy("statement answered"),
    )

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            exactly_one_of("position", "claim", "event", "answered"),
            is_one_of("position", "stance", Stance),
            check(
                "position_is_not_on_itself",
                Q(answered__isnull=True) | ~Q(answered=F("statement")),
                gettext_lazy("No statement answers itself."),
            ),
            models.UniqueConstraint(
                name="position_is_recorded_once",
                fields=["statement", "stance", "claim", "event", "answered"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()} (statement {self.statement_id})"

    def get_stance_display(self) -> str:  # type: ignore[no-redef]
        """As Django gives it, which makes a dictionary of all stances each time."""
        return str(_STANCES.get(self.stance, self.stance))

    @property
    def target(self) -> "Claim | Event | Statement":
        target = self.claim or self.event or self.answered
        if target is None:
            raise ValueError("a position is on a claim, an event or a statement")
        return target

    def natural_key(self) -> tuple[Any, ...]:
        for field in ("claim", "event", "answered"):
            if target := getattr(self, field):
                return (*self.statement.natural_key(), self.stance, field, *target.natural_key())
        raise ValueError("a position is on a claim, an event or a statement")

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "events.claim",
        "events.event",
        "events.statement",
    ]
