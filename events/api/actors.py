from collections import defaultdict
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy

from actors.filters import ActorFilterSet
from actors.models import Actor, Tenure
from actors.models.actors import ActorQuerySet
from events.api.citations import CITATIONS, Found, citations_field, citations_of
from events.api.following import FollowedFilterSet
from events.api.resources import Batch, Field, Resource, in_order
from events.api.schemas import (
    NAMED,
    SLUG_TEXT,
    TEXT,
    UUID_TEXT,
    address_fields,
    column,
    country_field,
    many,
    named,
    names_field,
    nullable,
    record,
    word,
)
from events.models.changes import with_times


class _Filters(FollowedFilterSet, ActorFilterSet):
    pass


def rows() -> ActorQuerySet:
    return with_times(Actor.objects.published().for_list().prefetch_related("names"))


class ActorBatch(Batch):
    @cached_property
    def tenures(self) -> dict[int, list[Tenure]]:
        found = defaultdict(list)
        for tenure in Tenure.objects.published().filter(person__in=self.keys).for_list():
            found[tenure.person_id].append(tenure)
        return found

    @cached_property
    def citations(self) -> Found:
        tenures = [tenure.pk for some in self.tenures.values() for tenure in some]
        return citations_of(actor=self.keys, tenure=tenures)


def _tenures(batch: ActorBatch, row: Actor) -> list[dict[str, Any]]:
    return [
        {
            "uuid": str(tenure.uuid),
            "office": tenure.office,
            "body": named(tenure.body),
            "began": tenure.began,
            "began_is": tenure.began_is,
            "ended": tenure.ended,
            "ended_is": tenure.ended_is,
            "in_words": tenure.in_words,
            "note": tenure.note,
            "citations": batch.citations.get(("tenure", tenure.pk), []),
        }
        for tenure in batch.tenures.get(row.pk, [])
    ]


_END = word(Tenure.End.choices)
_TENURE = record(
    uuid=UUID_TEXT,
    office=TEXT,
    body=nullable(NAMED),
    began=TEXT,
    began_is=_END,
    ended=TEXT,
    ended_is=_END,
    in_words=TEXT,
    note=TEXT,
    citations=CITATIONS,
)
ACTORS = Resource(
    name="actors",
    singular="actor",
    description=gettext_lazy(
        "Whoever acts or speaks: people, states and their bodies, groups, populations."
    ),
    filters=_Filters,
    rows=rows,
    listed=in_order("sort_name", "pk"),
    batch=ActorBatch,
    fields={
        **column("slug", SLUG_TEXT, gettext_lazy("Its name in addresses.")),
        **column("name", TEXT, gettext_lazy("Its name.")),
        **names_field(),
        "kind": Field(
            SLUG_TEXT,
            gettext_lazy("What kind of actor it is, as the filter kind takes it."),
            lambda batch, row: row.kind_id,
        ),
        **country_field(),
        "part_of": Field(
            nullable(NAMED),
            gettext_lazy("What it is part of: a ministry of its government."),
            lambda batch, row: named(row.part_of),
        ),
        **column("summary", TEXT, gettext_lazy("Who this is, in a sentence or two.")),
        **column("note", TEXT, gettext_lazy("The curators’ note.")),
        "tenures": Field(
            many(_TENURE),
            gettext_lazy(
                "The offices of a person. Either end is an EDTF date, and real or only attested: "
                "the first or last time that a source shows the person in office."
            ),
            _tenures,
        ),
        **citations_field("actor"),
        **address_fields("actors"),
    },
)
