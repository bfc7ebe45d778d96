"""The parameter `q` of a list that is searched by words: read once, and told of on the page."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from config.lists.filtering import Problem, StrictFilterSet
from config.search.query import Term
from config.search.rows import SearchedQuerySet
from config.search.spelling import Seen, Understood, understand


class SearchingFilterSet(StrictFilterSet):
    """A list whose `q` is a question; its rows are such as are found by words."""

    queryset: SearchedQuerySet[Any]

    def look_up(self, terms: list[Term]) -> Mapping[Term, Seen]:
        """What is known of words in the documents that this list searches."""
        return self.queryset.look_up(terms)

    def by_words(self, rows: SearchedQuerySet[Any], name: str, value: str) -> SearchedQuerySet[Any]:
        return rows.answering(self.understood.meant)

    @cached_property
    def understood(self) -> Understood:
        """What `q` asks for; asked of the database once, whatever uses it."""
        return understand(self._cleaned("q") or "", self.look_up)

    @cached_property
    def problems(self) -> list[Problem]:
        return [*super().problems, *self._word_problems()]

    def _word_problems(self) -> list[Problem]:
        text = self._cleaned("q")
        if not text:
            return []
        if self.understood.is_empty:
            message = _("There is no word in “%(text)s” to search for.")
            return [Problem("q", message % {"text": text})]
        if self.understood.is_common:
            message = _(
                "This is too common to search for: %(words)s. Add another word, or put a name in"
                " quotation marks."
            )
            return [Problem("q", message % {"words": ", ".join(self.understood.common)})]
        return []

    @property
    def exact_query(self) -> str:
        """The query string for the words as they were typed, at page one."""
        rest = self.data.copy()
        for other in self.OTHER_PARAMETERS:
            rest.pop(other, None)
        rest["q"] = self.understood.exact
        return rest.urlencode()
