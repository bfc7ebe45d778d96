"""Statements as outputs take them: by the filters of their list, newest first; feeds, last changed
first."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.db.versions import data_version, time_of
from config.lists.cursors import Keyset
from config.lists.paging import Queried
from events.exports import statement_records
from events.exports.addresses import Addresses
from events.exports.collection import Category, Collection, Entry, Flat
from events.exports.statement_fields import STATEMENT_FIELDS, flat
from events.exports.statement_records import StatementRecord
from events.exports.wording import date_in_words, sentence, source_in_words
from events.filters.statements import StatementFilterSet
from events.models import Statement
from events.models.changes import with_times


class OutputFilterSet(StatementFilterSet):
    """The filters of the list and nothing else: an output is whole, it has no pages."""

    OTHER_PARAMETERS = frozenset()
    keyset = Keyset(("-sort_day", "-pk"))


class FeedFilterSet(StatementFilterSet):
    """The filters of the list, and where a page of a feed begins. By last change: by date, a new
    entry about the past would never come to its readers."""

    OTHER_PARAMETERS = frozenset({"after"})
    keyset = Keyset(("-changed_at", "-pk"))


class StatementCollection(Collection[StatementRecord]):
    name = "statements"
    list_view = "statements:statement_list"
    heading = gettext_lazy("Statements")
    scope = gettext_lazy(
        "Each of these gives all the statements under the filters in force, not only this page."
    )
    fields = STATEMENT_FIELDS

    @classmethod
    def read_query(cls, data: QueryDict, *, is_feed: bool) -> OutputFilterSet | FeedFilterSet:
        rows = Statement.objects.published()
        if is_feed:
            return FeedFilterSet(data, queryset=with_times(rows))
        return OutputFilterSet(data, queryset=rows)

    def __init__(self, filters: OutputFilterSet | FeedFilterSet) -> None:
        self.filters = filters
        self._keyset = filters.keyset

    @cached_property
    def listed(self) -> Queried[Statement]:
        return Queried(self.filters.narrow(), self._keyset)

    @property
    def keys(self) -> list[int]:
        rows = self.filters.narrow().order_by(*self._keyset.fields)
        return list(rows.values_list("pk", flat=True))

    def read(self, keys: list[int]) -> Iterator[StatementRecord]:
        return statement_records.read(keys)

    def flat(self, record: StatementRecord, addresses: Addresses) -> Flat:
        return flat(record, addresses)

    def entry(self, record: StatementRecord, addresses: Addresses) -> Entry:
        return Entry(
            uuid=record.uuid,
            url=addresses.statement(record.pk),
            title=f"{record.speaker.name}: {' '.join(record.paraphrase.split())}",
            text="\n".join(_paragraphs(record)),
            published_at=None,
            updated_at=record.updated_at,
            categories=[
                Category("statement-speaker", record.speaker.slug, record.speaker.name),
                *dict.fromkeys(
                    Category("statement-stances", each.stance, each.stance_in_words)
                    for each in record.positions
                ),
            ],
            tags=list(dict.fromkeys(each.stance_in_words for each in record.positions)),
        )

    @cached_property
    def changed_at(self) -> datetime:
        """When anything public last changed: no time of statements alone outlasts those that go."""
        return time_of(data_version())


def _paragraphs(record: StatementRecord) -> Iterator[str]:
    yield record.paraphrase
    if record.quote:
        yield f"“{record.quote}”"
    yield sentence(
        _("Date"), date_in_words(record.date.words, record.date_basis), record.date_reason
    )
    for position in record.positions:
        yield sentence(_("Position"), position.in_words)
    if record.place:
        yield sentence(_("Place"), record.place.name)
    if record.audience:
        yield sentence(_("To"), ", ".join(actor.name for actor in record.audience))
    if record.occasion:
        yield sentence(_("Said at"), record.occasion.name)
    if record.sources:
        yield sentence(_("Sources"), "; ".join(map(source_in_words, record.sources)))
    if record.note:
        yield sentence(_("Curators’ note"), record.note)
