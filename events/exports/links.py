"""What a list offers for taking along: every output, its citation, and code to embed it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template import loader
from django.utils import timezone
from django.utils.functional import Promise

from config.http.addresses import absolute, address_of, with_query
from config.lists.filtering import StrictFilterSet
from events.exports.collection import Collection
from events.exports.formats import Format
from events.exports.registry import COLLECTIONS, FORMATS_OF
from events.exports.wording import filter_in_words
from events.pages.citation_page import PageCitation
from events.site import chronology_of


@dataclass(frozen=True, slots=True)
class Link:
    form: Format
    address: str


@dataclass(frozen=True)
class Following:
    """Links that carry the filter in force, and never a page of it.

    `name` is that of the list, `frame` that of the address which shows the same in a frame.
    """

    request: HttpRequest
    filters: StrictFilterSet
    name: str = "events"
    frame: str = "event_embed"

    @cached_property
    def title(self) -> str:
        """The filter in words."""
        return filter_in_words(self.filters, self._collection.heading)

    @property
    def scope(self) -> str | Promise:
        return self._collection.scope

    @cached_property
    def outputs(self) -> list[Link]:
        return [Link(form, self._address_of(form)) for form in FORMATS_OF[self.name].values()]

    def _address_of(self, form: Format) -> str:
        query = QueryDict(self.filters.results_query, mutable=True)
        if form.is_feed:
            # Whoever follows wants to hear of changes, in whatever order the list was read.
            query.pop("order", None)
        return with_query(address_of(f"{self.name}_output", form.extension), query.urlencode())

    @property
    def feeds(self) -> list[Link]:
        return [link for link in self.outputs if link.form.is_feed]

    @cached_property
    def page(self) -> str:
        """The permanent address of the list under this filter."""
        return self._absolute(self._collection.list_view)

    @property
    def embed_code(self) -> str:
        """HTML to be pasted into a page: what is shown, in the same window; of events alone."""
        if self.name != "events":
            return ""
        # A frame of the list looks the same whatever of it is shown.
        is_list = self.frame == "event_embed"
        query = self.filters.results_query if is_list else self.filters.query
        address = absolute(self.request, with_query(address_of(self.frame), query))
        return loader.render_to_string(
            "events/_embed_code.html",
            {"address": address, "title": f"{self._site} – {self.title}"},
        ).strip()

    @property
    def citation(self) -> str:
        """In plain text, with the day on which it was read."""
        return PageCitation("", self.title, self.page, self._site, timezone.now().date()).plain

    @property
    def _site(self) -> str:
        return chronology_of(self.request).name

    @property
    def _collection(self) -> type[Collection[Any]]:
        return COLLECTIONS[self.name]

    def _absolute(self, name: str) -> str:
        return absolute(self.request, with_query(address_of(name), self.filters.results_query))
