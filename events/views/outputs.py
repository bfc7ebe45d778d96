"""The timeline in other forms: files, feeds, calendars, a frame; and the page on what they hold."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from config import faults
from config.addresses import absolute, with_query
from config.caching import versioned
from config.listing import render_page
from config.problem_documents import bad_query
from config.slots import Slots
from events.filters import EventFilterSet
from events.models import Event
from events.outputs.embedded import first_events
from events.outputs.fields import FIELDS
from events.outputs.formats import FORMATS, Format
from events.outputs.links import Following
from events.outputs.selection import Addresses, Selection
from events.outputs.stream import Stream
from events.outputs.wording import filter_in_words

View = Callable[..., HttpResponseBase]

# A whole set keeps a thread and a connection for seconds; pages must find some free meanwhile.
_exports = Slots()
_RETRY_AFTER = 10  # seconds; an export of 20,000 events takes about five


class OutputFilterSet(EventFilterSet):
    """The timeline's filters and nothing else: an output is whole, it has no pages."""

    OTHER_PARAMETERS = frozenset()


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
    """Every event under the filter, in one document; a bad query is a problem document."""
    form = FORMATS.get(extension)
    if form is None:
        raise Http404
    filters = OutputFilterSet(request.GET, queryset=Event.objects.published())
    if filters.problems:
        return bad_query(filters.problems)
    document: Stream | tuple[()] = ()
    if request.method != "HEAD":
        selection = _selection(request, filters)
        slot = _exports.take(settings.EXPORTS_AT_ONCE)
        if slot is None:
            return _too_many(request)
        document = Stream(form, selection, slot)
    response = StreamingHttpResponse(document, content_type=form.media_type)
    response["Content-Disposition"] = _disposition(form)
    return response


def _too_many(request: HttpRequest) -> HttpResponse:
    response = faults.respond(
        request,
        status=429,
        title="Too many exports at a time",
        detail="The site writes as many as it can. Please ask again in a few seconds.",
    )
    response["Retry-After"] = str(_RETRY_AFTER)
    return response


def _selection(request: HttpRequest, filters: EventFilterSet) -> Selection:
    query = filters.query
    return Selection(
        rows=filters.narrow().in_order(filters.order_in_force),
        title=filter_in_words(filters),
        page=absolute(request, with_query(reverse("events:event_list"), query)),
        itself=absolute(request, with_query(request.path, query)),
        addresses=Addresses(request),
        filters=filters,
    )


def _disposition(form: Format) -> str:
    kind = "attachment" if form.is_file else "inline"
    return f'{kind}; filename="chancery-events.{form.extension}"'


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": None, "connect-src": None})
@versioned
def event_embed(request: HttpRequest) -> HttpResponse:
    """The timeline for a frame on any other page: the first events, and the way to all of them."""
    filters = OutputFilterSet(request.GET, queryset=Event.objects.published())
    context = {
        "problems": filters.problems,
        "groups": first_events(filters),
        "carried": with_query("", filters.query),
        "following": Following(request, filters),
    }
    return render(request, "events/event_embed.html", context)


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What the outputs are, and what each of their fields holds."""
    return render_page(request, "exports.html", formats=FORMATS.values(), fields=FIELDS.items())
