from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.db import models
from django.db.models import BigIntegerField, BooleanField, F, Func, Q
from django.utils.translation import gettext_lazy

from actors.models.actors import Actor
from actors.models.countries import Country
from actors.office_words import office_in_words
from config.db.constraints import is_control_free, is_given, is_one_of
from config.db.identity import Identified
from config.db.publication import State
from config.db.text import LineField, ProseField
from config.edtf.dates import UncertainDate
from config.edtf.fields import EdtfField


class TenureEnd(models.TextChoices):
    REAL = "real", gettext_lazy("real")
    ATTESTED = "attested", gettext_lazy("only attested")


class TenureQuerySet(models.QuerySet["Tenure"]):
    def get_by_natural_key(self, person: str, office: str, began: str) -> "Tenure":
        return self.get(person__slug=person, office=office, began=began)

    def published(self) -> Self:
        """Of somebody whom the public may see; and of a body that it may see, or of none."""
        of_body = Q(body__isnull=True) | Q(body__state=State.PUBLISHED)
        return self.filter(of_body, person__state=State.PUBLISHED)

    def of(self, actor: Actor) -> Self:
        """Offices that the actor holds, or that are offices of it."""
        return self.filter(Q(person=actor) | Q(body=actor))

    def in_country(self, country: Country) -> Self:
        """Offices of the country's bodies, and those that its people hold elsewhere."""
        return self.filter(Q(body__country=country) | Q(person__country=country))

    def held_on(self, date: UncertainDate) -> Self:
        """Offices surely held on every day that `date` can mean; none for an open date."""
        if date.first_day is None or date.last_day is None:
            return self.none()
        return self.filter(held__contains=(date.first_day, date.last_day + 1))

    def impossible(self) -> Self:
        """Surely over before it began."""
        days = {
            "first": Func("began", function="edtf_first_day", output_field=BigIntegerField()),
            "last": Func("ended", function="edtf_last_day", output_field=BigIntegerField()),
        }
        doubts = {
            f"is_{end}_in_doubt": Func(
                end, function="edtf_is_qualified", output_field=BooleanField()
            )
            for end in ("began", "ended")
        }
        rows = self.exclude(person__state=State.WITHDRAWN).alias(**days, **doubts)
        return rows.filter(first__gt=F("last"), is_began_in_doubt=False, is_ended_in_doubt=False)

    def for_list(self) -> Self:
        return self.select_related("person", "body").order_by("held", "office", "pk")

    def for_page(self) -> Self:
        """As `for_list`, with nothing but what the page of another record writes."""
        return self.for_list().only(
            *("office", "began", "began_is", "ended", "ended_is", "held", "note"),
            *("person__slug", "person__name", "body__slug", "body__name", "body__state"),
        )


class Tenure(Identified):
    """Who held which office, from when to when.

    Each end is real (the day the office was taken up or left), or attested (the first or last time
    that a source shows the person in office). An empty end is open. `held` are the days on which
    the office was surely held: an uncertain real end narrows it, an attested one does not.
    """

    belongs_to = ("person",)
    hidden_with = ("person", "body")

    End = TenureEnd

    person = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="tenures")
    office = LineField(max_length=200)
    body = models.ForeignKey(
        Actor,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="offices",
        help_text=gettext_lazy("The state or body whose office it is."),
    )
    began = EdtfField()
    began_is = models.CharField(max_length=8, choices=TenureEnd, default=TenureEnd.ATTESTED)
    ended = EdtfField()
    ended_is = models.CharField(max_length=8, choices=TenureEnd, default=TenureEnd.ATTESTED)
    held = models.GeneratedField(
        expression=Func(
            F("began"), F("began_is"), F("ended"), F("ended_is"), function="tenure_days"
        ),
        output_field=BigIntegerRangeField(),
        db_persist=True,
    )
    note = ProseField(blank=True, default="")

    objects = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["held", "pk"]
        constraints = [
            is_one_of("tenure", "began_is", TenureEnd),
            is_one_of("tenure", "ended_is", TenureEnd),
            is_given("tenure", "office"),
            is_control_free("tenure", "office", "note"),
            # Nobody holds one office twice at a time; also finds the offices of a person.
            ExclusionConstraint(
                name="tenure_office_held_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    ("held", RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy(
                    "This person already holds this office in that time."
                ),
            ),
            models.UniqueConstraint(
                name="tenure_is_recorded_once", fields=["person", "office", "began"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.office}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.person.slug, self.office, self.began)

    natural_key.dependencies = ["actors.actor"]  # type: ignore[attr-defined]

    def is_held_on(self, date: UncertainDate) -> bool:
        """Whether the office was surely held on every day that the date can mean."""
        if date.first_day is None or date.last_day is None or self.held.isempty:
            return False
        # psycopg gives ranges back with a lower bound within and an upper bound without.
        after_start = self.held.lower is None or self.held.lower <= date.first_day
        return after_start and (self.held.upper is None or date.last_day < self.held.upper)

    @property
    def in_words(self) -> str:
        """When it was held, as far as that is recorded."""
        return office_in_words(
            self.began, self.ended, self.began_is == TenureEnd.REAL, self.ended_is == TenureEnd.REAL
        )
