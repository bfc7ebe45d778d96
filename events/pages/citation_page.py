"""The citation of a page of this site: of a record, or of a list under its filters.

A record is cited by its permanent address. A list changes, so it is cited as it was on a day.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from events.pages import citation_bibtex, citation_csl


@dataclass(frozen=True, slots=True)
class PageCitation:
    """Plain text, BibTeX as biblatex reads it, and CSL-JSON."""

    key: str
    title: str
    url: str
    # The name of the chronology.
    site: str
    read_on: date | None = None

    @property
    def plain(self) -> str:
        told = {"site": self.site, "title": self.title, "address": self.url}
        if self.read_on is None:
            return _("%(site)s, “%(title)s”, %(address)s") % told
        told["date"] = formats.date_format(self.read_on, "j F Y")
        return _("%(site)s, “%(title)s”, read on %(date)s, %(address)s") % told

    @property
    def bibtex(self) -> str:
        fields = {
            "title": citation_bibtex.verbatim(self.title),
            "organization": citation_bibtex.verbatim(self.site),
            "url": citation_bibtex.address(self.url),
            "urldate": self.read_on.isoformat() if self.read_on else "",
        }
        return citation_bibtex.entry("online", self.key, fields)

    @property
    def csl(self) -> list[dict[str, Any]]:
        day = self.read_on
        item = {
            "id": self.key,
            "type": "webpage",
            "title": self.title,
            "container-title": self.site,
            "URL": self.url,
            "accessed": day and {"date-parts": [[day.year, day.month, day.day]]},
        }
        return [citation_csl.given(item)]

    @property
    def csl_json(self) -> str:
        return json.dumps(self.csl, ensure_ascii=False, indent=2) + "\n"
