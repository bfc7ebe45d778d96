"""What must rest on a published source before the public sees it."""

from collections.abc import Iterable
from typing import Any, Self

from django.db.models import Count, Exists, Model, OuterRef

from config.db.publication import PublishableQuerySet, Row, State


class SourcedQuerySet(PublishableQuerySet[Row]):
    """Rows of a model that the database publishes with a citation of a published source alone."""

    def _citations(self) -> Any:
        """Of each row, in published sources."""
        cited: Any = self.model._meta.get_field("citations")
        rows = cited.related_model._default_manager.filter(**{cited.field.name: OuterRef("pk")})
        return rows.filter(source__state=State.PUBLISHED)

    def sourced(self) -> Self:
        """A published source is cited."""
        return self.filter(Exists(self._citations()))

    def unsourced(self) -> Self:
        """No published source is cited."""
        return self.exclude(Exists(self._citations()))

    def with_one_source(self) -> Self:
        """Not withdrawn, and all citations are in one source."""
        cited: Any = self.model._meta.get_field("citations")
        rows = cited.related_model._default_manager.order_by().values(cited.field.attname)
        sources = rows.annotate(number=Count("source", distinct=True))
        keys = sources.filter(number=1, **{f"{cited.field.name}__isnull": False})
        return self.in_work().filter(pk__in=keys.values(cited.field.attname))

    def resting_on(self, sources: Iterable[Model]) -> Self:
        """Published, and no published source is cited but these."""
        keys = [source.pk for source in sources]
        citations = self._citations()
        return self.filter(
            Exists(citations.filter(source__in=keys)),
            ~Exists(citations.exclude(source__in=keys)),
            state=State.PUBLISHED,
        )
