"""The API: lists, single records, their description, and what is answered to all other calls."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.response import HttpResponseRedirectBase
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from config.http import faults
from config.http.addresses import absolute, with_query
from config.http.caching import cached, versioned
from config.http.former_slugs import redirect_to_present
from config.http.open_access import METHODS, WINDOW
from config.http.problem_documents import bad_query
from config.lists.cursors import CursorError
from config.lists.filtering import Problem, StrictFilterSet
from config.lists.listing import render_page
from config.lists.paging import Listed
from config.search.filters import SearchingFilterSet
from events.api import openapi
from events.api.asking import Asked
from events.api.events import EVENTS
from events.api.explanation import gone_section, sections
from events.api.following import as_of
from events.api.gone import GoneEvents, GoneFilterSet
from events.api.parameters import OTHERS
from events.api.registry import RESOURCES
from events.api.resources import Resource
from events.exports.addresses import Addresses
from events.models import Event
from events.site import chronology_of

Row = TypeVar("Row")
View = Callable[..., HttpResponseBase]


class PermanentRedirect(HttpResponseRedirectBase):
    """308: the same call again, at the other address."""

    status_code = 308


def endpoint(view: View) -> View:
    """Read-only: nothing but GET and HEAD is done, and what scripts ask beforehand is answered."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": METHODS})
        if request.method not in ("GET", "HEAD"):
            title = _("%(method)s is not allowed") % {"method": request.method}
            response = faults.respond(
                request, status=405, title=title, detail=_("The API is read, and never written to.")
            )
            response["Allow"] = METHODS
            return response
        return view(request, *args, **kwargs)

    return answer


def cached_endpoint(view: View) -> View:
    return endpoint(versioned(view, kept_in="api"))


@cached_endpoint
def resource_list(request: HttpRequest, name: str) -> HttpResponse:
    resource = RESOURCES[name]
    asked = Asked(request.GET)
    limit, names, cursor = asked.limit(), asked.fields(resource), asked.one("after")
    filters = resource.filters(request.GET, queryset=resource.rows(), other_parameters=OTHERS)
    if problems := [*asked.problems, *filters.problems]:
        return bad_query(problems)
    listed = resource.listed(filters)
    try:
        found = listed.behind(cursor, limit + 1) if cursor else listed.between(0, limit + 1)
    except CursorError:
        return bad_query([_no_such_place(cursor)])
    content = {
        "items": resource.records(found[:limit], names, Addresses(request)),
        **_paged(request, listed, found, limit),
        "count": cached(request, f"api:{name}?{filters.query}", listed.count),
        "corrections": _corrections(filters),
    }
    if resource is EVENTS:
        content["deleted"] = _address_of_gone(request, filters)
    return _part(content)


@cached_endpoint
def gone_list(request: HttpRequest) -> HttpResponse:
    """Events that a copy of the chronology has to drop."""
    asked = Asked(request.GET)
    limit, cursor = asked.limit(), asked.one("after")
    others = frozenset({"limit", "after"})
    filters = GoneFilterSet(request.GET, queryset=Event.objects.none(), other_parameters=others)
    if problems := [*asked.problems, *filters.problems]:
        return bad_query(problems)
    listed = GoneEvents(filters)
    try:
        found = listed.behind(cursor, limit + 1) if cursor else listed.between(0, limit + 1)
    except CursorError:
        return bad_query([_no_such_place(cursor)])
    content = {
        "items": listed.records(found[:limit]),
        **_paged(request, listed, found, limit),
        "count": listed.count(),
    }
    return _part(content)


def _no_such_place(cursor: str) -> Problem:
    return Problem(
        "after", _("Nothing begins after “%(asked)s” in this order.") % {"asked": cursor[:40]}
    )


def _paged(
    request: HttpRequest, listed: Listed[Row], found: Sequence[Row], limit: int
) -> dict[str, Any]:
    """Where the next part of a list is, and from when on to ask for what changes."""
    is_last = len(found) <= limit
    following = None if is_last else _address_behind(request, listed.cursor_of(found[limit - 1]))
    return {"next": following, "as_of": as_of(request)}


def _part(content: dict[str, Any]) -> HttpResponse:
    response = _json(content)
    if following := content["next"]:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def _address_of_gone(request: HttpRequest, filters: StrictFilterSet) -> str:
    """What a copy of the events under these filters has to drop."""
    query = filters.data.copy()
    for name in list(query):
        if name not in GoneFilterSet.base_filters:
            del query[name]
    return absolute(request, with_query(reverse("api:gone_list"), query.urlencode()))


def _corrections(filters: StrictFilterSet) -> list[dict[str, Any]]:
    """Words that nothing has, and what was searched for in their place."""
    if not isinstance(filters, SearchingFilterSet):
        return []
    return [
        {"asked": found.asked.text, "instead": [term.text for term in found.instead]}
        for found in filters.understood.corrections
    ]


def _address_behind(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query["after"] = cursor
    return absolute(request, f"{request.path}?{query.urlencode()}")


@cached_endpoint
def resource_detail(request: HttpRequest, name: str, key: str) -> HttpResponse:
    resource = RESOURCES[name]
    asked = Asked(request.GET)
    names = asked.fields(resource)
    asked.nothing_but(["fields"])
    if asked.problems:
        return bad_query(asked.problems)
    rows = resource.rows().filter(**{resource.key: key})[:1] if _is_key(resource, key) else []
    records = resource.records(rows, names, Addresses(request))
    if not records:
        present = (
            redirect_to_present(request, resource.rows(), "key") if resource.key == "slug" else None
        )
        if present is not None:
            return present
        told = {"record": resource.singular, "key": key[:100]}
        return _not_found(request, _("There is no %(record)s “%(key)s” here.") % told)
    return _json(records[0])


def _is_key(resource: Resource, key: str) -> bool:
    """Numbers of more digits than the database counts name nothing."""
    return resource.key == "slug" or (key.isascii() and key.isdigit() and len(key) < 19)


@cached_endpoint
def api_document(request: HttpRequest) -> HttpResponse:
    return _json(openapi.document(chronology_of(request)))


@endpoint
def api_index(request: HttpRequest) -> HttpResponse:
    """The description as a page: of the program and its settings, not of any data."""
    context = {
        "sections": sections(),
        "gone": gone_section(),
        "rate": settings.API_RATE,
        "window": WINDOW,
    }
    return render_page(request, "api/index.html", **context)


@endpoint
def anything_else(request: HttpRequest, rest: str) -> HttpResponseBase:
    """No such address, or one that ends in a slash too many."""
    path = f"{reverse('api:index')}{rest}".rstrip("/")
    if rest.endswith("/") and _is_address(path):
        query = request.META.get("QUERY_STRING", "")
        return PermanentRedirect(f"{path}?{query}" if query else path)
    return _not_found(request, _("The API has no such address; /api/ lists those it has."))


def _is_address(path: str) -> bool:
    try:
        return resolve(path).func is not anything_else
    except Resolver404:
        return False


def _json(content: dict[str, Any]) -> HttpResponse:
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "allow_nan": False})


def _not_found(request: HttpRequest, detail: str) -> HttpResponse:
    return faults.respond(request, status=404, title=_("Not found"), detail=detail)
