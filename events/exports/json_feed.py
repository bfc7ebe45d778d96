"""JSON Feed 1.1, a page of it. The flat fields of a record stand in the extension `_chancery`."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language

from events.exports.fields import timestamp
from events.exports.json_text import document
from events.exports.selection import FeedPage
from events.exports.terms import terms_of


def parts(selection: FeedPage[Any]) -> Iterator[str]:
    head: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": selection.title_of_site,
        "home_page_url": selection.page,
        "feed_url": selection.itself,
        "language": get_language(),
        "authors": [{"name": selection.chronology.name, "url": f"{selection.addresses.base}/"}],
    }
    if selection.chronology.description:
        head["description"] = selection.chronology.description
    if selection.next:
        head["next_url"] = selection.next
    items = (_item(record, selection) for record in selection.records())
    own = {"about": selection.addresses.explanation, "count": selection.count}
    return document(
        head, "items", items, lambda _count: {"_chancery": own | terms_of(selection.chronology)}
    )


def _item(record: Any, selection: FeedPage[Any]) -> dict[str, Any]:
    entry = selection.found.entry(record, selection.addresses)
    published = entry.published_at and {"date_published": timestamp(entry.published_at)}
    return {
        "id": entry.uuid.urn,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.text,
        **(published or {}),
        "date_modified": timestamp(entry.updated_at),
        "tags": entry.tags,
        "_chancery": selection.found.flat(record, selection.addresses),
    }
