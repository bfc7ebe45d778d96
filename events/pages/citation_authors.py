"""The authors of a source, read from how curators type them."""

import re
from typing import NamedTuple

# Those of Latin, Arabic and Chinese script.
_BETWEEN_NAMES = re.compile(r"\s*[;\u061b\uff1b]\s*")
_BETWEEN_PARTS = re.compile(r"\s*[,\u060c\uff0c]\s*")


class Author(NamedTuple):
    """A person by family and given name; `given` is empty for a name of which only the whole is
    known, such as an institution's."""

    family: str
    given: str


def read_authors(text: str) -> list[Author]:
    """ "Family, Given; Family, Given". What has no comma, or more than one, is a whole name."""
    names = [" ".join(name.split()) for name in _BETWEEN_NAMES.split(text)]
    return [_read(name) for name in names if name]


def _read(name: str) -> Author:
    parts = _BETWEEN_PARTS.split(name)
    if len(parts) == 2 and all(parts):
        return Author(*parts)
    return Author(name, "")
