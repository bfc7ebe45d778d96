"""What merging two records would change: what moves, what becomes one, what has to be chosen."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import ForeignKey, Model

from events.merging.rules import Relation, columns_of, names_of
from events.merging.values import Choice

_UNSTABLE = {"updated_at", "created_at"}


@dataclass
class Moved:
    """Rows that lead to the kept record from then on."""

    relation: Relation
    rows: list[Any] = field(default_factory=list)


@dataclass
class Pair:
    """Two rows that say the same: one goes, what it says more is taken over, and what rests on it
    rests on the other."""

    relation: Relation
    stays: Any
    goes: Any
    choices: list[Choice]


@dataclass
class Plan:
    kept: Any
    gone: Any
    choices: list[Choice] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    # Citations of rows that go, which come to support the row that stays.
    resting: list[tuple[Any, str, int]] = field(default_factory=list)
    # Rows that nothing can be made of, which go; and words for whatever falls away.
    left_out: list[Any] = field(default_factory=list)
    falls_away: list[str] = field(default_factory=list)
    # Citations that would be found in themselves.
    found_nowhere: list[Any] = field(default_factory=list)
    blockers: dict[str, None] = field(default_factory=dict)
    # What the kept record lies in is the one that goes.
    is_cut_off: bool = False
    known_names: set[str] = field(default_factory=set)
    _seen: list[str] = field(default_factory=list)

    @property
    def model(self) -> type[Model]:
        return type(self.kept)

    @property
    def digest(self) -> str:
        """The same as long as all that was read for the plan is."""
        return sha256("\n".join(self._seen).encode()).hexdigest()

    @property
    def all_choices(self) -> list[Choice]:
        return [*self.choices, *(choice for pair in self.pairs for choice in pair.choices)]

    @property
    def open(self) -> int:
        return sum(choice.is_open for choice in self.all_choices)

    @property
    def moving(self) -> int:
        return sum(len(moved.rows) for moved in self.moved)

    @property
    def rivals(self) -> list[Choice]:
        """Values that go because the other one is chosen."""
        return [choice for choice in self.choices if choice.is_rival]

    @property
    def new_name(self) -> str:
        """The name that becomes another name; empty where it is one already."""
        if names_of(self.model) is None:
            return ""
        choice = next((one for one in self.choices if one.group.name == "name"), None)
        loser = choice.loser if choice else ""
        return "" if loser in self.known_names else loser

    def see(self, row: Model) -> None:
        values = [
            f"{column.attname}={getattr(row, column.attname)!r}"
            for column in columns_of(type(row))
            if column.name not in _UNSTABLE
        ]
        self._seen.append(f"{row._meta.label} {' '.join(values)}")

    def settle(self, row: Any) -> Any:
        """The row as it will be: whatever leads to the record that goes leads to the kept one."""
        for column in columns_of(type(row)):
            leads_to_kind = isinstance(column, ForeignKey) and column.related_model is self.model
            if leads_to_kind and getattr(row, column.attname) == self.gone.pk:
                setattr(row, column.name, self.kept)
        return row
