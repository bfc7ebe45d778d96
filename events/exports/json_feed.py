"""JSON Feed 1.1, a page of it. The flat fields of each event stand in the extension `_chancery`."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language

from events.exports.fields import flat, timestamp
from events.exports.json_text import document
from events.exports.records import EventRecord
from events.exports.selection import FeedPage
from events.exports.wording import headline, text_of


def parts(selection: FeedPage) -> Iterator[str]:
    head: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"Chancery – {selection.title}",
        "home_page_url": selection.page,
        "feed_url": selection.itself,
        "language": get_language(),
        "authors": [{"name": "Chancery", "url": f"{selection.addresses.base}/"}],
    }
    if selection.next:
        head["next_url"] = selection.next
    items = (_item(event, selection) for event in selection.events())
    about = selection.addresses.explanation
    total = selection.count
    return document(
        head, "items", items, lambda _count: {"_chancery": {"about": about, "count": total}}
    )


def _item(event: EventRecord, selection: FeedPage) -> dict[str, Any]:
    url = selection.addresses.event(event)
    return {
        "id": event.uuid.urn,
        "url": url,
        "title": headline(event),
        "content_text": text_of(event),
        "date_published": timestamp(event.published_at),
        "date_modified": timestamp(event.updated_at),
        "tags": [event.kind_name, event.standing_in_words],
        "_chancery": flat(event, selection.addresses),
    }
