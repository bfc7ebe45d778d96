"""Summaries of published events that lists and counts read; kept by triggers of the database alone.

Many events are alike in what they are filtered by: same participants, countries, kind, standing,
speakers and sources. Such events share a *profile* (what data warehouses call a mini-dimension;
Kimball & Ross, The Data Warehouse Toolkit, 3rd ed., ch. 5), so that a facet is a sum over some
thousand profiles instead of a count over a million events. `EventFacts` says which profile an event
has, and where and when it was; the tallies say how many events of a profile lie where and when.

A tally may have several rows for one key: two writers at a time each change a row of their own
rather than wait for each other. Only the sum of `number` means anything.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Func, Value, When
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.db.models.query import ModelIterable

from actors.models import Actor, Country
from config.dates import AFTER_ALL, BEFORE_ALL
from config.rows import read_by_two
from events.known_dates import Sql
from events.models.events import Event
from events.models.kinds import EventType
from events.models.locations import Location
from events.models.sources import Source
from events.search.query import Query, answers_to, relevance
from events.search.settled import answers_as_told, are_not_told


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Conditions on what events share; each is what one filter parameter means."""

    def involving(self, actors: Iterable[Actor]) -> Self:
        """One of the actors, or of what is part of them, takes part in any role."""
        return self.filter(actors__overlap=[actor.pk for actor in actors])

    def in_countries(self, countries: Iterable[Country]) -> Self:
        """Took place in one of the countries, or an actor of one takes part."""
        return self.filter(countries__overlap=[country.pk for country in countries])

    def of_kinds(self, kinds: Iterable[EventType]) -> Self:
        return self.filter(kind__in=[kind.pk for kind in kinds])

    def of_standings(self, standings: Iterable[str]) -> Self:
        return self.filter(standing__in=list(standings))

    def spoken_about_by(self, speakers: Iterable[Actor]) -> Self:
        """A statement about the event by one of the speakers is recorded."""
        return self.filter(speakers__overlap=[speaker.pk for speaker in speakers])

    def rooted_around(self, places: Iterable[Location]) -> Self:
        """Took place in an outermost place that is one of these or around one of them."""
        return self.filter(root__in=sorted({place.lineage[0] for place in places}))

    def citing(self, sources: Iterable[Source]) -> Self:
        return self.filter(sources__overlap=[source.pk for source in sources])

    def not_told(self, told: Sql) -> Self:
        """Those whose events may answer to words, as the table `settled.judged` has it."""
        return self.filter(are_not_told(told))


def _keys() -> "ArrayField[list[int], list[int]]":
    """Primary keys in ascending order, each once."""
    return ArrayField(models.BigIntegerField())


