"""The source that a curator cites from: chosen once, and kept for the session."""

from django.http import HttpRequest

from config import rights
from events.models import Source

_KEY = "cited_from"
_KEPT = 3


def recent_sources(request: HttpRequest) -> list[Source]:
    """Those chosen last, at most three; the first is the current one. What is deleted or hidden
    meanwhile drops out."""
    keys: list[int] = request.session.get(_KEY, [])
    found = rights.seen(Source.objects.all(), request.user).in_bulk(keys) if keys else {}
    return [found[key] for key in keys if key in found]


def current_source(request: HttpRequest) -> Source | None:
    return next(iter(recent_sources(request)), None)


def choose_source(request: HttpRequest, source: Source) -> None:
    others = [key for key in request.session.get(_KEY, []) if key != source.pk]
    request.session[_KEY] = [source.pk, *others][:_KEPT]
