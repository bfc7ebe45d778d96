"""What the page of a merge says of its plan, in words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from actors.models import ActorName
from events.merging.plan import Pair, Plan
from events.merging.rules import Relation
from events.merging.values import Choice
from events.merging.writing import Wishes
from events.models import Citation, LocationName, Participation, Statement

NAMED = 5


@dataclass(frozen=True)
class Named:
    """A row by its name, and the address of its form."""

    name: str
    address: str


@dataclass(frozen=True)
class Group:
    label: Any
    number: int
    rows: list[Named]

    @property
    def more(self) -> int:
        return self.number - len(self.rows)


@dataclass(frozen=True)
class Joined:
    label: Any
    row: Named
    choices: list[Choice]


@dataclass(frozen=True)
class MergePage:
    plan: Plan
    wishes: Wishes | None

    @property
    def moved(self) -> list[Group]:
        return [
            Group(
                moved.relation.label,
                len(moved.rows),
                [_named(row, moved.relation) for row in moved.rows[:NAMED]],
            )
            for moved in self.plan.moved
        ]

    @cached_property
    def open_pairs(self) -> list[Joined]:
        """Those of which something has to be chosen."""
        return [_joined(pair) for pair in self.plan.pairs if pair.choices]

    @property
    def pairs(self) -> list[Group]:
        """All others, by relation."""
        found: dict[str, list[Pair]] = {}
        for pair in self.plan.pairs:
            if not pair.choices:
                found.setdefault(str(pair.relation.label), []).append(pair)
        return [
            Group(label, len(some), [_named(pair.goes, pair.relation) for pair in some[:NAMED]])
            for label, some in found.items()
        ]

    @property
    def readers(self) -> str:
        """What readers find afterwards, where only one of the two is published."""
        kept, gone = self.plan.kept, self.plan.gone
        names = {"kept": kept, "gone": gone}
        if kept.is_published and not gone.is_published:
            words = _(
                "“%(kept)s” is published and “%(gone)s” is not. Readers will see what moves, as far"
                " as it is published itself."
            )
        elif gone.is_published and not kept.is_published:
            words = _(
                "“%(gone)s” is published and “%(kept)s” is not. Readers will find neither until"
                " “%(kept)s” is published. Swap the sides to keep the published one."
            )
        else:
            return ""
        return words % names

    @property
    def rivals(self) -> list[tuple[Choice, bool, bool, bool]]:
        """Values that go, each with what may become of it: whether it is to stand in the note,
        whether it can become a claim, and whether it is to."""
        wishes = self.wishes
        return [
            (
                choice,
                wishes is None or choice.group.name in wishes.in_note,
                bool(choice.group.claim),
                wishes is not None and choice.group.name in wishes.as_claim,
            )
            for choice in self.plan.rivals
            if not (choice.group.name == "name" and _has_names(self.plan))
        ]

    @property
    def has_rival_name(self) -> bool:
        """Whether one of both names, if it is not chosen, becomes another name."""
        names = {self.plan.kept.name, self.plan.gone.name} if _has_names(self.plan) else set()
        return len(names) == 2 and not names <= self.plan.known_names

    @property
    def language(self) -> str:
        return self.wishes.language if self.wishes else ""


def _has_names(plan: Plan) -> bool:
    return hasattr(plan.kept, "names")


def _joined(pair: Pair) -> Joined:
    return Joined(pair.relation.label, _named(pair.goes, pair.relation), pair.choices)


def _named(row: Any, relation: Relation) -> Named:
    model: type[Model] = type(row)
    if model is Statement.audience.through:
        row = row.statement
    options = row._meta
    name = f"admin:{options.app_label}_{options.model_name}_change"
    return Named(_words(row, relation), reverse(name, args=[row.pk]))


def _words(row: Any, relation: Relation) -> str:
    if isinstance(row, Participation) and relation.field == "actor":
        return f"{row.event}: {row.role}"
    if isinstance(row, ActorName | LocationName):
        return f"{row.name} ({row.language})"
    if isinstance(row, Citation) and row.aspect:
        return f"{row} ({row.get_aspect_display()})"
    return str(row)
