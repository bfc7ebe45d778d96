"""Flat JSON: the fields of the table, with lists as lists and null where nothing is known."""

from collections.abc import Iterator

from events.exports.fields import flat
from events.exports.json_text import document
from events.exports.selection import Selection


def parts(selection: Selection) -> Iterator[str]:
    head = {
        "title": selection.title,
        "url": selection.itself,
        "page": selection.page,
        "fields": selection.addresses.explanation,
    }
    events = (flat(event, selection.addresses) for event in selection.events())
    return document(head, "events", events, lambda count: {"count": count})
