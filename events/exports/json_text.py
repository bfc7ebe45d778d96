"""JSON, written piece by piece: a head, a list, and at its end how many it holds."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def document(
    head: dict[str, Any], name: str, items: Iterable[Any], tail: Callable[[int], dict[str, Any]]
) -> Iterator[str]:
    """An object: the members of `head`, the list `name`, and what `tail` makes of its length.

    A file that is cut off is no JSON, and without the tail in any case. `head` and the tail are
    not empty.
    """
    yield f"{encode(head)[:-1]},{encode(name)}:["
    count = 0
    for item in items:
        yield f",\n{encode(item)}" if count else f"\n{encode(item)}"
        count += 1
    yield f"\n],{encode(tail(count))[1:]}\n"
