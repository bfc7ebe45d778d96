"""The last step of every page: which template, and which headers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers

from config.facets import Facet
from config.filtering import StrictFilterSet, without_blanks
from config.paging import Page
from config.preview import PARAMETER


def render_list(
    request: HttpRequest,
    name: str,
    filters: StrictFilterSet,
    page: Page[Any],
    facets: list[Facet],
    **context: Any,
) -> HttpResponse:
    """The list as a whole page, or for htmx only what a filter changes.

    `name` is the page's template without its ending; the fragment is `_list.html` either way.
    Boosted links and restored history want the whole page.
    """
    for_htmx = is_fragment(request)
    problems = [*filters.problems, *([page.problem] if page.problem else [])]
    inputs = {facet.name for facet in facets} | filters.INPUTS
    context |= {
        "filters": filters,
        "page": page,
        "facets": facets,
        "problems": problems,
        "carried_on": filters.hidden_values(inputs),
    }
    folder, _, stem = name.rpartition("/")
    template = f"{folder}/_{stem}.html" if for_htmx else f"{name}.html"
    response = render_page(request, template, **context)
    if for_htmx:
        address = without_blanks(request.GET).urlencode()
        # The address without the inputs that were left empty; back and forward ask for it again.
        response["HX-Push-Url"] = request.path + (f"?{address}" if address else "")
    return response


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page of one record; a curator's preview is kept out of every cache."""
    is_preview = PARAMETER in request.GET
    response = render(request, template, context | {"is_preview": is_preview})
    patch_vary_headers(response, ["HX-Request"])
    if is_preview:
        patch_cache_control(response, private=True, no_store=True)
    return response