class Profile(models.Model):
    """What some published events have in common; only what is published itself counts.

    `root` is the outermost place around theirs, published or not. `members` and `roles` are pairs:
    who takes part as what. `actors` are the members and whatever they are part of; `countries`
    those of the place and of the members.
    """

    # A digest of all that follows. Not unique: of two who make the same profile at one time,
    # neither waits for the other.
    key = models.BinaryField(db_index=True, editable=False)
    # No constraint: a profile stays when its last event is gone, and must not keep its kind.
    kind = models.ForeignKey(
        EventType, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    standing = models.CharField(max_length=10)
    root = models.ForeignKey(
        Location,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
    )
    members = ArrayField(models.BigIntegerField())
    roles = ArrayField(models.TextField())
    actors = _keys()
    countries = _keys()
    speakers = _keys()
    sources = _keys()
    # The transaction that made it, which alone may take it away again.
    made_in = models.BigIntegerField()

    objects = ProfileQuerySet.as_manager()

    class Meta:
        indexes = [
            # Where nearly every event has a profile of its own.
            GinIndex(name="profile_by_actor", fields=["actors"]),
            GinIndex(name="profile_by_country", fields=["countries"]),
            GinIndex(name="profile_by_speaker", fields=["speakers"]),
            GinIndex(name="profile_by_source", fields=["sources"]),
        ]

    def __str__(self) -> str:
        return f"profile {self.pk}"


class _ReadByTwo(ModelIterable):  # type: ignore[type-arg]  # takes no argument at run time
    def __iter__(self) -> Iterator["EventFacts"]:
        with read_by_two():
            found = list(super().__iter__())
        return iter(found)


class EventFactsQuerySet(models.QuerySet["EventFacts"]):
    def search(self, query: Query, told: Sql | None = None, unless: Any = None) -> Self:
        """Full text: words, "phrases", -not, or. `told`: by what profiles tell, as the table
        `settled.judged` has it, and by the documents of others; of use where rows are few or are
        met in some order, because no index knows. Nothing is asked of rows that meet `unless`."""
        found: Any = answers_as_told(query, told) if told else answers_to(query)
        if unless:
            found = ExpressionWrapper(found, output_field=models.BooleanField())
            found = Case(When(unless, then=Value(False)), default=found)
        return self.filter(found)

    def ranked(self, query: Query) -> Self:
        """With how well each answers to a query, as `relevance`."""
        return self.annotate(relevance=relevance(query, "document"))

    def read_by_two(self) -> Self:
        """By two processes at a time, where very many are looked at for a page of them."""
        rows = self.all()
        rows._iterable_class = _ReadByTwo
        return rows

    def gathered(self) -> "GatheredFacts":
        """To be put in order when all are found."""
        return GatheredFacts(self.model, self.query.chain(), self.db)


class GatheredFacts(EventFactsQuerySet):
    """Put in order by what no index has: the planner, which does not know how few they are, would
    look for them among all in the order of an index."""

    def order_by(self, *field_names: Any) -> Self:
        return super().order_by(*map(_in_no_index, field_names))


def _in_no_index(name: str) -> OrderBy:
    """The same value, as the greatest of one."""
    value = Func(F(name.removeprefix("-")), function="GREATEST")
    return OrderBy(value, descending=name.startswith("-"))


class EventFacts(models.Model):
    """One published event as counts and search see it; `location` only if that is published.

    What full text search reads is the `document`: title (A), names of actors and places in any
    script (B), summary (C), claims and statements about it (D), as far as each is published. Names
    stand in it as they are, all else as English stems, and the title as both.
    """

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, primary_key=True, related_name="facts"
    )
    profile = models.ForeignKey(
        Profile, on_delete=models.PROTECT, db_index=False, related_name="facts"
    )
    location = models.ForeignKey(
        Location, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    first_day = models.BigIntegerField()
    last_day = models.BigIntegerField()
    is_date_qualified = models.BooleanField()
    # The calendar month that the date surely lies in, as its first day; NULL where it may lie in
    # several. Most drawings tell nothing finer apart.
    month = models.GeneratedField(
        expression=Func("first_day", "last_day", function="sure_month"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    document = SearchVectorField()
    # As that of the event.
    sort_day = models.GeneratedField(
        expression=Case(
            When(first_day=BEFORE_ALL, then=Value(BEFORE_ALL)),
            When(last_day=AFTER_ALL, then=F("first_day")),
            default=F("last_day"),
            output_field=models.BigIntegerField(),
        ),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    updated_at = models.DateTimeField()  # as that of the event

    objects = EventFactsQuerySet.as_manager()

    class Meta:
        indexes = [
            # The timeline of a profile, and that of all.
            models.Index(name="eventfacts_by_profile", fields=["profile", "sort_day", "event"]),
            models.Index(
                name="eventfacts_by_day", fields=["sort_day", "event"], include=["profile"]
            ),
            # The order of change of all.
            models.Index(
                name="eventfacts_by_change", fields=["updated_at", "event"], include=["profile"]
            ),
            GinIndex(name="eventfacts_by_word", fields=["document"]),  # the filter `q`
        ]

    def __str__(self) -> str:
        return f"facts of event {self.event_id}"


class PlaceTally(models.Model):
    """How many events of a profile lie in a place; `location` is NULL for those in none."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    location = models.ForeignKey(
        Location, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    number = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(F("profile"), Coalesce(F("location"), 0), name="placetally_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.number} of profile {self.profile_id} in place {self.location_id}"


class DatedTally(models.Model):
    """How many events of a profile have dates of a span."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    first_day = models.BigIntegerField()
    last_day = models.BigIntegerField()
    is_date_qualified = models.BooleanField()
    number = models.BigIntegerField()

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                name="%(class)s_by_key",
                fields=["profile", "first_day", "last_day", "is_date_qualified"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} of profile {self.profile_id}, days {self.first_day}–{self.last_day}"


class SpanTally(DatedTally):
    """A date that surely lies in one calendar year counts for that year as a whole; every other
    date keeps its own first and last day. So conditions on ranges of whole years are exact."""


class MonthTally(DatedTally):
    """The same by calendar months: some times as many rows, for ranges of whole months."""


class ProfileWords(models.Model):
    """Which words the events of a profile have: each of them (`always`), or any (`ever`).

    Where many events are alike, so are their texts, and what words find among them is known without
    a look at each (small materialized aggregates: Moerkotte, VLDB 1998). `always` may lack words
    that each has, and `ever` have some that none has any more; never the other way round. Words
    that each has `alike`, as often and in parts of the same weight, rank all of them alike.

    Only profiles of many events have a row. Of one with several, or with a row without words,
    nothing is known: that is what a writer leaves who would have to wait for another.
    """

    profile = models.ForeignKey(
        Profile, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    always = SearchVectorField(null=True)
    ever = SearchVectorField(null=True)
    # Their places are only numbered.
    alike = SearchVectorField(null=True)
    # Those of `ever` that are not.
    unlike = models.GeneratedField(
        expression=Func("ever", Func("alike", function="tsvector_to_array"), function="ts_delete"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    def __str__(self) -> str:
        return f"words of profile {self.profile_id}"
