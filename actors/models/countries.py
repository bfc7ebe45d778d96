from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from config.db.constraints import check, is_one_of, language_is_a_tag
from config.db.fields import derived
from config.db.identity import Identified
from config.db.names import Name
from config.db.text import LineField
from config.edtf.dates import parse
from config.edtf.fields import EdtfField, first_day_of, last_day_of
from config.http.addresses import address_of
from config.search.names import NamedQuerySet
from config.search.rows import name_vector


class CodeStatus(models.TextChoices):
    OFFICIAL = "official", gettext_lazy("ISO 3166-1")
    FORMER = "former", gettext_lazy("formerly ISO 3166-1 (ISO 3166-3)")
    USER_ASSIGNED = "user-assigned", gettext_lazy("from ISO's user-assigned range")


class CountryQuerySet(NamedQuerySet["Country"]):
    def get_by_natural_key(self, iso3: str) -> "Country":
        return self.get(iso3=iso3)

    def published(self) -> Self:
        """All: a country is no curator's draft."""
        return self.all()

    def current(self) -> Self:
        return self.filter(exists_until="")

    def for_list(self) -> Self:
        return self.order_by("sort_name", "pk")


class Country(Identified):
    """A country of ISO 3166, Kosovo, or a state that is no more.

    `exists_from` and `exists_until` are the membership in the system of independent states
    (Gleditsch and Ward), empty where there is none; a dependent territory has neither.
    """

    CodeStatus = CodeStatus

    iso3 = models.CharField(gettext_lazy("ISO alpha-3"), max_length=3, unique=True)
    iso2 = models.CharField(gettext_lazy("ISO alpha-2"), max_length=2, blank=True, default="")
    iso_numeric = models.CharField(
        gettext_lazy("ISO numeric"), max_length=3, blank=True, default=""
    )
    code_status = models.CharField(max_length=13, choices=CodeStatus, default=CodeStatus.OFFICIAL)
    gw = models.PositiveSmallIntegerField(
        gettext_lazy("Gleditsch–Ward number"), null=True, blank=True
    )
    cow = models.PositiveSmallIntegerField(
        gettext_lazy("Correlates of War number"), null=True, blank=True
    )
    cow_abbreviation = models.CharField(
        gettext_lazy("Correlates of War code"), max_length=3, blank=True
    )
    fips = models.CharField("FIPS 10-4", max_length=2, blank=True, default="")
    name = LineField(max_length=120)
    sort_name = derived("sort_key", "name", models.TextField())
    exists_from = EdtfField()
    exists_until = EdtfField()
    exists_from_day = first_day_of("exists_from")
    exists_until_day = last_day_of("exists_until")

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name_plural = gettext_lazy("countries")
        constraints = [
            is_one_of("country", "code_status", CodeStatus),
            check(
                "country_iso3_is_three_letters",
                Q(iso3__regex="^[A-Z]{3}$"),
                gettext_lazy("Three capital letters."),
            ),
            check(
                "country_iso2_is_two_letters",
                Q(iso2__regex="^([A-Z]{2})?$"),
                gettext_lazy("Two capital letters or nothing."),
            ),
            check(
                "country_iso_numeric_is_three_digits",
                Q(iso_numeric__regex="^([0-9]{3})?$"),
                gettext_lazy("Three digits or nothing."),
            ),
            check(
                "country_fips_is_two_letters",
                Q(fips__regex="^([A-Z]{2})?$"),
                gettext_lazy("Two capital letters or nothing."),
            ),
            check(
                "country_exists_forward",
                Q(exists_from_day__lte=F("exists_until_day")),
                gettext_lazy("It ends before it begins."),
            ),
            # A code is given to one living country at a time; ISO and FIPS have used some twice.
            models.UniqueConstraint(
                name="country_iso2_is_unique", fields=["iso2"], condition=~Q(iso2="")
            ),
        ]
        indexes = [
            # Lists in the order of the alphabet.
            models.Index(name="country_by_name", fields=["sort_name", "id"]),
            # Words of a name, whatever searches for them.
            GinIndex(name_vector("name"), name="country_by_word"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("countries:country_detail", self.iso3)

    def natural_key(self) -> tuple[str]:
        return (self.iso3,)

    @property
    def existence(self) -> str:
        """The years of its independence, as far as they are recorded."""
        if not (self.exists_from or self.exists_until):
            return ""
        return parse(f"{self.exists_from or '..'}/{self.exists_until or '..'}").words


class CountryNameQuerySet(models.QuerySet["CountryName"]):
    def get_by_natural_key(self, iso3: str, language: str) -> "CountryName":
        return self.get(country__iso3=iso3, language=language)


class CountryName(Name):
    """A country's short name in one language (CLDR's, where it has one)."""

    belongs_to = ("country",)

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="names")

    objects = CountryNameQuerySet.as_manager()

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                name="countryname_one_per_language", fields=["country", "language"]
            ),
            language_is_a_tag("countryname"),
        ]
        indexes = [
            # Words of a name in any script.
            GinIndex(name_vector("name"), name="countryname_by_word"),
        ]

    def natural_key(self) -> tuple[str, str]:
        return (self.country.iso3, self.language)

    natural_key.dependencies = ["actors.country"]  # type: ignore[attr-defined]
