"""References of a page: every fact leads to its place in a source, and the place leads back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Model, Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from actors.models import Actor
from events.models import Citation, Location, Source
from events.models.aspects import NAMED_BY
from events.models.support import target_of
from events.pages.places import Place, Reference, ReferredSource, Use

# Of the citations of a row in a list, so many are shown.
SHOWN_IN_ROW = 3
# A longer locator is spelled out with its source alone; its mark is a number.
LONGEST_MARK = 8
_UNCITED = ' <span class="uncited">{}</span>'


def keys_of(records: Iterable[Model]) -> list[int]:
    return [record.pk for record in records]


def read_cited(keys: Mapping[str, Iterable[int]]) -> list[Citation]:
    """The public citations of these records, given by what a citation calls their kind."""
    wanted = Q()
    for target, found in keys.items():
        if records := list(found):
            wanted |= Q(**{f"{target}__in": records})
    return list(Citation.objects.published().filter(wanted).for_page()) if wanted else []


class References:
    """The references of one page, in the order in which the page first asks for them."""

    def __init__(self, citations: Iterable[Citation]) -> None:
        self._citations: dict[tuple[str, int], list[Citation]] = {}
        self._found: dict[tuple[object, ...], Reference] = {}
        self._places: dict[tuple[int, str], Place] = {}
        self._letters: dict[int, str] = {}
        self._anchors: set[str] = set()
        # What the page writes for these places.
        self._marks: dict[tuple[Place, ...], SafeString] = {}
        self._uses = 0
        self._codes = 0
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
        return self._each(name, found)

    def of_all(self, record: Model) -> list[Reference]:
        """References of the record as a whole and of every aspect."""
        return self.of_all_of_key(*_named(record))

    def of_all_of_key(self, target: str, key: int, name: str | int) -> list[Reference]:
        return self._each(name, self._citations.get((target, key), []))

    def marks(self, found: list[Reference], label: str) -> SafeString:
        """The marks of these references beside the fact that `label` names, or that there are none.

        The places lead back to the marks under that name.
        """
        if not found:
            return format_html(_UNCITED, _("no source recorded"))
        self._uses += 1
        anchor = f"f-{self._uses}"
        for reference in found:
            reference.uses.append(Use(label, anchor))
        places = tuple(dict.fromkeys(reference.place for reference in found))
        if places not in self._marks:
            self._marks[places] = format_html_join(" ", "{}", ([place.link] for place in places))
        return format_html(' <span class="marks" id="{}">{}</span>', anchor, self._marks[places])

    def _each(self, name: str | int, citations: list[Citation]) -> list[Reference]:
        return list(dict.fromkeys(self._reference(name, citation) for citation in citations))

    def _reference(self, name: str | int, cited: Citation) -> Reference:
        via = cited.public_via
        place = self._place(name, cited)
        key = (place, cited.access, via and via.pk, cited.note)
        if key not in self._found:
            found = Reference(place, cited.access, via.title if via else "", cited.note)
            place.references.append(found)
            self._found[key] = found
        return self._found[key]

    def _place(self, name: str | int, cited: Citation) -> Place:
        key = (cited.source_id, cited.locator)
        if key not in self._places:
            is_numbered = len(cited.locator) > LONGEST_MARK
            self._codes += is_numbered
            short = f"C{self._codes}" if is_numbered else cited.locator
            mark = " ".join(filter(None, [self._letter(cited), short])) or _("source")
            self._places[key] = Place(
                source=cited.source,
                locator=cited.locator,
                sort_locator=cited.sort_locator,
                mark=mark,
                anchor=self._anchor(mark),
                url=cited.place_url_of(name),
                is_numbered=is_numbered,
            )
        return self._places[key]

    def _letter(self, cited: Citation) -> str:
        """A, B … Z, AA …: in the order in which the page asks; none where there is one source."""
        if self._has_one_source:
            return ""
        if cited.source_id not in self._letters:
            self._letters[cited.source_id] = _letters(len(self._letters))
        return self._letters[cited.source_id]

    @cached_property
    def _has_one_source(self) -> bool:
        return len({c.source_id for cited in self._citations.values() for c in cited}) == 1

    def _anchor(self, mark: str) -> str:
        """An id of letters, digits and points, which no other place of the page has."""
        stem = "-".join(["r", *re.findall(r"[a-z0-9.]+", mark.lower())])
        anchor, number = stem, 1
        while anchor in self._anchors:
            number += 1
            anchor = f"{stem}-{number}"
        self._anchors.add(anchor)
        return anchor

    @property
    def sources(self) -> list[ReferredSource]:
        """Those that the page has asked for so far: to be printed last."""
        by_source: dict[int, list[Place]] = {}
        for place in self._places.values():
            if any(reference.uses for reference in place.references):
                by_source.setdefault(place.source.pk, []).append(place)
        return [
            ReferredSource(
                places[0].source, self._letters.get(pk, ""), sorted(places, key=_in_source)
            )
            for pk, places in by_source.items()
        ]

    @property
    def is_lettered(self) -> bool:
        return bool(self._letters)

    def __iter__(self) -> Iterator[Reference]:
        return iter(self._found.values())

    def __bool__(self) -> bool:
        return bool(self._found)


def _letters(number: int) -> str:
    """As columns of a sheet are named: A to Z, then AA."""
    before, last = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _in_source(place: Place) -> tuple[str, str]:
    return place.sort_locator, place.anchor


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
