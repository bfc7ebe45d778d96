"""Records with a name of their own and, as `names`, others in several languages and scripts."""

from functools import reduce
from operator import or_
from typing import Any, Self

from django.apps import apps
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from config.db.publication import Row
from config.search.query import Term
from config.search.rows import SearchedQuerySet, is_named, name_vector
from config.search.text import search_text

_LOOKED_AT = 200
# By the names as they are sorted, which the rows hold: case and accents are gone from these.
_NAMESAKES = """
    WITH record AS (SELECT id, sort_name FROM %(records)s WHERE state <> 'withdrawn'),
    named AS (
        SELECT id, replace(sort_name, '-', ' ') AS name FROM record
        UNION
        SELECT record.id, replace(other.sort_name, '-', ' ')
        FROM %(names)s AS other JOIN record ON record.id = other.%(record)s
    ),
    shared AS (
        SELECT id, name FROM named WHERE name IN (
            SELECT name FROM named GROUP BY name HAVING count(*) > 1
        )
    )
    SELECT one.id FROM shared AS one WHERE EXISTS (
        SELECT FROM shared AS other
        WHERE other.name = one.name AND other.id <> one.id AND NOT EXISTS (
            SELECT FROM %(pairs)s AS pair
            WHERE pair.kind = '%(kind)s' AND pair.low = least(one.id, other.id)
                AND pair.high = greatest(one.id, other.id)
        )
    )
"""


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
        words. Left out are those of which it is noted that they are two."""
        pairs: Any = _pairs().objects.filter(kind=self.model._meta.model_name)
        noted = (
            pairs.filter(low=record.pk)
            .values("high")
            .union(pairs.filter(high=record.pk).values("low"))
        )
        return self.exclude(Q(pk=record.pk) | Q(pk__in=noted))._having(_read_names(record))

    def namesakes(self) -> Self:
        """Rows that have a name in common with another row, however it is written; of neither that
        was withdrawn, and of no two that are noted as two."""
        other: Any = self.model._meta.get_field("names")
        alike = _NAMESAKES % {
            "records": self.model._meta.db_table,
            "names": other.related_model._meta.db_table,
            "record": other.field.column,
            "pairs": _pairs()._meta.db_table,
            "kind": self.model._meta.model_name,
        }
        return self.filter(pk__in=RawSQL(alike, []))  # noqa: S611 - names of tables alone

    def _having(self, names: set[str]) -> list[Any]:
        terms = [Term(name, is_phrase=True) for name in names if name]
        if not terms:
            return []
        # A name that has nothing but these words is shorter than one that has others, too.
        rows = self.filter(reduce(or_, map(self.holding, terms))).order_by(Length("name"), "pk")
        return [
            row for row in rows.prefetch_related("names")[:_LOOKED_AT] if names & _read_names(row)
        ]


def _pairs() -> Any:
    return apps.get_model("events", "DistinctPair")


def read_name(name: str) -> str:
    """A name as search reads it, without what joins and parts words."""
    return search_text(name).replace("-", " ")


def _read_names(record: Any) -> set[str]:
    """All names of a record."""
    return {read_name(name) for name in (record.name, *(n.name for n in record.names.all()))}
