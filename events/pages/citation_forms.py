"""The citation of a statement, to be copied: plain text, BibTeX (as biblatex reads it), CSL-JSON.

The statement is cited with its own permanent address here, and each source that it was taken from
as a work of its own. No date is told more exactly than it is known, and when the page was read is
left to the reader to add.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from events.models import Citation, Source, Statement
from events.pages import citation_bibtex, citation_csl


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
    """`citations` are those of the statement in published sources; `url` is its page's address,
    `site` the name of the chronology."""

    statement: Statement
    citations: Iterable[Citation]
    url: str
    site: str

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
        return f"{who}: {self.title}{stop} {self._recorded_from}. {self.site}, {self.url}"

    @property
    def bibtex(self) -> str:
        statement = {
            "author": citation_bibtex.verbatim(self.statement.speaker.name),
            "title": citation_bibtex.verbatim(self.title),
            **citation_bibtex.date_fields(self.statement.when),
            "howpublished": citation_bibtex.verbatim(self.site),
            "url": citation_bibtex.address(self.url),
            "note": citation_bibtex.escaped(self._recorded_from),
        }
        entries = [citation_bibtex.entry("misc", self.key, statement)]
        entries += [
            citation_bibtex.source_entry(work.source, work.key, work.locators)
            for work in self.works
        ]
        return "\n".join(entries)

    @property
    def csl(self) -> list[dict[str, Any]]:
        statement = {
            "id": self.key,
            "type": "speech",
            "author": [{"literal": self.statement.speaker.name}],
            "title": self.title,
            "issued": citation_csl.date(self.statement.when),
            "container-title": self.site,
            "URL": self.url,
            "note": self._recorded_from,
        }
        items = [
            citation_csl.source_item(work.source, work.key, work.locators) for work in self.works
        ]
        return [citation_csl.given(statement), *items]

    @property
    def csl_json(self) -> str:
        return json.dumps(self.csl, ensure_ascii=False, indent=2) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())
