"""What the head of a page offers: to share it, to cite it, to put it in a calendar, to print it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from config.http.addresses import absolute, address_of, with_query
from config.lists.filtering import StrictFilterSet
from events.exports.wording import filter_in_words, standing_before
from events.models import Event
from events.pages.citation_page import PageCitation
from events.site import chronology_of


class Citation(Protocol):
    """As `templates/_tools.html` shows it."""

    @property
    def plain(self) -> str: ...

    @property
    def bibtex(self) -> str: ...

    @property
    def csl_json(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Tools:
    """What `templates/_tools.html` shows.

    `address` is the canonical one of the page, whole and without the query of the list from which
    it was opened. `citation_file` is the address of the citation as a file, up to its ending;
    `calendar` that of the event for a calendar, and `timeline` that of the drawn timeline with
    what the page is about. Each is "" where there is none. `citation` is None
    where there is nothing to cite yet, as in the preview of a statement that has no source.
    """

    address: str
    title: str
    citation: Citation | None
    citation_file: str = ""
    calendar: str = ""
    timeline: str = ""

    @property
    def today(self) -> datetime:
        """The day of reading, for paper."""
        return timezone.localtime()

    @property
    def bibtex_file(self) -> str:
        return f"{self.citation_file}.bib" if self.citation_file else ""

    @property
    def csl_file(self) -> str:
        return f"{self.citation_file}.json" if self.citation_file else ""


def tools_of_list(
    request: HttpRequest,
    filters: StrictFilterSet,
    heading: str | Promise,
    path: str = "",
    timeline: str = "",
) -> Tools:
    """`path` is the address of the list, where it also stands at another."""
    path = path or request.path
    address = absolute(request, with_query(path, filters.results_query))
    title = filter_in_words(filters, heading)
    key = f"chancery-{path.strip('/').replace('/', '-')}"
    citation = PageCitation(key, title, address, chronology_of(request).name, timezone.now().date())
    return Tools(address, title, citation, timeline=timeline)


def tools_of_record(request: HttpRequest, record: Any, *, has_citation_file: bool = False) -> Tools:
    """Of the page of a record that is called what `str` says, and by which events can be filtered:
    an actor, a country, a place or a source."""
    path = record.get_absolute_url()
    citation = cite_record(request, record)
    file = f"{path}citation" if has_citation_file else ""
    name, slug = record._meta.model_name, path.strip("/").rpartition("/")[2]
    timeline = with_query(address_of("timeline"), urlencode({name: slug}))
    return Tools(citation.url, citation.title, citation, file, timeline=timeline)


def cite_record(request: HttpRequest, record: Any) -> PageCitation:
    path = record.get_absolute_url()
    key = f"chancery-{record._meta.model_name}-{path.strip('/').rpartition('/')[2]}"
    return PageCitation(key, str(record), absolute(request, path), chronology_of(request).name)


def tools_of_event(request: HttpRequest, event: Event) -> Tools:
    citation = cite_event(request, event)
    return Tools(
        citation.url,
        citation.title,
        citation,
        citation_file=f"{event.get_absolute_url()}citation",
        calendar=address_of("events:event_calendar", event.slug),
        timeline=with_query(address_of("timeline"), urlencode({"event": event.slug})),
    )


def cite_event(request: HttpRequest, event: Event) -> PageCitation:
    """With its date in words, and its standing where the title might be taken for a fact."""
    words = str(event.get_standing_display())
    told = {"title": standing_before(event.title, event.standing, words), "date": event.when.words}
    title = _("%(title)s (%(date)s)") % told
    return PageCitation(
        f"chancery-event-{event.slug}",
        title,
        absolute(request, event.get_absolute_url()),
        chronology_of(request).name,
    )
