"""What differs between two states of a record with all that belongs to it, word by word."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from events.history.kinds import KINDS, columns_of
from events.history.names import Names, part_name
from events.history.plans import choice_of, differing
from events.history.states import Data, Key, State

_ORDER = {kind: number for number, kind in enumerate(KINDS)}
_WORDS = re.compile(r"\s+|[^\s]+")
# Longer texts are shown whole, before and after: comparing them takes too long.
_MOST_WORDS = 3000
# Fewer words than these between two changes are chance, and told with them.
_FEWEST = 3
# Of a row that came or went these say nothing: what it belongs to, and what the program keeps.
_UNSAID = {"id", "uuid", "created_at", "updated_at", "published_at", "standing_since"}


class Piece(NamedTuple):
    """Some words, and whether the other side has them, too."""

    text: str
    is_changed: bool


@dataclass(frozen=True)
class Difference:
    """One field of a row, or a whole row that came or went. A side without pieces is empty.

    `choice` is what a form calls it.
    """

    choice: str

    part: str
    field: str
    before: list[Piece] | None
    after: list[Piece] | None

    @property
    def is_whole_row(self) -> bool:
        return self.before is None or self.after is None


# The label of a column on the form of its kind.
Label = Callable[[str, str], str]


def compare(
    record: Key, before: State, after: State, names: Names, label: Label
) -> list[Difference]:
    """In the order of the form: the record itself, then what belongs to it."""
    found = []
    for key in sorted(before, key=lambda key: (key != record, _ORDER[key.kind], key.row)):
        found += _of_row(key, record, before[key], after[key], names, label)
    return found


def _of_row(
    key: Key, record: Key, before: Data | None, after: Data | None, names: Names, label: Label
) -> list[Difference]:
    changed = differing(before, after)
    if not changed:
        return []
    if before is None or after is None:
        sides = [
            None if data is None else names.name_of(key.kind, data) for data in (before, after)
        ]
        left, right = ([Piece(side, True)] if side is not None else None for side in sides)
        return [Difference(str(key), part_name(key.kind), "", left, right)]
    part = "" if key == record else f"{part_name(key.kind)}: {names.name_of(key.kind, after)}"
    order = [name for name in columns_of(key.kind) if name in changed and name not in _UNSAID]
    found = []
    for column in order:
        one, other = (names.value(key.kind, column, data[column]) for data in (before, after))
        shown = (part, label(key.kind, column), *by_word(one, other))
        found.append(Difference(choice_of(key, column), *shown))
    return found


def by_word(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    one, other = _WORDS.findall(before), _WORDS.findall(after)
    if len(one) + len(other) > _MOST_WORDS:
        return [Piece(before, True)], [Piece(after, True)]
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    left, right = list[Piece](), list[Piece]()
    for place, (operation, a, b, c, d) in enumerate(codes):
        is_within = 0 < place < len(codes) - 1
        is_changed = operation != "equal" or (is_within and _words(one[a:b]) < _FEWEST)
        _add(left, one[a:b], is_changed)
        _add(right, other[c:d], is_changed)
    return left, right


def _words(tokens: Iterable[str]) -> int:
    return sum(not token.isspace() for token in tokens)


def _add(pieces: list[Piece], tokens: Iterable[str], is_changed: bool) -> None:
    text = "".join(tokens)
    if text and pieces and pieces[-1].is_changed == is_changed:
        pieces[-1] = Piece(pieces[-1].text + text, is_changed)
    elif text:
        pieces.append(Piece(text, is_changed))
