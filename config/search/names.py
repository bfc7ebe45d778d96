"""Records with a name of their own and, as `names`, others in several languages and scripts."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from config.db.publication import Row
from config.search.query import Term
from config.search.rows import SearchedQuerySet, is_named, name_vector
from config.search.text import search_text

_LOOKED_AT = 200


class NamedQuerySet(SearchedQuerySet[Row]):
    words = name_vector("name")

    def holding(self, term: Term) -> Q:
        """Some name has the word, or a word that begins so."""
        named: Any = is_named(self.words, term)
        other: Any = self.model._meta.get_field("names")
        own = self.model._default_manager.order_by().filter(named).values("pk")
        others = other.related_model.objects.order_by().filter(named)
        # A union, because an index answers each of both, and none an OR of them.
        return Q(pk__in=own.union(others.values(other.field.attname)))

    def namesakes_of(self, record: Any) -> list[Any]:
        """Other rows that have a name of the record, however it is written: of 200 that have its
        words."""
        names = _read_names(record)
        terms = (Term(name, is_phrase=True) for name in names)
        alike = reduce(or_, map(self.holding, terms))
        rows = self.filter(alike).exclude(pk=record.pk).prefetch_related("names")[:_LOOKED_AT]
        return [row for row in rows if names & _read_names(row)]


def _read_names(record: Any) -> set[str]:
    """All names of a record as search reads them, without what joins and parts words."""
    names = [record.name, *(other.name for other in record.names.all())]
    return {search_text(name).replace("-", " ") for name in names}
