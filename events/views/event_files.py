"""One event as a file: for calendars, and for programs."""

from django.http import Http404, HttpRequest, HttpResponse

from config.db.snapshot import snapshot
from config.http.addresses import absolute
from config.http.former_slugs import redirect_former_slugs
from events.exports import calendar_file, records
from events.exports.addresses import Addresses
from events.exports.claims import in_full
from events.exports.fields import flat
from events.exports.formats import FORMATS
from events.exports.json_text import encode
from events.exports.records import EventRecord
from events.index.current import current_state
from events.models import Event
from events.site import chronology_of
from events.views.withdrawn import tell_withdrawn


@tell_withdrawn
@redirect_former_slugs(Event)
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    event = _read(slug)
    itself = absolute(request, request.path)
    site = chronology_of(request).name
    content = calendar_file.of_one(event, Addresses(request), itself, site)
    return _file(event, "ics", content)


@tell_withdrawn
@redirect_former_slugs(Event)
def event_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same record as `/events.json` has it."""
    event = _read(slug)
    addresses = Addresses(request)
    record = flat(event, addresses) | in_full(event.said, addresses)
    return _file(event, "json", f"{encode(record)}\n")


def _read(slug: str) -> EventRecord:
    with snapshot():
        key = Event.objects.published().filter(slug=slug).values_list("pk", flat=True).first()
        if key is None:
            raise Http404
        found = next(records.read(current_state(), [key], with_claims=True), None)
    if found is None:
        raise Http404
    return found


def _file(event: EventRecord, extension: str, content: str) -> HttpResponse:
    form = FORMATS[extension]
    kind = "attachment" if form.is_file else "inline"
    response = HttpResponse(content, content_type=form.media_type)
    response["Content-Disposition"] = f'{kind}; filename="{event.slug}.{extension}"'
    return response
