"""What a reader asks for in the parameter `q`: words, "phrases", -not, or."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchQueryField
from django.db import models
from django.db.models import Func, Q, Value

from config.search.text import search_text, without_articles

# Of a match in statements, the summary, names and the title, in the order that PostgreSQL wants.
WEIGHTS = [0.02, 0.1, 0.4, 1.0]
_QUOTES = str.maketrans("“”„‟«»\uff02", '"' * 7)
_TOKEN = re.compile(r'([-\u2212–]?)"([^"]*)"|([-\u2212–]?)([^\s"]+)|"')


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase: to be found, or, where it is excluded, not to be found."""

    text: str
    is_phrase: bool = False
    is_excluded: bool = False

    @property
    def code(self) -> str:
        """As the database's search_query takes it."""
        return f"{'-' if self.is_excluded else ''}{'=' if self.is_phrase else '+'}{self.text}"

    @property
    def typed(self) -> str:
        """As a reader types it."""
        text = f'"{self.text}"' if self.is_phrase else self.text
        return f"-{text}" if self.is_excluded else text

    @property
    def included(self) -> "Term":
        """The same to be found."""
        return replace(self, is_excluded=False)


class TextQuery(SearchQuery):
    """The database's tsquery of some terms; parts between "or" are alternatives.

    A word of a name is also found by its beginning where `of_beginnings`.
    """

    function = "search_query"

    def __init__(self, codes: list[str], *, of_beginnings: bool = False) -> None:
        self.config = None
        self.invert = False
        terms = Value(codes, output_field=ArrayField(models.TextField()))
        Func.__init__(self, terms, Value(of_beginnings), output_field=SearchQueryField())


def any_of(terms: list[Term]) -> list[str]:
    """Terms of which one is enough, as search_query takes them."""
    return [code for term in terms for code in ("or", term.code)][1:]


@dataclass(frozen=True, slots=True)
class Query:
    """Alternatives, of which one is enough; all terms of an alternative must hold."""

    alternatives: tuple[tuple[Term, ...], ...]

    @property
    def terms(self) -> list[Term]:
        return [term for part in self.alternatives for term in part]

    @property
    def wanted(self) -> list[Term]:
        """Terms that what is found has, of any alternative."""
        return [term for term in self.terms if not term.is_excluded]

    @property
    def found(self) -> TextQuery | None:
        """What a document answers to, as far as an alternative asks for something."""
        codes: list[str] = []
        for part in self.alternatives:
            if not all(term.is_excluded for term in part):
                codes += ["or", *(term.code for term in part)]
        return TextQuery(codes[1:]) if codes else None

    @property
    def left_out(self) -> list[TextQuery]:
        """For each alternative of exclusions alone: what its documents do not answer to."""
        parts = [part for part in self.alternatives if all(term.is_excluded for term in part)]
        return [TextQuery(any_of([term.included for term in part])) for part in parts]

    @property
    def codes(self) -> list[str]:
        """All of it, as the database's search_query takes it."""
        parts = [["or", *(term.code for term in part)] for part in self.alternatives]
        return [code for part in parts for code in part][1:]

    @property
    def typed(self) -> str:
        return " or ".join(" ".join(term.typed for term in part) for part in self.alternatives)

    def with_terms(self, others: Mapping[Term, tuple[Term, ...]]) -> "Query":
        """The query with each of some terms replaced; several in its place are alternatives."""
        parts = list(self.alternatives)
        for term, instead in others.items():
            parts = [
                tuple(new if old == term else old for old in part)
                for part in parts
                for new in (instead if term in part else (term,))
            ]
        return replace(self, alternatives=tuple(parts))


def answers_to(query: Query) -> Q:
    """The condition on rows that have a `document`; none answers to a query without terms."""
    found = [Q(document=query.found)] if query.found else []
    left_out = [~Q(document=terms) for terms in query.left_out]
    return reduce(or_, found + left_out, Q(pk__in=[]))


def parse(words: str) -> Query:
    """Never fails: what has no letter and no digit is left out.

    An unclosed quotation mark is none: the reader may still be typing the phrase.
    """
    parts: list[list[Term]] = [[]]
    for found in _TOKEN.finditer(without_articles(words.translate(_QUOTES))):
        minus, phrase, word_minus, word = found.groups()
        if word and word.lower() == "or" and not word_minus:
            parts.append([])
        elif phrase is not None:
            parts[-1].append(Term(" ".join(phrase.split()), True, bool(minus)))
        elif word:
            parts[-1].append(Term(word, False, bool(word_minus)))
    given = (tuple(term for term in part if _says_something(term.text)) for part in parts)
    return Query(tuple(part for part in given if part))


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in search_text(text))
