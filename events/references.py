"""Numbered references of a page: every fact leads to its place in a source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Model, Q

from actors.models import Actor
from events.models import Citation, Location, Source
from events.models.support import target_of

# Of the citations of a row in a list, so many are shown.
SHOWN_IN_ROW = 3


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a source, read directly or second-hand; facts with the same place share it.

    `url` leads to where the source's page shows what the first of these facts rests on.
    """

    number: int
    source: Source
    locator: str
    access: str
    via: Source | None
    note: str
    url: str

    @property
    def anchor(self) -> str:
        return f"ref-{self.number}"

    @property
    def is_second_hand(self) -> bool:
        return self.access == Citation.Access.SECOND_HAND


class References:
    """The references of one page, numbered in the order in which the page first asks for them."""

    def __init__(self, citations: Iterable[Citation]) -> None:
        self._citations: dict[tuple[str, int], list[Citation]] = {}
        self._numbered: dict[tuple[object, ...], Reference] = {}
        # What the page writes for references of these numbers.
        self.marks: dict[tuple[int, ...], str] = {}
        for citation in citations:
            target = citation.target_field
            key = (target, getattr(citation, f"{target}_id"))
            self._citations.setdefault(key, []).append(citation)

    def of(self, record: Model, aspect: str = "") -> list[Reference]:
        """References of a fact: of this aspect of the record, or else of the record as a whole."""
        cited = self._citations.get((target_of(record), record.pk), [])
        found = [citation for citation in cited if citation.aspect == aspect]
        if not found:
            found = [citation for citation in cited if not citation.aspect]
        return self._numbered_each(record, found)

    def of_all(self, record: Model) -> list[Reference]:
        """References of the record as a whole and of every aspect."""
        return self._numbered_each(record, self._citations.get((target_of(record), record.pk), []))

    def _numbered_each(self, record: Model, citations: list[Citation]) -> list[Reference]:
        return list(dict.fromkeys(self._number(record, citation) for citation in citations))

    def _number(self, record: Model, citation: Citation) -> Reference:
        key = (
            citation.source_id,
            citation.locator,
            citation.access,
            citation.via_id,
            citation.note,
        )
        if key not in self._numbered:
            # The citation need not fetch what the page holds in its hand.
            setattr(citation, citation.target_field, record)
            self._numbered[key] = Reference(
                number=len(self._numbered) + 1,
                source=citation.source,
                locator=citation.locator,
                access=citation.access,
                via=citation.via,
                note=citation.note,
                url=citation.place_url,
            )
        return self._numbered[key]

    def __iter__(self) -> Iterator[Reference]:
        """Those that the page has asked for so far: to be printed last."""
        return iter(self._numbered.values())

    def __bool__(self) -> bool:
        return bool(self._numbered)


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source with one citation for each place in it that a row of a list rests on."""

    source: Source
    citations: list[Citation]


def cited_sources(records: Iterable[Any]) -> list[CitedSource]:
    """What these records, whose citations are loaded, rest on; the first of a place stands.

    A row of a list has no room for a curators' note, and so not for what the note rests on.
    """
    places: dict[tuple[int, str], Citation] = {}
    for record in records:
        # Of events `for_list` they are a list.
        loaded = record.cited if hasattr(record, "cited") else record.citations.all()
        for citation in loaded:
            if citation.aspect != Citation.Aspect.NOTE:
                places.setdefault((citation.source_id, citation.locator), citation)
    by_source = sorted(
        places.values(), key=lambda c: (c.source.sort_title, c.source_id, c.sort_locator)
    )
    return [
        CitedSource(source, list(group))
        for source, group in groupby(by_source, key=lambda citation: citation.source)
    ]


def load_first_citations(rows: Iterable[Actor | Location]) -> None:
    """Give each row of a list its first few citations, as `first_citations`, with one query."""
    by_key: dict[tuple[str, int], Any] = {(target_of(row), row.pk): row for row in rows}
    for row in by_key.values():
        row.first_citations = []
    actors = [pk for target, pk in by_key if target == "actor"]
    places = [pk for target, pk in by_key if target == "location"]
    cited = Citation.objects.published().filter(Q(actor__in=actors) | Q(location__in=places))
    for citation in cited.for_rows(SHOWN_IN_ROW):
        target = citation.target_field
        row = by_key[target, getattr(citation, f"{target}_id")]
        setattr(citation, target, row)
        row.first_citations.append(citation)
