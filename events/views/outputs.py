"""The timeline in other forms: files, feeds, calendars, a frame; and the page on what they hold."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from config.db.snapshot import snapshot
from config.http import faults
from config.http.addresses import absolute, with_query
from config.http.caching import versioned
from config.http.problem_documents import bad_query
from config.http.slots import Slots
from config.lists.cursors import CursorError
from config.lists.listing import render_page
from config.lists.paging import no_page_after
from events.exports.embedded import first_events
from events.exports.fields import FIELDS
from events.exports.formats import FORMATS, Format
from events.exports.links import Following
from events.exports.selection import Addresses, FeedPage, Selection
from events.exports.stream import Stream
from events.exports.wording import filter_in_words
from events.filters.events import EventFilterSet
from events.models import Event

View = Callable[..., HttpResponseBase]

# A whole set keeps a thread and a connection for seconds; pages must find some free meanwhile.
_exports = Slots()
_RETRY_AFTER = 10  # seconds; an export of 20,000 events takes about five


class OutputFilterSet(EventFilterSet):
    """The timeline's filters and nothing else: an output is whole, it has no pages."""

    OTHER_PARAMETERS = frozenset()


class FeedFilterSet(EventFilterSet):
    """The timeline's filters, and where a page of a feed begins."""

    OTHER_PARAMETERS = frozenset({"after"})

    @property
    def order_in_force(self) -> str:
        """By last change: by date, a new entry about the past would never come to its readers."""
        return self.chosen("order") or "-updated"


def _read_by_other_sites(view: View) -> View:
    """Scripts of any site may read the answer, also that nothing has changed: it is all public."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


@require_safe
@_read_by_other_sites
@versioned
def event_output(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The events under the filter, all of them or a page of a feed; a bad query is a problem
    document."""
    form = FORMATS.get(extension)
    if form is None:
        raise Http404
    filter_set = FeedFilterSet if form.is_feed else OutputFilterSet
    filters = filter_set(request.GET, queryset=Event.objects.none())
    if filters.problems:
        return bad_query(filters.problems)
    try:
        response = (_feed if form.is_feed else _whole)(request, form, filters)
    except CursorError:
        return bad_query([no_page_after(filters)])
    if response.status_code == 200:
        response["Content-Disposition"] = _disposition(form)
    return response


def _whole(request: HttpRequest, form: Format, filters: EventFilterSet) -> HttpResponseBase:
    """Every event in one document, written while it is sent, as few at a time as are allowed."""
    document: Stream | tuple[()] = ()
    if request.method != "HEAD":
        selection = Selection(itself=_address(request, filters), **_selected(request, filters))
        slot = _exports.take(settings.EXPORTS_AT_ONCE)
        if slot is None:
            return _too_many(request)
        document = Stream(form, selection, slot)
    return StreamingHttpResponse(document, content_type=form.media_type)


def _too_many(request: HttpRequest) -> HttpResponse:
    response = faults.respond(
        request,
        status=429,
        title="Too many exports at a time",
        detail="The site writes as many as it can. Please ask again in a few seconds.",
    )
    response["Retry-After"] = str(_RETRY_AFTER)
    return response


def _feed(request: HttpRequest, form: Format, filters: EventFilterSet) -> HttpResponseBase:
    """One page of a feed, small enough to be kept."""
    after = filters.data.get("after", "")
    page = FeedPage(
        itself=_address(request, filters, after),
        after=after,
        address_of=partial(_address, request, filters),
        **_selected(request, filters),
    )
    with snapshot():
        return HttpResponse("".join(form.parts(page)), content_type=form.media_type)


def _selected(request: HttpRequest, filters: EventFilterSet) -> dict[str, Any]:
    """What a whole output and a page of a feed are made from alike."""
    page = with_query(reverse("events:event_list"), filters.query)
    return {
        "title": filter_in_words(filters),
        "page": absolute(request, page),
        "addresses": Addresses(request),
        "filters": filters,
    }


def _address(request: HttpRequest, filters: EventFilterSet, after: str = "") -> str:
    """The address of the output under its filter, behind a cursor."""
    place = f"after={after}" if after else ""
    query = "&".join(part for part in (filters.query, place) if part)
    return absolute(request, with_query(request.path, query))


def _disposition(form: Format) -> str:
    kind = "attachment" if form.is_file else "inline"
    return f'{kind}; filename="chancery-events.{form.extension}"'


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": None, "connect-src": None})
@versioned
def event_embed(request: HttpRequest) -> HttpResponse:
    """The timeline for a frame on any other page: the first events, and the way to all of them."""
    filters = OutputFilterSet(request.GET, queryset=Event.objects.none())
    timeline = first_events(filters)
    context = {
        "problems": filters.problems,
        "filters": filters,
        "groups": timeline.sections,
        "axis": timeline.axis,
        "carried": with_query("", filters.query),
        "following": Following(request, filters),
    }
    return render(request, "events/event_embed.html", context)


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What the outputs are, and what each of their fields holds."""
    return render_page(request, "exports.html", formats=FORMATS.values(), fields=FIELDS.items())
