"""TimelineJS 3: slides along an axis.

Years, months and days stand as they are known, everything else as a span from its first to its
last possible day; `display_date` says the date in words, and is what a reader sees. An event with
one open end stands at the other. The axis refuses a slide without a year, so that events of whose
date neither end is known are told on the title slide, which needs none. TimelineJS shows nothing
but an error where there is no other slide: then one says, under the day of asking, why.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils import formats
from django.utils.html import escape
from django.utils.translation import gettext as _

from events.exports.addresses import Addresses
from events.exports.dates import on_axis
from events.exports.event_collection import EventCollection
from events.exports.json_text import encode
from events.exports.records import EventRecord
from events.exports.selection import Selection
from events.exports.wording import headline, paragraphs

_PARTS = ("year", "month", "day")
# The years of dates in a browser. On the scale of all years, slides stand by their years alone.
_YEARS = range(-271_820, 275_760)


def parts(selection: Selection[EventCollection]) -> Iterator[str]:
    yield '{"events":['
    count = on_title = 0
    is_vast = False
    for count, event in enumerate(selection.records(), start=1):
        slide = _slide(event, selection.addresses)
        if slide is None:
            on_title += 1
        else:
            is_vast = is_vast or _is_vast(slide)
            yield f"{',' if count - on_title > 1 else ''}\n{encode(slide)}"
    if count == on_title:
        yield f"\n{encode(_empty_axis(has_events=bool(count)))}"
    yield "\n],"
    if is_vast:
        yield '"scale":"cosmological",'
    yield from _title(selection, has_undated=bool(on_title))
    yield f'"count":{count}}}\n'


def _is_vast(slide: dict[str, Any]) -> bool:
    dates = (slide["start_date"], slide.get("end_date", slide["start_date"]))
    return any(date["year"] not in _YEARS for date in dates)


def _empty_axis(*, has_events: bool) -> dict[str, Any]:
    """A slide about the timeline itself: that no event stands on its axis, and on which day."""
    today = datetime.now(UTC).date()
    words = _("As of %(day)s") % {"day": formats.date_format(today, "j F Y")}
    if has_events:
        headline = _("No event with a date")
        text = _("Neither the start nor the end of any of these events is known.")
    else:
        headline, text = _("No event"), _("Nothing is recorded under this filter.")
    return {
        "unique_id": "no-event-on-the-axis",
        "start_date": _date([today.year, today.month, today.day], words),
        "display_date": words,
        "text": {"headline": headline, "text": f"<p>{text}</p>"},
        "autolink": False,
    }


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


def _title(selection: Selection[EventCollection], *, has_undated: bool) -> Iterator[str]:
    """The title slide, written piece by piece: it may tell of many events."""
    yield f'"title":{{"unique_id":"title","text":{{"headline":{encode(escape(selection.title))}'
    if has_undated:
        yield f',"text":"{_inside(_("Events without a date on this axis:"))}'
        for event in selection.found.undated():
            link = _link(event, selection.addresses)
            yield _inside(f"<h3>{link}</h3>{_text(event)}")
        yield '"'
    yield "}},"


def _inside(text: str) -> str:
    """As it stands between the quotation marks of a JSON string."""
    return encode(text)[1:-1]


def _link(event: EventRecord, addresses: Addresses) -> str:
    return f'<a href="{escape(addresses.event(event.slug))}">{escape(headline(event))}</a>'


def _text(event: EventRecord) -> str:
    """HTML, because TimelineJS takes it for nothing else; a sanitizer of its own reads it."""
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs(event))
