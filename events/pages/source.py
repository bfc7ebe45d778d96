"""Everything that one source supports, record by record, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import ActorName
from config.lists.filtering import Problem
from events.filters.sources import CitationFilterSet
from events.models import (
    Citation,
    Claim,
    LocationName,
    Participation,
    Position,
    Source,
    Statement,
)
from events.models.citations import CitationQuerySet

PAGE_SIZE = 50
# Of a source with more records, so many are looked at to tell how many rest on it alone.
EXAMINED = 2000
_KINDS = {
    "event": gettext_lazy("Event"),
    "participation": gettext_lazy("Role"),
    "link": gettext_lazy("Link"),
    "claim": gettext_lazy("Claim"),
    "statement": gettext_lazy("Statement"),
    "position": gettext_lazy("Position"),
    "tenure": gettext_lazy("Office"),
    "actor": gettext_lazy("Actor"),
    "location": gettext_lazy("Place"),
    "actor_name": gettext_lazy("Actor’s name"),
    "location_name": gettext_lazy("Place’s name"),
    "country": gettext_lazy("Country"),
}


@dataclass(frozen=True, slots=True)
class SourcedRecord:
    """A record with all the places in the source that support it, or one aspect of it."""

    citations: list[Citation]
    is_sole: bool

    @property
    def _first(self) -> Citation:
        return self.citations[0]

    @property
    def kind(self) -> str:
        return str(_KINDS[self._first.target_field])

    @property
    def is_country(self) -> bool:
        """Countries have pages even where nothing happened; crawlers need not read those."""
        return self._first.target_field == "country"

    @property
    def words(self) -> str:
        return _in_words(self._first.record)

    @property
    def url(self) -> str:
        """Where the record is shown; nothing for a claim about no event."""
        record = self._first.record
        if isinstance(record, Claim):
            is_shown = record.event and record.event.is_published
            return f"{self._first.record_url}#claim-{record.slug}" if is_shown else ""
        at_names = "#names" if isinstance(record, ActorName | LocationName) else ""
        return f"{self._first.record_url}{at_names}"

    @property
    def anchor(self) -> str:
        """An event's is named after it; the others are reached by those of their citations."""
        event = self._first.event
        return f"event-{event.slug}" if event else ""

    @property
    def facts(self) -> list[tuple[str, list[Citation]]]:
        """The record as a whole first, then its aspects."""
        by_aspect = sorted(self.citations, key=lambda citation: citation.aspect)
        return [
            (cited[0].get_aspect_display(), cited)
            for _aspect, group in groupby(by_aspect, key=lambda citation: citation.aspect)
            if (cited := list(group))
        ]


class SourceRecord:
    """What the public may see of what a source supports. At most six queries.

    The order is that of the source: by the first place in which a record is cited. A page is asked
    for by the citation `after` which it begins, so that the last page costs no more than the first.
    """

    def __init__(self, source: Source, filters: CitationFilterSet) -> None:
        self.source = source
        self.filters = filters

    @cached_property
    def problems(self) -> list[Problem]:
        asked = self.filters.data.get("after")
        if asked and not self.filters.problems and self._after is None:
            message = _("No page begins after “%(asked)s”.") % {"asked": asked[:40]}
            return [Problem("after", message)]
        return self.filters.problems

    @cached_property
    def _after(self) -> Citation | None:
        asked = self.filters.data.get("after", "")
        is_number = asked.isascii() and asked.isdigit() and len(asked) < 19
        return self._firsts.filter(pk=asked).first() if is_number else None

    @property
    def _firsts(self) -> CitationQuerySet:
        """The first citation of each record, in the order of the source."""
        rows, access = self.filters.narrow(), self.filters.chosen("access") or ""
        return rows.of_public_records().first_of_records(access).by_place()

    @cached_property
    def _page(self) -> list[tuple[Citation, bool]]:
        """One more than is shown, each with whether its record rests on this source alone."""
        if self.problems:
            return []
        if self._after:
            behind: Any = self._firsts.after(self._after).with_sole()[: PAGE_SIZE + 1]
            return [(row, row.is_sole) for row in behind]
        is_sole = dict(self._examined[: PAGE_SIZE + 1])
        rows = Citation.objects.filter(pk__in=is_sole).by_place()
        return [(row, is_sole[row.pk]) for row in rows]

    @property
    def next_query(self) -> str:
        """The query of the next page, or nothing."""
        if len(self._page) <= PAGE_SIZE:
            return ""
        joined = f"{self.filters.query}&" if self.filters.query else ""
        return f"?{joined}after={self._page[PAGE_SIZE - 1][0].pk}"

    @property
    def is_continued(self) -> bool:
        """Whether this is not the first page."""
        return "after" in self.filters.data

    @cached_property
    def records(self) -> list[SourcedRecord]:
        is_sole = {first.record_key: sole for first, sole in self._page[:PAGE_SIZE]}
        by_record: dict[tuple[str, int], list[Citation]] = {key: [] for key in is_sole}
        for citation in self._citations_of(by_record):
            by_record[citation.record_key].append(citation)
        return [SourcedRecord(found, is_sole[key]) for key, found in by_record.items() if found]

    def _citations_of(self, records: Iterable[tuple[str, int]]) -> CitationQuerySet:
        wanted = Q(pk__in=[])
        for target, group in groupby(sorted(records), key=lambda record: record[0]):
            wanted |= Q(**{f"{target}__in": [pk for _target, pk in group]})
        found = self.filters.narrow().filter(wanted).by_place()
        return found.with_records({target for target, _pk in records}).select_related("via")

    @cached_property
    def _examined(self) -> list[tuple[int, bool]]:
        """Of the first records: the first citation, and whether no other source supports it."""
        if self.problems:
            return []
        rows: Any = self._firsts.with_sole()
        return list(rows.values_list("pk", "is_sole")[:EXAMINED])

    @property
    def count(self) -> int:
        """How many records there are, or `EXAMINED` where there may be more."""
        return len(self._examined)

    @property
    def is_cut(self) -> bool:
        return self.count == EXAMINED

    @property
    def sole_count(self) -> int:
        """How many of those counted have no citation but from this source."""
        return sum(is_sole for _citation, is_sole in self._examined)


def _in_words(record: Model) -> str:
    match record:
        case Participation():
            alleged = _("alleged") + " " if record.is_alleged else ""
            role = record.role.name
            return f"{record.event.title}: {record.actor.name}, {alleged}{role}"
        case ActorName():
            return f"{record.actor.name}: {record.name} ({record.language})"
        case LocationName():
            return f"{record.location.name}: {record.name} ({record.language})"
        case Statement():
            return f"{record.speaker.name}: {record.paraphrase}"
        case Position():
            speaker, stance = record.statement.speaker.name, record.get_stance_display()
            target = record.target
            if isinstance(target, Statement):
                return _("%(speaker)s %(stance)s the statement of %(other)s") % {
                    "speaker": speaker,
                    "stance": stance,
                    "other": target.speaker.name,
                }
            return f"{speaker} {stance}: {target}"
        case _:
            return str(record)
