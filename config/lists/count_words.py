"""What a list says about the number of its rows, in whole sentences."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class CountWords:
    """The sentences of one kind of record.

    The plurals are ``ngettext_lazy(…, …, "count")``. `count` chooses the form and is not written;
    `number` is the same with its thousands apart.
    """

    none: str | Promise
    whole: Any
    # `first` to `last` of `number`.
    part: Any
    # `shown` more of `number`.
    rest: Any
    # The button that shows them.
    show: Any
    # Nothing answers to the filters, and nothing is there to filter.
    no_match: str | Promise
    none_yet: str | Promise


def in_groups(number: int) -> str:
    """A number as it is written, in groups of digits."""
    # Most are of one group, which no language writes otherwise.
    return str(number) if 0 <= number < 1000 else number_format(number, force_grouping=True)


def written(plural: Any, count: int, **numbers: int) -> str:
    """The sentence that fits the number, with this and others in it."""
    numbers["number"] = count
    shown = {name: in_groups(value) for name, value in numbers.items()}
    sentence: str = plural % {"count": count, **shown}
    return sentence
