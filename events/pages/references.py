"""Numbered references of a page: every fact leads to its place in a source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Model, Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from actors.models import Actor
from events.models import Citation, Location, Source
from events.models.aspects import NAMED_BY
from events.models.support import target_of

# Of the citations of a row in a list, so many are shown.
SHOWN_IN_ROW = 3
_UNCITED = mark_safe(' <span class="uncited">no source recorded</span>')


def keys_of(records: Iterable[Model]) -> list[int]:
    return [record.pk for record in records]


def read_cited(keys: Mapping[str, Iterable[int]]) -> list[Citation]:
    """The public citations of these records, given by what a citation calls their kind."""
    wanted = Q()
    for target, found in keys.items():
        if records := list(found):
            wanted |= Q(**{f"{target}__in": records})
    return list(Citation.objects.published().filter(wanted).for_list()) if wanted else []


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a source, read directly or second-hand; facts with the same place share it.

    `url` leads to where the source's page shows what the first of these facts rests on.
    """

    number: int
    title: str
    locator: str
    access: str
    via: str
    note: str
    url: str

    @property
    def anchor(self) -> str:
        return f"ref-{self.number}"

    @property
    def is_second_hand(self) -> bool:
        return self.access == Citation.Access.SECOND_HAND

    @property
    def mark(self) -> SafeString:
        """The number that leads to it; what it is, for whoever hears the page."""
        place = f"{self.title}, {self.locator}" if self.locator else self.title
        html = '<a href="#{anchor}" aria-label="Reference {number}: {place}">{number}</a>'
        return format_html(html, anchor=self.anchor, number=self.number, place=place)


class References:
    """The references of one page, numbered in the order in which the page first asks for them."""

    def __init__(self, citations: Iterable[Citation]) -> None:
        self._citations: dict[tuple[str, int], list[Citation]] = {}
        self._numbered: dict[tuple[object, ...], Reference] = {}
        # What the page writes for references of these numbers.
        self._marks: dict[tuple[int, ...], SafeString] = {}
        for citation in citations:
            self._citations.setdefault(citation.record_key, []).append(citation)

    def of(self, record: Model, aspect: str = "") -> list[Reference]:
        """References of a fact: of this aspect of the record, or else of the record as a whole."""
        return self.of_key(*_named(record), aspect)

    def of_key(self, target: str, key: int, name: str | int, aspect: str = "") -> list[Reference]:
        """The same, of a record that is known by its key and the name that addresses give it."""
        cited = self._citations.get((target, key), [])
        found = [citation for citation in cited if citation.aspect == aspect]
        if not found:
            found = [citation for citation in cited if not citation.aspect]
        return self._numbered_each(name, found)

    def of_all(self, record: Model) -> list[Reference]:
        """References of the record as a whole and of every aspect."""
        return self.of_all_of_key(*_named(record))

    def of_all_of_key(self, target: str, key: int, name: str | int) -> list[Reference]:
        return self._numbered_each(name, self._citations.get((target, key), []))

    def marks(self, found: list[Reference]) -> SafeString:
        """The marks of these references, or that there are none: written once for all facts of a
        page that rest on the same."""
        key = tuple([reference.number for reference in found])
        if key not in self._marks:
            marks = format_html_join("", "{}", ([reference.mark] for reference in found))
            self._marks[key] = format_html('<sup class="marks">{}</sup>', marks)
        return self._marks[key] if key else _UNCITED

    def _numbered_each(self, name: str | int, citations: list[Citation]) -> list[Reference]:
        found = [self._number(name, citation) for citation in citations]
        return list({reference.number: reference for reference in found}.values())

    def _number(self, name: str | int, cited: Citation) -> Reference:
        via = cited.public_via
        key = (cited.source_id, cited.locator, cited.access, via and via.pk, cited.note)
        if key not in self._numbered:
            self._numbered[key] = Reference(
                number=len(self._numbered) + 1,
                title=cited.source.title,
                locator=cited.locator,
                access=cited.access,
                via=via.title if via else "",
                note=cited.note,
                url=cited.place_url_of(name),
            )
        return self._numbered[key]

    def __iter__(self) -> Iterator[Reference]:
        """Those that the page has asked for so far: to be printed last."""
        return iter(self._numbered.values())

    def __bool__(self) -> bool:
        return bool(self._numbered)


def _named(record: Model) -> tuple[str, int, str | int]:
    """What a citation calls its kind, its key, and the name that addresses give it."""
    target = target_of(record)
    return target, record.pk, getattr(record, NAMED_BY.get(target, "pk"))


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
        for citation in record.citations.all():
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
        row = by_key[citation.record_key]
        setattr(citation, citation.target_field, row)
        row.first_citations.append(citation)
