"""Records with a name of their own and, as `names`, others in several languages and scripts."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.db.models.functions import Length

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

    def named(self, name: str) -> list[Any]:
        """Rows that have this name, however it is written: of 200 that have its words."""
        return self._having({read_name(name)})

    def namesakes_of(self, record: Any) -> list[Any]:
        """Other rows that have a name of the record, however it is written: of 200 that have its
        words."""
        return self.exclude(pk=record.pk)._having(_read_names(record))

    def _having(self, names: set[str]) -> list[Any]:
        terms = [Term(name, is_phrase=True) for name in names if name]
        if not terms:
            return []
        # A name that has nothing but these words is shorter than one that has others, too.
        rows = self.filter(reduce(or_, map(self.holding, terms))).order_by(Length("name"), "pk")
        return [
            row for row in rows.prefetch_related("names")[:_LOOKED_AT] if names & _read_names(row)
        ]


def read_name(name: str) -> str:
    """A name as search reads it, without what joins and parts words."""
    return search_text(name).replace("-", " ")


def _read_names(record: Any) -> set[str]:
    """All names of a record."""
    return {read_name(name) for name in (record.name, *(n.name for n in record.names.all()))}
