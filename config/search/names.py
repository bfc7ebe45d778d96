"""Records with a name of their own and, as `names`, others in several languages and scripts."""

from typing import Any

from django.db.models import Q

from config.db.publication import Row
from config.search.query import Term
from config.search.rows import SearchedQuerySet, is_named, name_vector


class NamedQuerySet(SearchedQuerySet[Row]):
    def holding(self, term: Term) -> Q:
        """Some name has the word, or a word that begins so."""
        named: Any = is_named(name_vector("name"), term)
        other: Any = self.model._meta.get_field("names")
        own = self.model._default_manager.order_by().filter(named).values("pk")
        others = other.related_model.objects.order_by().filter(named)
        # A union, because an index answers each of both, and none an OR of them.
        return Q(pk__in=own.union(others.values(other.field.attname)))
