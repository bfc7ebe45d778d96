from datetime import date

from django.utils.translation import gettext_lazy

from events.api.following import FollowedFilterSet
from events.api.resources import Batch, Field, Resource, in_order
from events.api.schemas import DAY, SLUG_TEXT, TEXT, address_fields, column, date_fields, word
from events.filters.sources import SourceFilterSet
from events.models import Source
from events.models.changes import with_times
from events.models.sources import SourceQuerySet


class _Filters(FollowedFilterSet, SourceFilterSet):
    pass


def rows() -> SourceQuerySet:
    return with_times(Source.objects.published().for_list())


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


SOURCES = Resource(
    name="sources",
    singular="source",
    description=gettext_lazy(
        "What can be read and is cited. /api/events?source=… has the events that cite it."
    ),
    filters=_Filters,
    rows=rows,
    listed=in_order("sort_title", "pk"),
    batch=Batch,
    fields={
        **column("slug", SLUG_TEXT, gettext_lazy("Its name in addresses.")),
        **column("title", TEXT, gettext_lazy("Its title.")),
        **column("kind", word(Source.Kind.choices), gettext_lazy("What kind of source it is.")),
        **column("author", TEXT, gettext_lazy("Who wrote it.")),
        **column("publisher", TEXT, gettext_lazy("Who published it.")),
        **date_fields(
            lambda row: row.published_date, gettext_lazy("Of its publication, not of any event.")
        ),
        "address": Field(TEXT, gettext_lazy("Where it can be read."), lambda batch, row: row.url),
        "accessed_on": Field(
            DAY,
            gettext_lazy("The day on which it was last read at its address."),
            lambda batch, row: _day(row.accessed_on),
        ),
        "archived_address": Field(
            TEXT,
            gettext_lazy("Where an archived copy can be read."),
            lambda batch, row: row.archived_url,
        ),
        "archived_on": Field(
            DAY,
            gettext_lazy("The day on which that copy was made."),
            lambda batch, row: _day(row.archived_on),
        ),
        **column("language", TEXT, gettext_lazy("In which it is written: a BCP 47 tag.")),
        **column("licence", TEXT, gettext_lazy("Under which licence.")),
        **column("note", TEXT, gettext_lazy("The curators’ note.")),
        **address_fields("sources"),
    },
)
