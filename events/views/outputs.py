"""Lists in other forms: files, feeds, calendars, a frame; and the page on what they hold."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from config.db.snapshot import snapshot
from config.http import faults
from config.http.addresses import absolute, with_query
from config.http.caching import versioned
from config.http.open_access import read_by_other_sites
from config.http.problem_documents import bad_query
from config.http.slots import Slots
from config.lists.cursors import CursorError
from config.lists.filtering import StrictFilterSet
from config.lists.listing import render_page
from config.lists.paging import no_page_after
from events.exports.addresses import Addresses
from events.exports.collection import Collection
from events.exports.embedded import first_events
from events.exports.event_collection import EventCollection
from events.exports.formats import FORMATS, Format
from events.exports.links import Following
from events.exports.registry import COLLECTIONS, FORMATS_OF
from events.exports.selection import FeedPage, Selection
from events.exports.statement_collection import StatementCollection
from events.exports.stream import Stream
from events.exports.wording import filter_in_words
from events.site import chronology_of

View = Callable[..., HttpResponseBase]

# A whole set keeps a thread and a connection for seconds; pages must find some free meanwhile.
_exports = Slots()
_RETRY_AFTER = 10  # seconds; an export of 20,000 events takes about five


def _shown_to_people(view: View) -> View:
    """A browser shows Atom under its style sheet where it is told that it is XML; whoever asks for
    pages is one. Under its own media type, browsers save feeds or show them as they are written."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.get("Content-Type", "").startswith("application/atom+xml"):
            patch_vary_headers(response, ["Accept"])
            if "text/html" in request.headers.get("Accept", ""):
                response["Content-Type"] = "application/xml; charset=utf-8"
        return response

    return answer


@require_safe
@read_by_other_sites
@_shown_to_people
@versioned
def output(request: HttpRequest, name: str, extension: str) -> HttpResponseBase:
    """The records of the list `name` under the filter, all of them or a page of a feed; a bad query
    is a problem document."""
    form = FORMATS_OF[name].get(extension)
    if form is None:
        raise Http404
    collection = COLLECTIONS[name]
    filters = collection.read_query(request.GET, is_feed=form.is_feed)
    if filters.problems:
        return bad_query(filters.problems)
    try:
        response = (_feed if form.is_feed else _whole)(request, form, collection(filters))
    except CursorError:
        return bad_query([no_page_after(filters)])
    if response.status_code == 200:
        response["Content-Disposition"] = _disposition(name, form)
        if licence := chronology_of(request).terms.url:
            # RFC 8288, for forms that have no place for it.
            response["Link"] = f'<{licence}>; rel="license"'
    return response


def _whole(request: HttpRequest, form: Format, found: Collection[Any]) -> HttpResponseBase:
    """Every record in one document, written while it is sent, as few at a time as are allowed."""
    document: Stream | tuple[()] = ()
    if request.method != "HEAD":
        address = _address(request, found.filters)
        selection = Selection(itself=address, **_selected(request, found))
        slot = _exports.take(settings.EXPORTS_AT_ONCE)
        if slot is None:
            return _too_many(request)
        document = Stream(form, selection, slot)
    return StreamingHttpResponse(document, content_type=form.media_type)


def _too_many(request: HttpRequest) -> HttpResponse:
    response = faults.respond(
        request,
        status=429,
        title=_("Too many exports at a time"),
        detail=_("The site writes as many as it can. Please ask again in a few seconds."),
    )
    response["Retry-After"] = str(_RETRY_AFTER)
    return response


def _feed(request: HttpRequest, form: Format, found: Collection[Any]) -> HttpResponseBase:
    """One page of a feed, small enough to be kept."""
    after = found.filters.data.get("after", "")
    page = FeedPage(
        itself=_address(request, found.filters, after),
        after=after,
        address_of=partial(_address, request, found.filters),
        **_selected(request, found),
    )
    with snapshot():
        return HttpResponse("".join(form.parts(page)), content_type=form.media_type)


def _selected(request: HttpRequest, found: Collection[Any]) -> dict[str, Any]:
    """What a whole output and a page of a feed are made from alike."""
    page = with_query(reverse(found.list_view), found.filters.query)
    return {
        "title": filter_in_words(found.filters, found.heading),
        "page": absolute(request, page),
        "addresses": Addresses(request),
        "chronology": chronology_of(request),
        "found": found,
    }


def _address(request: HttpRequest, filters: StrictFilterSet, after: str = "") -> str:
    """The address of the output under its filter, behind a cursor."""
    place = f"after={after}" if after else ""
    query = "&".join(part for part in (filters.query, place) if part)
    return absolute(request, with_query(request.path, query))


def _disposition(name: str, form: Format) -> str:
    kind = "attachment" if form.is_file else "inline"
    return f'{kind}; filename="chancery-{name}.{form.extension}"'


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": None, "connect-src": None})
@versioned
def event_embed(request: HttpRequest) -> HttpResponse:
    """The timeline for a frame on any other page: the first events, and the way to all of them."""
    filters = EventCollection.read_query(request.GET, is_feed=False)
    timeline = first_events(filters)
    following = Following(request, filters)
    context = {
        "problems": filters.problems,
        "filters": filters,
        "groups": timeline.sections,
        "axis": timeline.axis,
        "carried": with_query("", filters.query),
        "title": following.title,
        "page": following.page,
    }
    return render(request, "events/event_embed.html", context)


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What the outputs are, and what each of their fields holds."""
    return render_page(
        request,
        "exports.html",
        formats=FORMATS.values(),
        formats_of_statements=FORMATS_OF["statements"].values(),
        fields=EventCollection.fields.items(),
        fields_of_statements=StatementCollection.fields.items(),
    )
