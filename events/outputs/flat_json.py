"""Flat JSON: the fields of the table, with lists as lists and null where nothing is known."""

from collections.abc import Iterator

from events.outputs.fields import flat
from events.outputs.json_text import document
from events.outputs.selection import Selection


def parts(selection: Selection) -> Iterator[str]:
    head = {
        "title": selection.title,
        "url": selection.itself,
        "page": selection.page,
        "fields": selection.addresses.explanation,
    }
    events = (flat(event, selection.addresses) for event in selection.events())
    return document(head, "events", events, lambda count: {"count": count})
