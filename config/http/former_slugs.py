"""Slugs that records had before: addresses lead on by them, and filters go on taking them.

The database keeps them by triggers (`events.models.FormerSlug`), under the kind of record and by
its UUID, so that a slug leads to the present one in one step however often it was changed. The
slugs of a record that went into another one lead to that one (`events.models.MergedRecord`).
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from config.db.rows import fetch
from config.http.preview import visible
from config.http.requests import PREVIEW

View = Callable[..., HttpResponseBase]


def holder_of(model: type[Model], slug: str) -> UUID | None:
    """The UUID of the record that had this slug before; the record may be gone."""
    return _records(model, [slug]).get(slug)


def present_slugs(rows: QuerySet[Any], key: str, former: Iterable[str]) -> dict[str, str]:
    """The present slugs of those of the rows that had one of these before, by the former ones."""
    records = _records(rows.model, former)
    if not records:
        return {}
    present = dict(rows.filter(uuid__in=records.values()).values_list("uuid", key))
    return {slug: present[uuid] for slug, uuid in records.items() if uuid in present}


def _records(model: type[Model], former: Iterable[str]) -> dict[str, UUID]:
    """The UUIDs of the records of this kind that had these slugs before, by slug.

    Of one that went into another, that of the other.
    """
    names = {f"{model._meta.model_name}:{slug}": slug for slug in former}
    kept: Any = apps.get_model("events", "FormerSlug")
    found = dict(kept.objects.filter(name__in=names).values_list("name", "record"))
    merged: dict[UUID, UUID] = (
        dict(fetch("SELECT * FROM merged_into(%s)", [[*found.values()]])) if found else {}
    )
    return {names[name]: merged.get(record) or record for name, record in found.items()}


def redirect_to_present(
    request: HttpRequest, rows: QuerySet[Any], *names: str, key: str = "slug"
) -> HttpResponsePermanentRedirect | None:
    """A permanent redirect to the address with the present slugs, and with the same query.

    `names` are the parts of the address that name `rows`: by a slug, or by a code in any case. None
    if one of them names no row, if two name the same one, or if all are the present slugs.
    """
    match = request.resolver_match
    assert match is not None  # noqa: S101 - a view was found
    asked = {name: str(match.kwargs[name]) for name in names}
    slugs = {name: slug.upper() if key == "iso3" else slug for name, slug in asked.items()}
    there = set(rows.filter(**{f"{key}__in": slugs.values()}).values_list(key, flat=True))
    present = present_slugs(rows, key, {*slugs.values()} - there) | {slug: slug for slug in there}
    slugs = {name: present.get(slug, "") for name, slug in slugs.items()}
    if slugs == asked or not all(slugs.values()) or len({*slugs.values()}) < len(names):
        return None
    address = reverse(match.view_name, kwargs=match.kwargs | slugs)
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    # Asked about each time: a record may take its former slug back.
    patch_cache_control(response, no_cache=True)
    if PREVIEW in request.GET:
        patch_cache_control(response, private=True, no_store=True)
    return response


def redirect_former_slugs(
    model: type[Model], *names: str, key: str = "slug"
) -> Callable[[View], View]:
    """For the page of a record, or of two: former addresses are redirected to the present one.

    A page that is found costs no further query. A record that the public may not see is not found
    by a former slug either, except in a curator's preview.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except Http404:
                rows: Any = model._default_manager.all()
                response = redirect_to_present(
                    request, visible(request, rows), *(names or ["slug"]), key=key
                )
                if response is None:
                    raise
                return response

        return answer

    return decorate
