"""Rows with a date: the days it can mean, derived by the database, and conditions on them."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from config.db.constraints import check
from config.db.fields import derived
from config.db.publication import Publishable, PublishableQuerySet, Row
from config.db.text import LineField
from config.edtf.bounds import day_number
from config.edtf.dates import UncertainDate, parse
from config.edtf.fields import EdtfField


def lies_between(since: int | None, until: int | None, *, certainly: bool = False) -> Q:
    """The date may lie, or certainly lies, in the days from `since` to `until`."""
    first, last = ("first_day", "last_day") if certainly else ("last_day", "first_day")
    condition = Q()
    if since is not None:
        condition &= Q(**{f"{first}__gte": since})
    if until is not None:
        condition &= Q(**{f"{last}__lte": until})
    if certainly and condition:
        condition &= Q(is_date_qualified=False)
    return condition


def lies_in_years(years: Iterable[int], *, certainly: bool = False) -> Q:
    """The date may lie, or certainly lies, in one of the calendar years; there is one at least."""
    spans = [(day_number(year, 1, 1), day_number(year + 1, 1, 1) - 1) for year in years]
    return reduce(or_, (lies_between(*span, certainly=certainly) for span in spans))


class DatedQuerySet(PublishableQuerySet[Row]):
    def between(self, since: int | None, until: int | None, *, certainly: bool = False) -> Self:
        return self.filter(lies_between(since, until, certainly=certainly))


class DateBasis(models.TextChoices):
    """How a date is known."""

    STATED = "stated", gettext_lazy("stated by the source")
    INFERRED = "inferred", gettext_lazy("inferred by the editors")


def date_says_its_basis(table: str) -> list[models.CheckConstraint]:
    """An inferred date says from what; a stated one has no reason beside its citation."""
    return [
        check(f"{table}_date_basis_is_known", Q(date_basis__in=DateBasis.values)),
        check(
            f"{table}_inferred_date_has_a_reason",
            Q(date_basis=DateBasis.STATED) | (~Q(date_reason="") & ~Q(date="")),
            gettext_lazy("An inferred date says from what it is inferred."),
        ),
        check(
            f"{table}_stated_date_has_no_reason",
            Q(date_basis=DateBasis.INFERRED) | Q(date_reason=""),
            gettext_lazy("Only an inferred date has a reason."),
        ),
    ]


class Dated(Publishable):
    """A record with an EDTF date and the columns that the database derives from it.

    Where an end is open, the `_on` columns are NULL and the `_day` columns hold the least or
    greatest bigint, so that no comparison needs a case for NULL. `_day` is Python's ordinal;
    `_on` is NULL outside the years 1 to 9999 too.
    """

    DateBasis = DateBasis

    date = EdtfField()
    date_basis = models.CharField(
        gettext_lazy("how the date is known"),
        max_length=8,
        choices=DateBasis,
        default=DateBasis.STATED,
        db_default=DateBasis.STATED,
    )
    date_reason = LineField(
        gettext_lazy("from what it is inferred"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=gettext_lazy("Of an inferred date: for example, from the weekday in the text."),
    )
    earliest_on = derived("edtf_earliest_on", "date", models.DateField(null=True))
    latest_on = derived("edtf_latest_on", "date", models.DateField(null=True))
    first_day = derived("edtf_first_day", "date", models.BigIntegerField())
    last_day = derived("edtf_last_day", "date", models.BigIntegerField())
    # Where the row stands in the order of time: its last possible day, or its first where no
    # last is known; the least bigint where neither is.
    sort_day = derived("edtf_sort_day", "date", models.BigIntegerField())
    is_date_qualified = derived("edtf_is_qualified", "date", models.BooleanField())

    class Meta:
        abstract = True

    @property
    def is_date_inferred(self) -> bool:
        return self.date_basis == DateBasis.INFERRED

    @property
    def when(self) -> UncertainDate:
        return parse(self.date)
