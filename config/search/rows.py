"""Rows that are found by words, whatever box they are typed into."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import and_, or_
from typing import Any, Self

from django.contrib.postgres.search import SearchVectorExact, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q

from config.db.publication import Row
from config.search.query import Query, Term, TextQuery
from config.search.spelling import Seen

Holding = Callable[[Term], Q]


def name_vector(*names: str | Func, function: str = "name_vector") -> Func:
    """The search document of names, as an index holds it: see config/sql/search.sql."""
    columns = (F(name) if isinstance(name, str) else name for name in names)
    return Func(*columns, function=function, output_field=SearchVectorField())


def is_named(vector: Func, term: Term) -> Any:
    """The condition that a name has the words of a term, or words that begin so."""
    return SearchVectorExact(vector, TextQuery([term.included.code], of_beginnings=True))


class SearchedQuerySet(models.QuerySet[Row]):
    """Rows that say which of them have a word."""

    # The search document that an index has.
    words: Func

    def holding(self, term: Term) -> Q:
        """The condition on rows that have a word or phrase, excluded or not."""
        named: Any = is_named(self.words, term)
        keys = self.model._default_manager.order_by().filter(named).values("pk")
        # Distinct keys are found by the index before anything else. Else the planner may go through
        # the rows in their order, and read the names of many thousands to find the first few.
        return Q(pk__in=keys.distinct())

    def answering(self, query: Query) -> Self:
        """Rows that have all terms of any alternative; none for a query without terms."""
        return self.filter(matching(query, self.holding))

    def look_up(self, terms: Iterable[Term]) -> Mapping[Term, Seen]:
        """Which terms any of these rows has."""
        return seen_in(self, terms, self.holding)


def matching(query: Query, holding: Holding) -> Q:
    """The condition on rows that answer to a query, where `holding` is that on rows with a term."""
    parts = [
        reduce(and_, (~holding(t) if t.is_excluded else holding(t) for t in terms))
        for terms in query.alternatives
    ]
    return reduce(or_, parts, Q(pk__in=[])) if parts else Q(pk__in=[])


def seen_in(
    rows: models.QuerySet[Any], terms: Iterable[Term], holding: Holding
) -> Mapping[Term, Seen]:
    """Of each term, whether any of the rows has it. In names no word is too common."""
    return {
        term: Seen(is_common=False, is_known=rows.order_by().filter(holding(term)).exists())
        for term in terms
    }
