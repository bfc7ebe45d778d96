"""What the field of a picker sends, with a script and without.

For a field `actor` these are posted:

- `actor`: the key that was chosen;
- `actor_text`: the words in the box;
- `actor_shown`: the words that the key stands for. Where the box has others, the key is an old one;
- `actor_pick`: the suggestion that was ticked, or a draft to make (`asked`). Without script only.

A program may send the key alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

PARTS = ("text", "shown", "pick", "locator", "whole")


class Typed(str):
    """Words in a box that are the name of no record, or of several."""


@dataclass(frozen=True)
class Sent:
    keys: list[str] = field(default_factory=list)
    text: str = ""
    shown: str = ""
    picks: list[str] = field(default_factory=list)
    is_key_alone: bool = False

    @property
    def is_as_shown(self) -> bool:
        return self.text == self.shown

    def one(self, resolve: Callable[[str], str]) -> str:
        """The key that is chosen, or `Typed`; empty for nothing."""
        keys = [key for key in [*self.keys, *self.picks] if key]
        if self.is_key_alone or (self.text and self.is_as_shown and keys):
            return keys[-1] if keys else ""
        return resolve(self.text) if self.text else ""

    def many(self, resolve: Callable[[str], str]) -> list[str]:
        keys = [key for key in self.keys if key]
        if self.text and self.is_as_shown and self.picks:
            return [*keys, *self.picks]
        return [*keys, resolve(self.text)] if self.text else keys


def read(data: Mapping[str, Any], name: str) -> Sent:
    text = data.get(f"{name}_text")
    keys = _all(data, name)
    if text is None:
        return Sent(keys, is_key_alone=True)
    shown = str(data.get(f"{name}_shown") or "")
    return Sent(keys, _plain(str(text)), _plain(shown), _all(data, f"{name}_pick"))


def _plain(text: str) -> str:
    """Boxes of one line change blanks."""
    return " ".join(text.replace("\x00", "").split())


def _all(data: Mapping[str, Any], name: str) -> list[str]:
    if hasattr(data, "getlist"):
        return list(map(str, data.getlist(name)))
    value = data.get(name)
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one) for one in values if one is not None]
