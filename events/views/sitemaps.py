"""The sitemap: an index, and a part for each kind of public record (https://www.sitemaps.org).

A page that shows other records changes with them. Of events, whose time of change covers what their
pages show, a part says when that was. Of other records it says nothing: their own times would be
too early.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.contrib.sitemaps import Sitemap
from django.contrib.sites.requests import RequestSite
from django.core.paginator import InvalidPage
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from actors.models import Actor, Country
from config.http.addresses import absolute, address_of, with_query
from events.index.current import current_state
from events.index.state import moment
from events.models import Event, Location, Source, Statement
from events.pages.countries import countries_in_use

_PAGES = (
    *("events:event_list", "timeline", "map", "actors:actor_list", "countries:country_list"),
    *("locations:location_list", "statements:statement_list", "relations:relation_list"),
    *("sources:source_list", "about", "exports", "api:index"),
)


class _Site(RequestSite):
    """Known by the name that SITE_URL gives it, if any."""

    def __init__(self, domain: str) -> None:
        self.domain = self.name = domain


class _Part(Sitemap):  # type: ignore[type-arg]
    # What the format allows.
    limit = 50_000
    i18n = False


class _Pages(_Part):
    def items(self) -> tuple[str, ...]:
        return _PAGES

    def location(self, item: str) -> str:
        return address_of(item)


class _Records(_Part):
    def __init__(self, rows: QuerySet[Any]) -> None:
        self._rows = rows

    def items(self) -> QuerySet[Any]:
        return self._rows.order_by("pk")


class _Events(_Part):
    def __init__(self) -> None:
        state = current_state()
        self._changed = dict(zip(state.keys.tolist(), state.changed_at.tolist(), strict=True))

    def items(self) -> QuerySet[Any]:
        return Event.objects.published().order_by("pk").values_list("pk", "slug")

    def location(self, item: tuple[int, str]) -> str:
        return address_of("events:event_detail", item[1])

    def lastmod(self, item: tuple[int, str]) -> datetime | None:
        # One that was published a moment ago has no time yet.
        changed = self._changed.get(item[0])
        return None if changed is None else moment(changed)


class _Countries(_Part):
    def items(self) -> list[Country]:
        return [entry.country for entry in countries_in_use()]


_PARTS: dict[str, Callable[[], _Part]] = {
    "pages": _Pages,
    "events": _Events,
    "actors": lambda: _Records(Actor.objects.published().only("slug")),
    "countries": _Countries,
    "locations": lambda: _Records(Location.objects.published().only("slug")),
    "statements": lambda: _Records(Statement.objects.published().only("pk")),
    "sources": lambda: _Records(Source.objects.published().only("slug")),
}


def sitemap_index(request: HttpRequest) -> HttpResponse:
    addresses = []
    for name, make in _PARTS.items():
        path = address_of("sitemap_part", name)
        for page in make().paginator.page_range:
            query = f"page={page}" if page > 1 else ""
            addresses.append({"location": absolute(request, with_query(path, query))})
    return render(
        request, "sitemap_index.xml", {"sitemaps": addresses}, content_type="application/xml"
    )


def sitemap_part(request: HttpRequest, name: str) -> HttpResponse:
    make = _PARTS.get(name)
    if make is None:
        raise Http404
    site = urlsplit(absolute(request, "/"))
    try:
        page = make().get_urls(request.GET.get("page", "1"), _Site(site.netloc), site.scheme)
    except InvalidPage as error:
        raise Http404 from error
    return render(request, "sitemap.xml", {"urlset": page}, content_type="application/xml")
