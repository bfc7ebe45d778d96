from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from actors.models import Country
from config.db.constraints import (
    check,
    is_control_free,
    is_given,
    is_one_of,
    language_is_a_tag,
    slug_is_plain,
)
from config.db.fields import derived
from config.db.names import SearchableName
from config.db.publication import PERMISSIONS, Publishable, State
from config.db.text import LineField, ProseField
from config.db.trees import TreeQuerySet, TreeRow
from config.http.addresses import address_of
from config.search.names import NamedQuerySet
from config.search.rows import name_vector


class LocationKind(models.TextChoices):
    COUNTRY = "country", gettext_lazy("Country")
    PROVINCE = "province", gettext_lazy("Province")
    DISTRICT = "district", gettext_lazy("District")
    TOWN = "town", gettext_lazy("Town or village")
    SITE = "site", gettext_lazy("Site")
    REGION = "region", gettext_lazy("Region across borders")
    WATER = "water", gettext_lazy("Sea, lake or river")


class LocationPrecision(models.TextChoices):
    EXACT = "exact", gettext_lazy("the site itself")
    TOWN = "town", gettext_lazy("somewhere in the town")
    NEAR = "near", gettext_lazy("within 25 km")
    PROVINCE = "province", gettext_lazy("somewhere in the province")
    COUNTRY = "country", gettext_lazy("somewhere in the country")
    UNKNOWN = "unknown", gettext_lazy("not known")


class LocationQuerySet(  # type: ignore[override]
    TreeQuerySet["Location"], NamedQuerySet["Location"]
):
    def get_by_natural_key(self, slug: str) -> "Location":
        return self.get(slug=slug)

    def for_list(self) -> Self:
        return self.select_related("country", "parent").order_by("sort_name", "pk")

    def for_detail(self) -> Self:
        return self.select_related("country", "parent")


class Location(TreeRow, Publishable):
    """Where: a place in the tree country › province › town › site.

    Coordinates are WGS 84, in degrees; `precision` says what they stand for, so that no map draws
    the middle of a country as a site.
    """

    Kind = LocationKind
    Precision = LocationPrecision

    slug = models.SlugField(max_length=100, unique=True)
    name = LineField(max_length=300)
    sort_name = derived("sort_key", "name", models.TextField())
    kind = models.CharField(max_length=8, choices=LocationKind)
    parent = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="children"
    )
    country = models.ForeignKey(
        Country, on_delete=models.RESTRICT, null=True, blank=True, related_name="locations"
    )
    latitude = models.FloatField(
        null=True, blank=True, help_text=gettext_lazy("Degrees north, WGS 84.")
    )
    longitude = models.FloatField(
        null=True, blank=True, help_text=gettext_lazy("Degrees east, WGS 84.")
    )
    precision = models.CharField(
        max_length=8, choices=LocationPrecision, default=LocationPrecision.UNKNOWN
    )
    note = ProseField(
        blank=True, default="", help_text=gettext_lazy("Curators' note, shown to readers.")
    )

    objects = LocationQuerySet.as_manager()

    class Meta:
        default_permissions = PERMISSIONS
        ordering = ["sort_name", "pk"]
        constraints = [
            slug_is_plain("location"),
            is_one_of("location", "state", State),
            is_one_of("location", "kind", LocationKind),
            is_one_of("location", "precision", LocationPrecision),
            is_given("location", "name"),
            is_control_free("location", "name", "note", "internal_note"),
            check(
                "location_is_not_inside_itself",
                Q(parent__isnull=True) | ~Q(parent=F("id")),
                gettext_lazy("No place lies inside itself."),
            ),
            check(
                "location_coordinates_are_on_earth",
                Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                gettext_lazy(
                    "Give both a latitude from -90 to 90 and a longitude from -180 to 180, or "
                    "neither."
                ),
            ),
            check(
                "location_precision_goes_with_coordinates",
                Q(latitude__isnull=True, precision="unknown")
                | (Q(latitude__isnull=False) & ~Q(precision="unknown")),
                gettext_lazy("Coordinates need a precision, and a precision needs coordinates."),
            ),
        ]
        indexes = [
            # The public list, in the order of the alphabet.
            models.Index(
                name="location_published_by_name",
                fields=["sort_name", "id"],
                condition=Q(state="published"),
            ),
            # The same of one country.
            models.Index(
                name="location_by_country_and_name",
                fields=["country", "sort_name", "id"],
                condition=Q(state="published"),
            ),
            # All places inside one: the filter `location`.
            GinIndex(name="location_by_lineage", fields=["lineage"]),
            # Words of a name, whatever searches for them.
            GinIndex(name_vector("name"), name="location_by_word"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("locations:location_detail", self.slug)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["actors.country"]  # type: ignore[attr-defined]

    @property
    def has_coordinates(self) -> bool:
        return self.latitude is not None

    @property
    def coordinates_in_words(self) -> str:
        """Degrees with as many decimals as the precision bears out."""
        if self.latitude is None or self.longitude is None:
            return ""
        decimals = {"exact": 4, "town": 2, "near": 1, "province": 1, "country": 0}[self.precision]
        north = f"{abs(self.latitude):.{decimals}f}° {'N' if self.latitude >= 0 else 'S'}"
        east = f"{abs(self.longitude):.{decimals}f}° {'E' if self.longitude >= 0 else 'W'}"
        return f"{north}, {east}"


class LocationNameQuerySet(models.QuerySet["LocationName"]):
    def get_by_natural_key(self, slug: str, language: str, name: str) -> "LocationName":
        return self.get(location__slug=slug, language=language, name=name)

    def published(self) -> Self:
        return self.filter(location__state=State.PUBLISHED)


class LocationName(SearchableName):
    """Another name of a place: in another script, a former name."""

    belongs_to = hidden_with = ("location",)

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="names")

    objects = LocationNameQuerySet.as_manager()

    class Meta:
        ordering = ["language", "sort_name"]
        constraints = [
            models.UniqueConstraint(
                name="locationname_is_given_once", fields=["location", "language", "name"]
            ),
            language_is_a_tag("locationname"),
            is_given("locationname", "name"),
            is_control_free("locationname", "name"),
        ]
        indexes = [
            # Words of a name in any script.
            GinIndex(name_vector("name"), name="locationname_by_word"),
        ]

    def natural_key(self) -> tuple[str, str, str]:
        return (self.location.slug, self.language, self.name)

    natural_key.dependencies = ["events.location"]  # type: ignore[attr-defined]
