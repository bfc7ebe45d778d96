"""The citation of a statement, to be copied: plain text, BibTeX (as biblatex reads it), CSL-JSON.

The statement is cited with its own permanent address here, and each source that it was taken from
as a work of its own. No date is told more exactly than it is known, and when the page was read is
left to the reader to add.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from config.dates import UncertainDate
from events.models import Citation, Source, Statement

_BIBTEX_TYPES = {
    Source.Kind.ARTICLE: "article",
    Source.Kind.REPORT: "report",
    Source.Kind.BOOK: "book",
    Source.Kind.DATASET: "dataset",
    Source.Kind.GAZETTEER: "dataset",
}
_CSL_TYPES = _BIBTEX_TYPES
# Braces as commands, because BibTeX counts escaped ones too.
_BIBTEX_SPECIALS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        **{character: f"\\{character}" for character in "%&$#_"},
    }
)
# An address is read verbatim; only what would end the field is encoded.
_ADDRESS_SPECIALS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", '"': "%22"})
_CALENDAR_DATE = re.compile(r"((?!0000)[0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?(~?)")


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A source with the places in it where the statement stands."""

    source: Source
    locators: list[str]
    relayed_by: list[Source]

    @property
    def key(self) -> str:
        return f"source-{self.source.slug}"

    @property
    def in_words(self) -> str:
        """Author, title, publisher, date of publication and place, as far as they are given."""
        source = self.source
        published = _("published %s") % source.published_date.words if source.date else ""
        relayed = ", ".join(_("found in %s") % via.title for via in self.relayed_by)
        parts = [source.author, source.title, source.publisher, published, *self.locators, relayed]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class StatementCitation:
    """`citations` are those of the statement in published sources; `url` is its page's address."""

    statement: Statement
    citations: Iterable[Citation]
    url: str

    @cached_property
    def works(self) -> list[CitedWork]:
        works: dict[int, CitedWork] = {}
        for citation in self.citations:
            work = works.setdefault(citation.source_id, CitedWork(citation.source, [], []))
            if citation.locator and citation.locator not in work.locators:
                work.locators.append(citation.locator)
            if citation.via and citation.via.is_published and citation.via not in work.relayed_by:
                work.relayed_by.append(citation.via)
        return list(works.values())

    @property
    def key(self) -> str:
        return f"chancery-statement-{self.statement.pk}"

    @property
    def title(self) -> str:
        quote = f" “{self.statement.quote}”" if self.statement.quote else ""
        return _one_line(f"{self.statement.paraphrase}{quote}")

    @property
    def _recorded_from(self) -> str:
        return _("Recorded from: %s") % "; ".join(work.in_words for work in self.works)

    @property
    def plain(self) -> str:
        who = f"{self.statement.speaker.name} ({self.statement.when.words})"
        stop = "" if self.title.endswith((".", "!", "?", "…")) else "."
        return f"{who}: {self.title}{stop} {self._recorded_from}. Chancery, {self.url}"

    @property
    def bibtex(self) -> str:
        statement = {
            "author": f"{{{_escaped(self.statement.speaker.name)}}}",
            "title": f"{{{_escaped(self.title)}}}",
            "date": self.statement.date,
            "howpublished": "Chancery",
            "url": self.url.translate(_ADDRESS_SPECIALS),
            "note": _escaped(self._recorded_from),
        }
        entries = [_entry("misc", self.key, statement)]
        entries += [_source_entry(work) for work in self.works]
        return "\n".join(entries)

    @property
    def csl(self) -> list[dict[str, Any]]:
        statement = {
            "id": self.key,
            "type": "speech",
            "author": [{"literal": self.statement.speaker.name}],
            "title": self.title,
            "issued": _csl_date(self.statement.when),
            "container-title": "Chancery",
            "URL": self.url,
            "note": self._recorded_from,
        }
        return [_given(statement), *(_csl_source(work) for work in self.works)]

    @property
    def csl_json(self) -> str:
        return json.dumps(self.csl, ensure_ascii=False, indent=2) + "\n"


def _source_entry(work: CitedWork) -> str:
    source = work.source
    fields = {
        "author": f"{{{_escaped(source.author)}}}" if source.author else "",
        "title": f"{{{_escaped(source.title)}}}",
        "publisher": _escaped(source.publisher),
        "date": source.date,
        "url": source.url.translate(_ADDRESS_SPECIALS),
        "note": _escaped("; ".join(work.locators)),
    }
    return _entry(_BIBTEX_TYPES.get(Source.Kind(source.kind), "misc"), work.key, fields)


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _csl_source(work: CitedWork) -> dict[str, Any]:
    source = work.source
    return _given(
        {
            "id": work.key,
            "type": _CSL_TYPES.get(Source.Kind(source.kind), "document"),
            "author": [{"literal": source.author}] if source.author else None,
            "title": source.title,
            "publisher": source.publisher,
            "issued": _csl_date(source.published_date),
            "URL": source.url,
            "locator": "; ".join(work.locators),
        }
    )


def _csl_date(when: UncertainDate) -> dict[str, Any] | None:
    """Year, month and day as far as known, `circa` for "about", and words for all else."""
    if not when.text:
        return None
    found = _CALENDAR_DATE.fullmatch(when.text)
    if not found:
        return {"literal": when.words}
    date: dict[str, Any] = {"date-parts": [[int(part) for part in found.groups()[:3] if part]]}
    return date | {"circa": True} if found[4] else date


def _given(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value}


def _escaped(text: str) -> str:
    return _one_line(text).translate(_BIBTEX_SPECIALS)


def _one_line(text: str) -> str:
    return " ".join(text.split())
