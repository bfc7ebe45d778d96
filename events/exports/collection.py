"""The records of one kind under the filters of their list, as every output takes them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar
from uuid import UUID

from django.http import QueryDict
from django.utils.functional import Promise

from config.lists.filtering import StrictFilterSet
from config.lists.paging import Listed
from events.exports.addresses import Addresses
from events.models import DeletedEvent

Record = TypeVar("Record")
Row = TypeVar("Row")
Value = str | float | list[str] | None
Flat = dict[str, Value]


class Category(NamedTuple):
    """What a feed files an entry under: the field, as the page on exports marks it, its value, and
    words for that."""

    field: str
    term: str
    label: str


class Entry(NamedTuple):
    """A record as feeds tell of it."""

    uuid: UUID
    url: str
    title: str
    text: str
    # None where nobody has noted it.
    published_at: datetime | None
    updated_at: datetime
    categories: list[Category]
    # What it is about, in a word or two each.
    tags: list[str]


class Walked(Listed[Row], Protocol[Row]):
    """A list that is walked in both directions."""

    def before(self, cursor: str, number: int) -> Sequence[Row]:
        """So many rows before the cursor and at it; raises CursorError as `behind` does."""
        ...


class Collection(ABC, Generic[Record]):
    """What is found under filters of which none may be bad, read when first asked for."""

    # As addresses, files and the list within JSON are named.
    name: ClassVar[str]
    # The page of the list, as `reverse` knows it.
    list_view: ClassVar[str]
    # The name of the list in words.
    heading: ClassVar[str | Promise]
    # What its outputs hold of the list.
    scope: ClassVar[str | Promise]
    # The fields of flat outputs, in the order of the table's columns; each explained.
    fields: ClassVar[Mapping[str, str | Promise]]
    filters: StrictFilterSet

    @classmethod
    @abstractmethod
    def read_query(cls, data: QueryDict, *, is_feed: bool) -> StrictFilterSet:
        """The filters of the list and nothing else; for a feed, also where a page begins."""

    @abstractmethod
    def __init__(self, filters: Any) -> None: ...

    @property
    @abstractmethod
    def listed(self) -> Walked[Any]:
        """The list in the order of the filters, of which feeds take pages."""

    @property
    @abstractmethod
    def keys(self) -> list[int]:
        """The keys of all records, in that order."""

    @abstractmethod
    def read(self, keys: list[int]) -> Iterator[Record]:
        """The public records with these keys, in the order of the keys."""

    @abstractmethod
    def flat(self, record: Record, addresses: Addresses) -> Flat:
        """The values of `fields`, in their order."""

    def in_full(self, record: Record, addresses: Addresses) -> dict[str, Any]:
        """As JSON has it: the flat fields, and what is not flat."""
        return self.flat(record, addresses)

    @abstractmethod
    def entry(self, record: Record, addresses: Addresses) -> Entry:
        """The record as feeds tell of it."""

    @property
    @abstractmethod
    def changed_at(self) -> datetime | None:
        """When a feed as a whole changed last, whatever its filter: a time that never falls."""

    def deleted(self, keys: list[int], number: int, *, are_all: bool) -> list[DeletedEvent]:
        """What went, the newest first, no more than so many. `keys` are those of the first page of
        a feed; unless they `are_all`, what went before the oldest of them changed is left out."""
        return []
