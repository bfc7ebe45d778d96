"""What a citation can say of a record: which fact, read how, and what names the record."""

from django.db import models


class Access(models.TextChoices):
    DIRECT = "direct", "read directly"
    SECOND_HAND = "second-hand", "second-hand"


class Aspect(models.TextChoices):
    WHOLE = "", "the record as a whole"
    TITLE = "title", "what happened"
    DATE = "date", "date"
    PLACE = "place", "place"
    KIND = "kind", "kind"
    STANDING = "standing", "standing"
    NUMBER = "number", "number"
    COORDINATES = "coordinates", "coordinates"
    NAME = "name", "name"
    NOTE = "note", "curators’ note"
    ISO = "iso", "ISO 3166 codes"
    GW = "gw", "Gleditsch–Ward number"
    COW = "cow", "Correlates of War code"
    FIPS = "fips", "FIPS 10-4 code"
    EXISTENCE = "existence", "years of independence"

    @classmethod
    def of_countries(cls) -> list["Aspect"]:
        """Those that nothing but a country has."""
        return [cls.ISO, cls.GW, cls.COW, cls.FIPS, cls.EXISTENCE]


# What each kind of record is named with.
SHOWN_WITH = {
    "event": ["event"],
    "participation": ["participation__event", "participation__actor"],
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
