"""JSON: the fields of the table, with lists as lists and null where nothing is known.

Of events also their claims, and who says what of them.
"""

from collections.abc import Iterator
from typing import Any

from events.exports.json_text import document
from events.exports.selection import Selection
from events.exports.terms import terms_of


def parts(selection: Selection[Any]) -> Iterator[str]:
    head = {
        "title": selection.title,
        "url": selection.itself,
        "page": selection.page,
        "fields": selection.addresses.explanation,
        **terms_of(selection.chronology),
    }
    found, addresses = selection.found, selection.addresses
    records = (found.in_full(record, addresses) for record in selection.records())
    return document(head, found.name, records, lambda count: {"count": count})
