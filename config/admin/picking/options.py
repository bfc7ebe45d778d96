"""What a picker offers for the words in its box."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from config.admin.searching import SearchesWords
from config.db.publication import Publishable
from config.search.names import NamedQuerySet, read_name
from config.search.query import Query, Term, parse
from config.search.rows import matching
from config.search.spelling import common_terms, nearest_names

LONGEST = 200  # characters of a text that is looked for
MOST = 20  # options
_TERMS = 8  # words of a text that are looked for
_NEAR = 6  # likely doubles
_LOOKED_AT = 200
_COUNTED = 2000  # rows that have a word


@dataclass(frozen=True)
class Option:
    key: int
    name: str
    # In words, after its name: kind, country, other names, use.
    facts: str
    is_draft: bool
    # Of its own page in the admin.
    address: str

    @property
    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Part:
    """One name of what is typed: of a record that is there, or of one that is not."""

    name: str
    row: Model | None = None
    facts: str = ""
    # Several are named so.
    is_unclear: bool = False


@dataclass(frozen=True)
class Making:
    """The drafts that can be made of what is typed."""

    # As for the address of the pages: `actors.actor`.
    model: str
    parts: list[Part]
    kinds: list[tuple[str, str]]
    # What they cite, in words; empty: nothing.
    source: str = ""

    @property
    def new(self) -> list[Part]:
        return [part for part in self.parts if part.row is None]

    @property
    def is_unclear(self) -> bool:
        return any(part.is_unclear for part in self.parts)


@dataclass(frozen=True)
class Offer:
    doubles: list[Option] = field(default_factory=list)
    others: list[Option] = field(default_factory=list)
    # The place of the option that Enter takes as long as no key was pressed.
    marked: int | None = None
    making: Making | None = None

    @property
    def options(self) -> list[Option]:
        return [*self.doubles, *self.others]


class OffersRecords(SearchesWords):
    """Of a model that fields of forms choose from. What is said of a record is the model's own:
    `for_picking` loads it, `facts` puts it into words, `draft_kinds` lists what may be made."""

    def for_picking(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With all that `option` asks of a row, as far as the account may see it."""
        return rows

    def facts(self, row: Any) -> list[str]:
        return []

    def draft_kinds(self) -> list[tuple[str, str]]:
        """Kinds that a draft may have, as value and name; none where a picker makes no drafts."""
        return []

    def parts_of(self, request: HttpRequest, text: str) -> list[Part]:
        """The names in what is typed, the outermost first: one, but in a path of places."""
        return [Part(text)]

    def source_for_drafts(self, request: HttpRequest) -> Model | None:
        """What a draft that is made here can cite."""
        return None

    def option(self, row: Any) -> Option:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        is_draft = isinstance(row, Publishable) and not row.is_published
        facts = [row.get_state_display()] if is_draft else []
        facts += [fact for fact in self.facts(row) if fact]
        address = reverse(name, args=[quote(row.pk)])
        return Option(row.pk, str(row), " · ".join(facts), is_draft, address)

    def options(self, rows: Iterable[Any]) -> list[Option]:
        return [self.option(row) for row in rows]

    def rows_named(self, request: HttpRequest, text: str) -> list[Any]:
        """Rows of this name, however it is written; the one of a path where it is one."""
        name = read_name(text[:LONGEST])
        rows: Any = self.get_queryset(request)
        if not name:
            return []
        if isinstance(rows, NamedQuerySet):
            return rows.named(name) or self._row_of_path(self.parts_of(request, text))
        alike = rows.filter(self.holding_for(request)(Term(name, is_phrase=True)))[:_LOOKED_AT]
        return [row for row in alike if read_name(str(row)) == name]

    def _row_of_path(self, parts: list[Part]) -> list[Any]:
        return [parts[-1].row] if len(parts) > 1 and parts[-1].row else []

    def offer(self, request: HttpRequest, text: str) -> Offer:
        text = " ".join(text.split())
        if len(text) > LONGEST:
            return Offer()
        rows = self.for_picking(request, self.get_queryset(request))
        if not parse(text).terms:
            return Offer(others=self.options(rows[:MOST]) if not text else [])
        parts = self.parts_of(request, text)
        return self._offer(request, rows, text, parts)

    def _offer(
        self, request: HttpRequest, rows: QuerySet[Any], text: str, parts: list[Part]
    ) -> Offer:
        looked_for = parts[-1].name
        named = self._row_of_path(parts) or self.rows_named(request, looked_for)
        named = list(rows.filter(pk__in=[row.pk for row in named])) if named else []
        holding = self.holding_for(request)
        found = list(rows.filter(matching(_shortened(looked_for), holding))[:MOST])
        is_path_to_be_made = len(parts) > 1 and parts[-1].row is None
        if not (named or found):
            doubles = self._near(request, rows, looked_for)
        elif is_path_to_be_made:
            doubles = [*named, *found]
        else:
            name = read_name(looked_for)
            doubles = [row for row in named if read_name(str(row)) != name]
        doubles = _once(doubles, [])[:MOST]
        others = _once([*named, *found], doubles)[: MOST - len(doubles)]
        marked = None if is_path_to_be_made else _marked(named, doubles, others)
        making = self._making(request, parts)
        return Offer(self.options(doubles), self.options(others), marked, making)

    def _near(self, request: HttpRequest, rows: QuerySet[Any], text: str) -> list[Any]:
        """Rows with half of the words, or with words that are nearly those."""
        typed = [term for term in parse(text).wanted if len(read_name(term.text)) > 2][:_TERMS]
        common = common_terms(typed) if typed else set()
        typed = [term for term in typed if term not in common]
        terms = list(dict.fromkeys([*typed, *map(Term, nearest_names(text)[:_NEAR])]))
        if not terms:
            return []
        own, holding = self.model._default_manager.order_by(), self.holding_for(request)
        first, *others = (
            own.filter(holding(term)).values_list("pk", flat=True)[:_COUNTED] for term in terms
        )
        words = Counter(first.union(*others, all=True) if others else first)
        enough = max(1, len(typed) // 2)
        keys = [key for key, number in words.most_common(_NEAR) if number >= enough]
        near = {row.pk: row for row in rows.filter(pk__in=keys)}
        return [near[key] for key in keys if key in near]

    def _making(self, request: HttpRequest, parts: list[Part]) -> Making | None:
        kinds = self.draft_kinds() if self.has_add_permission(request) else []
        if not kinds or parts[-1].row is not None:
            return None
        source = self.source_for_drafts(request)
        return Making(self.opts.label_lower, parts, kinds, str(source) if source else "")

    def words_for(self, text: str, number: int) -> str:
        """Why a text chooses no record, where `number` are named so."""
        named = {"name": self.opts.verbose_name, "text": text}
        if number:
            return _("Several have the name “%(text)s”. Choose one of them below.") % named
        return _("No %(name)s here has the name “%(text)s”. Choose below, or change it.") % named


def _shortened(text: str) -> Query:
    return parse(" ".join(text.split()[:_TERMS]))


def _once(rows: list[Any], others: list[Any]) -> list[Any]:
    return [row for row in dict.fromkeys(rows) if row not in others]


def _marked(named: list[Any], doubles: list[Any], others: list[Any]) -> int | None:
    """The only one of the name; else the first that has the words. A likely double is not taken
    unasked."""
    if len(named) == 1:
        return [*doubles, *others].index(named[0])
    return len(doubles) if others and not named else None
