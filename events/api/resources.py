"""What a resource of the API is: which rows, by which filters, and what is told of each.

One declaration of fields serves the answers, the OpenAPI document and the page that explains both.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from config.lists.cursors import Keyset
from config.lists.filtering import StrictFilterSet
from config.lists.paging import Listed, Queried
from events.exports.addresses import Addresses

Schema = dict[str, Any]


class Batch:
    """The rows of one answer, and what belongs to them, loaded for all at once when first asked.

    What is not asked for costs no query.
    """

    def __init__(self, rows: list[Any], addresses: Addresses) -> None:
        self.rows = rows
        self.addresses = addresses

    @property
    def keys(self) -> list[int]:
        return [row.pk for row in self.rows]


@dataclass(frozen=True, slots=True)
class Field:
    """One member of a record; `value` takes the batch and the row."""

    schema: Schema
    description: str | Promise
    value: Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Resource:
    """`key` names a record in its address; `listed` gives the records under the filters in the
    order that these ask for."""

    name: str
    singular: str
    description: str | Promise
    filters: type[StrictFilterSet]
    rows: Callable[[], QuerySet[Any]]
    listed: Callable[[Any], Listed[Any]]
    batch: type[Batch]
    fields: Mapping[str, Field]
    key: str = "slug"

    def records(
        self, rows: Iterable[Model], names: Iterable[str], addresses: Addresses
    ) -> list[dict[str, Any]]:
        batch = self.batch(list(rows), addresses)
        chosen = [(name, self.fields[name].value) for name in names]
        return [{name: value(batch, row) for name, value in chosen} for row in batch.rows]


def in_order(*fields: str) -> Callable[[StrictFilterSet], Listed[Any]]:
    """The rows under the filters, by these fields; the last is unique."""
    return lambda filters: Queried(filters.narrow(), Keyset(fields))
