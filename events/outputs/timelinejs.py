"""TimelineJS 3: slides along an axis.

Years, months and days stand as they are known, everything else as a span from its first to its
last possible day; `display_date` says the date in words, and is what a reader sees. An event with
one open end stands at the other. The axis refuses a slide without a year, so that events of whose
date neither end is known are told on the title slide, which needs none.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from events.outputs.dates import on_axis
from events.outputs.json_text import encode
from events.outputs.records import EventRecord
from events.outputs.selection import Addresses, Selection
from events.outputs.wording import headline, paragraphs

_PARTS = ("year", "month", "day")


def parts(selection: Selection) -> Iterator[str]:
    yield '{"events":['
    count = on_title = 0
    for count, event in enumerate(selection.events(), start=1):
        slide = _slide(event, selection.addresses)
        if slide is None:
            on_title += 1
        else:
            yield f"{',' if count - on_title > 1 else ''}\n{encode(slide)}"
    yield "\n],"
    yield from _title(selection, has_undated=bool(on_title))
    yield f'"count":{count}}}\n'


def _slide(event: EventRecord, addresses: Addresses) -> dict[str, Any] | None:
    where = on_axis(event.date.when.text)
    if where is None:
        return None
    words = event.date.words
    slide: dict[str, Any] = {
        "unique_id": str(event.uuid),
        "start_date": _date(where.start, words),
        "display_date": words,
        "text": {"headline": _link(event, addresses), "text": _text(event)},
        "group": event.kind_name,
        "standing": event.standing,
        "autolink": False,
    }
    if where.end:
        slide["end_date"] = _date(where.end, words)
    return slide


def _date(numbers: list[int], words: str) -> dict[str, Any]:
    return dict(zip(_PARTS, numbers, strict=False)) | {"display_date": words}


def _title(selection: Selection, *, has_undated: bool) -> Iterator[str]:
    """The title slide, written piece by piece: it may tell of many events."""
    yield f'"title":{{"unique_id":"title","text":{{"headline":{encode(escape(selection.title))}'
    if has_undated:
        yield f',"text":"{_inside(_("Events without a date on this axis:"))}'
        for event in selection.undated_events():
            link = _link(event, selection.addresses)
            yield _inside(f"<h3>{link}</h3>{_text(event)}")
        yield '"'
    yield "}},"


def _inside(text: str) -> str:
    """As it stands between the quotation marks of a JSON string."""
    return encode(text)[1:-1]


def _link(event: EventRecord, addresses: Addresses) -> str:
    return f'<a href="{escape(addresses.event(event))}">{escape(headline(event))}</a>'


def _text(event: EventRecord) -> str:
    """HTML, because TimelineJS takes it for nothing else; a sanitizer of its own reads it."""
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs(event))
