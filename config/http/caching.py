"""Public pages and their counts, kept as long as nothing public changes.

A page is kept under its whole address (`config.http.addresses.absolute`) and the data version
(`config.db.versions`), so it is never older than the version says; the same two make its ETag, by
which a browser that has the page is told so in a few bytes. A page that a curator previews is never
kept.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from hashlib import blake2b
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.decorators import sync_only_middleware

from config.db.versions import data_version
from config.http.addresses import absolute
from config.http.requests import PREVIEW

Value = TypeVar("Value")
# What a page differs by beside its address.
_HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")
# Larger pages are few, and would push many smaller ones out.
_LARGEST = 1_000_000  # bytes
_compress = GZipMiddleware(lambda _request: HttpResponse()).process_response


def versioned(
    view: Callable[..., HttpResponseBase], *, kept_in: str = "pages", keeps_queries: bool = True
) -> Callable[..., HttpResponseBase]:
    """A public view with an ETag, answered from the cache `kept_in` while the data are the same.

    Without `keeps_queries` it is answered from there only where the address has no query. The page
    of a record has as many addresses as there are lists in which it is found.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or PREVIEW in request.GET:
            return view(request, *args, **kwargs)
        request.data_version = data_version()  # type: ignore[attr-defined]
        key = _key_of(request)
        kept_as = f"{key}-gzip" if _takes_gzip(request) else key
        etag = f'W/"{key}"'
        if unchanged := _not_modified(request, etag):
            return _mark(unchanged, etag)
        is_kept = keeps_queries or not request.META.get("QUERY_STRING")
        kept = caches[kept_in].get(kept_as) if is_kept else None
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers=headers)
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        _mark(response, etag)
        if is_kept and isinstance(response, HttpResponse) and len(response.content) <= _LARGEST:
            # Once for all readers who take it so; the middleware leaves it as it is.
            _compress(request, response)
            caches[kept_in].set(kept_as, (response.content, dict(response.items())))
        return response

    return answer


def _key_of(request: HttpRequest) -> str:
    """The name of a page by its address, the data version and the day."""
    return _digest(
        settings.BUILD,
        request.data_version,  # type: ignore[attr-defined]
        # Some pages say what holds today.
        datetime.now(UTC).date().isoformat(),
        absolute(request, request.get_full_path()),
        *(request.headers.get(name, "") for name in _HEADERS),
    )


def _not_modified(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    """The answer 304 where the reader has this version; the page itself need not be made for it."""
    # "*" names no version: it says nothing of whether there is such a page.
    if request.headers.get("If-None-Match", "*").strip() == "*":
        return None
    response = get_conditional_response(request, etag=etag)
    return response if response is not None and response.status_code == 304 else None


@sync_only_middleware
def without_cookies(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Cookies are set for curators, in the admin; no other answer carries one or differs by one.

    Stands before all that sets cookies: the middleware of sessions takes a malformed one away from
    whoever sends it, on any page, and then says that the page differs by it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not request.path_info.startswith("/admin/"):
            response.cookies.clear()
            if "public" in response.get("Cache-Control", ""):
                _vary_on_no_cookie(response)
        return response

    return middleware


def _vary_on_no_cookie(response: HttpResponseBase) -> None:
    names = [name.strip() for name in response.get("Vary", "").split(",")]
    others = [name for name in names if name and name.lower() != "cookie"]
    if others:
        response["Vary"] = ", ".join(others)
    else:
        del response["Vary"]


def _takes_gzip(request: HttpRequest) -> bool:
    return bool(re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")))


def cached(request: HttpRequest, name: str, make: Callable[[], Value]) -> Value:
    """A value that depends on the data and `name` alone, made once for each data version."""
    version = getattr(request, "data_version", None)
    if version is None:
        return make()
    key = _digest(settings.BUILD, version, name)
    value: Value | None = caches["counts"].get(key)
    if value is None:
        value = make()
        caches["counts"].set(key, value)
    return value


def _mark(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    # Kept by anybody, and asked about each time.
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _digest(*parts: str) -> str:
    return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
