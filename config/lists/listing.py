"""The last step of every page: which template, and which headers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from config.http.addresses import with_query
from config.http.requests import PREVIEW
from config.lists.counted import Counted
from config.lists.facets import Facet
from config.lists.filtering import StrictFilterSet
from config.lists.menus import Group, menus_of
from config.lists.paging import Page


@dataclass(frozen=True, slots=True)
class View:
    """A list under its filters, at one page: what the head of the page says of it.

    `path` is the address of the list without a query, `address` that of this view. `carried` is
    what links to records carry, so that their pages can lead back: a question mark and the query,
    or nothing for the plain list.
    """

    heading: str
    path: str
    filters: StrictFilterSet
    page: Page[Any]
    # What names the list where its kind of record has several.
    name: str = ""

    @property
    def address(self) -> str:
        asked = self.filters.data.copy()
        if asked.get("page") == "1":
            del asked["page"]
        return with_query(self.path, asked.urlencode())

    @property
    def canonical(self) -> str:
        """The address of this view, however much of each row is shown."""
        place = self.filters.data.get("after")
        number = self.page.number or 1
        where = f"after={place}" if place else f"page={number}" if number > 1 else ""
        parts = (self.filters.results_query, where)
        return with_query(self.path, "&".join(part for part in parts if part))

    @property
    def carried(self) -> str:
        if not self.filters.query:
            return ""
        number = self.page.number or 1
        parts = [self.name, self.filters.query, f"page={number}" if number > 1 else ""]
        return with_query("", "&".join(part for part in parts if part))

    @property
    def title(self) -> str:
        """The filters in force, the list, and which page of it."""
        parts = [", ".join(chip.value for chip in self.filters.chips), self.heading, self.place]
        return " · ".join(part for part in parts if part)

    @property
    def description(self) -> str:
        """The list, and the filters in force by their names."""
        named = "; ".join(f"{chip.label} {chip.value}" for chip in self.filters.chips)
        return f"{self.heading}: {named}"

    @property
    def place(self) -> str:
        """Which page it is, in words; empty for the first."""
        if self.page.number is None:
            return _("continued")
        return _("page %(number)s") % {"number": self.page.number} if self.page.number > 1 else ""

    @property
    def is_indexed(self) -> bool:
        """Whether search engines should list it: the plain list alone, as views have no end."""
        return not self.filters.chips and self.page.problem is None


def render_list(
    request: HttpRequest,
    name: str,
    filters: StrictFilterSet,
    page: Page[Any],
    facets: list[Facet],
    *,
    heading: str,
    path: str = "",
    carried_name: str = "",
    groups_of_filters: Sequence[Group] = (),
    **context: Any,
) -> HttpResponse:
    """The list as a whole page, or for htmx what a filter changes: the list and its head.

    `name` is the page's template without its ending; the list itself is in `_list.html`. `path` is
    the list's address where it also stands at another; `carried_name` tells the list from others of
    the same records, in links to these. `groups_of_filters` are the menus of its bar. Boosted links
    and restored history want the whole page.
    """
    for_htmx = is_fragment(request)
    folder, _slash, stem = name.rpartition("/")
    view = View(heading, path or request.path, filters, page, carried_name)
    context = {
        **_shown(filters, page, facets, groups_of_filters),
        **context,
        "view": view,
        "fragment": f"{folder}/_{stem}.html",
    }
    response = render_page(request, "_fragment.html" if for_htmx else f"{name}.html", **context)
    if for_htmx:
        # Without the inputs that were left empty; back and forward ask for this address again.
        response["HX-Push-Url"] = view.address
    return response


def _shown(
    filters: StrictFilterSet, page: Page[Any], facets: list[Facet], groups: Sequence[Group]
) -> dict[str, Any]:
    """What the template of every list asks for."""
    inputs = {facet.name for facet in facets} | filters.INPUTS
    return {
        "filters": filters,
        "page": page,
        "counted": Counted(filters.COUNT_WORDS, page),
        "facets": facets,
        "menus": menus_of(filters, facets, groups),
        "problems": [*filters.problems, *([page.problem] if page.problem else [])],
        "carried_on": filters.hidden_values(inputs),
        "following": None,
        "elsewhere": None,
    }


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page of one record; a curator's preview is kept out of every cache."""
    is_preview = PREVIEW in request.GET
    response = render(request, template, {"head": None} | context | {"is_preview": is_preview})
    patch_vary_headers(response, ["HX-Request"])
    if is_preview:
        patch_cache_control(response, private=True, no_store=True)
    return response
