"""What a citation can say of a record: which fact, read how, and what names the record."""

from django.db import models
from django.utils.translation import gettext_lazy


class Access(models.TextChoices):
    DIRECT = "direct", gettext_lazy("read directly")
    SECOND_HAND = "second-hand", gettext_lazy("second-hand")


class Aspect(models.TextChoices):
    WHOLE = "", gettext_lazy("the record as a whole")
    TITLE = "title", gettext_lazy("what happened")
    DATE = "date", gettext_lazy("date")
    PLACE = "place", gettext_lazy("place")
    KIND = "kind", gettext_lazy("kind")
    STANDING = "standing", gettext_lazy("standing")
    NUMBER = "number", gettext_lazy("number")
    COORDINATES = "coordinates", gettext_lazy("coordinates")
    NAME = "name", gettext_lazy("name")
    NOTE = "note", gettext_lazy("curators’ note")
    ISO = "iso", gettext_lazy("ISO 3166 codes")
    GW = "gw", gettext_lazy("Gleditsch–Ward number")
    COW = "cow", gettext_lazy("Correlates of War code")
    FIPS = "fips", gettext_lazy("FIPS 10-4 code")
    EXISTENCE = "existence", gettext_lazy("years of independence")

    @classmethod
    def of_countries(cls) -> list["Aspect"]:
        """Those that nothing but a country has."""
        return [cls.ISO, cls.GW, cls.COW, cls.FIPS, cls.EXISTENCE]


# What each kind of record is named with.
SHOWN_WITH = {
    "event": ["event"],
    "participation": ["participation__event", "participation__actor", "participation__role"],
    "link": ["link__from_event", "link__to_event", "link__to_claim"],
    "claim": ["claim__event"],
    "statement": ["statement__speaker"],
    "position": [
        "position__statement__speaker",
        "position__claim",
        "position__event",
        "position__answered__speaker",
    ],
    "tenure": ["tenure__person"],
    "actor": ["actor"],
    "location": ["location"],
    "actor_name": ["actor_name__actor"],
    "location_name": ["location_name__location"],
    "country": ["country"],
}
# By what the page of a source names a record; all others by their number.
NAMED_BY = {
    "event": "slug",
    "claim": "slug",
    "actor": "slug",
    "location": "slug",
    "country": "iso3",
}
