"""iCalendar, RFC 5545.

A date with both ends is an all-day VEVENT from the first to the last day that it can mean. Where
that is anything but one known day, the summary ends in the date in words; where the date or the
event is in doubt, the status is TENTATIVE. A date with an open end is a VJOURNAL without DTSTART:
no calendar shows it on a day. The date as EDTF is always there, as X-CHANCERY-EDTF.

Written here, because the library for it makes 1,400 components a second and turns a backslash
before an N into a line break; that library reads what is written, in the tests.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from config.edtf.dates import Kind
from events.exports.addresses import Addresses
from events.exports.dates import FIRST_DAY, LAST_DAY
from events.exports.event_collection import EventCollection
from events.exports.records import EventRecord
from events.exports.selection import Selection
from events.exports.wording import headline, text_of
from events.models.events import Standing

# How often a calendar that is subscribed to is asked for again: a chronology is not news, and what
# has not changed costs next to nothing.
_REFRESHED = "PT12H"
# In octets, without the line end.
_LINE_LENGTH = 75
# A file must hold a component: one that says nothing, where there is no event.
_NOTHING = (
    *("BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"),
)


def parts(selection: Selection[EventCollection]) -> Iterator[str]:
    count = selection.count
    yield _head(selection.title_of_site, selection.page, selection.itself, count)
    if not count:
        yield lines(*_NOTHING)
    for event in selection.records():
        yield lines(*_component(event, selection.addresses))
    yield lines("END:VCALENDAR")


def of_one(event: EventRecord, addresses: Addresses, itself: str, site: str) -> str:
    """A calendar of one event, whose address is `itself`, of the chronology named `site`."""
    page = addresses.event(event.slug)
    head = _head(f"{site} – {headline(event)}", page, itself, 1)
    return head + lines(*_component(event, addresses), "END:VCALENDAR")


def _head(name: str, page: str, itself: str, count: int) -> str:
    return lines(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Chancery//Events//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{text(name)}",
        f"X-WR-CALNAME:{text(name)}",
        f"URL:{page}",
        f"SOURCE;VALUE=URI:{itself}",
        # As RFC 7986 has it, and as calendars knew it before.
        f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESHED}",
        f"X-PUBLISHED-TTL:{_REFRESHED}",
        f"X-CHANCERY-COUNT:{count}",
    )


def _component(event: EventRecord, addresses: Addresses) -> Iterator[str]:
    days = _days(event)
    kind = "VEVENT" if days else "VJOURNAL"
    changed = utc(event.updated_at)
    title = headline(event)
    if days is None or not event.date.when.is_day:
        title = f"{title} ({event.date.words})"
    yield f"BEGIN:{kind}"
    yield f"UID:{event.uuid.urn}"
    yield f"DTSTAMP:{changed}"
    yield f"CREATED:{utc(event.published_at)}"
    yield f"LAST-MODIFIED:{changed}"
    if days:
        yield f"DTSTART;VALUE=DATE:{_day(days[0])}"
        yield f"DTEND;VALUE=DATE:{_day(days[1] + timedelta(days=1))}"
        yield f"STATUS:{_status(event)}"
        # Nobody is busy for it.
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{text(title)}"
    yield f"DESCRIPTION:{text(text_of(event))}"
    yield f"URL:{addresses.event(event.slug)}"
    yield f"CATEGORIES:{text(event.kind_name)},{text(event.standing_in_words)}"
    yield from _place(event, is_event=bool(days))
    yield f"X-CHANCERY-STANDING:{text(event.standing)}"
    yield f"X-CHANCERY-EDTF:{text(event.date.when.text)}"
    yield f"X-CHANCERY-DATE:{text(event.date.words)}"
    yield f"END:{kind}"


def _days(event: EventRecord) -> tuple[date, date] | None:
    """First and last day where a calendar can hold both, and the day after the last."""
    when = event.date.when
    if when.first_day is None or when.last_day is None:
        return None
    if when.first_day < FIRST_DAY or when.last_day >= LAST_DAY:
        return None
    return date.fromordinal(when.first_day), date.fromordinal(when.last_day)


def _status(event: EventRecord) -> str:
    """CONFIRMED is what happened, on a known day or all the time from one day to another."""
    when = event.date.when
    is_certain = not when.is_qualified and when.kind in (Kind.DAY, Kind.SPAN, Kind.ALL_OF)
    is_fact = event.standing in (Standing.OCCURRED, Standing.REPORTED)
    return "CONFIRMED" if is_certain and is_fact else "TENTATIVE"


def _place(event: EventRecord, *, is_event: bool) -> Iterator[str]:
    """A journal has no place of its own."""
    if event.place and is_event:
        yield f"LOCATION:{text(event.place.name)}"
        # GEO is a point: a country is none.
        if event.place.precision in ("exact", "town"):
            yield f"GEO:{event.place.latitude:.6f};{event.place.longitude:.6f}"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def text(value: str) -> str:
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return value.replace("\r", "").replace("\n", "\\n")


def lines(*given: str) -> str:
    return "".join(f"{fold(line)}\r\n" for line in given)


def fold(line: str) -> str:
    """No line is longer than 75 octets; what goes on begins with a blank. No character is cut."""
    octets = line.encode()
    if len(octets) <= _LINE_LENGTH:
        return line
    pieces, start, room = [], 0, _LINE_LENGTH
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, _LINE_LENGTH - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode()
