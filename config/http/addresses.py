"""Addresses: of records, of bars of a drawing, and whole ones that begin with the site's own."""

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import get_script_prefix, reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language

from config.edtf.units import Period


def absolute(request: HttpRequest, path: str) -> str:
    """The whole address of a path of this site, on SITE_URL or else on the host that was asked."""
    if settings.SITE_URL:
        return f"{settings.SITE_URL}{iri_to_uri(path)}"
    return request.build_absolute_uri(path)


def site_url(request: HttpRequest) -> dict[str, str]:
    """For templates: what stands before a path in canonical links; "" without SITE_URL."""
    return {"site_url": settings.SITE_URL}


def with_query(address: str, query: str) -> str:
    """The address followed by a query string, if there is one."""
    return f"{address}?{query}" if query else address


def host_of(address: str) -> str:
    """The host of a whole address, without the `www.` that many have."""
    return re.sub(r"^https?://(?:www\.)?([^/?#]*).*$", r"\1", address)


def address_of(view: str, key: str | int | None = None) -> str:
    """`reverse` with one argument or none, remembered."""
    return addresses_of(view)(key)


def addresses_of(view: str) -> Callable[[str | int | None], str]:
    """The same for many rows of one request, which is asked only once where the site stands."""
    prefix, language = get_script_prefix(), get_language()
    return lambda key: _address(view, key, prefix, language)


@lru_cache(maxsize=20_000)
def _address(view: str, key: str | int | None, _prefix: str, _language: str | None) -> str:
    """Where the site stands and the language of the request are part of what it depends on."""
    return reverse(view, args=[] if key is None else [key])


def links_to(query: QueryDict) -> Callable[[Period], str]:
    """Addresses of the view of a query, each narrowed to a period; the rest is written once."""
    rest = query.copy()
    # In the places that they have or get.
    rest["since"] = rest["until"] = ""
    parts = [
        (name, urlencode([(name, value) for value in values])) for name, values in rest.lists()
    ]

    def link(period: Period) -> str:
        days = {"since": f"since={period.since}", "until": f"until={period.until}"}
        return "?" + "&".join(days.get(name, text) for name, text in parts if text)

    return link
