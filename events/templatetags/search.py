"""The words of a search, marked where they stand; plain text where nothing was searched for."""

from typing import Any

from django import template
from django.template.defaultfilters import truncatewords
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.models import Event
from events.search.snippets import LENGTH, Lines, Snippets

register = template.Library()


@register.simple_tag(takes_context=True)
def marked(context: dict[str, Any], text: str) -> str:
    """The whole text."""
    found = _found(context)
    return _mark(found.pieces(text)) if found else text


@register.simple_tag(takes_context=True)
def fragment(context: dict[str, Any], text: str) -> str:
    """Of a long text what stands around the first word found, or the beginning."""
    found = _found(context)
    return _mark(found.fragment(text)) if found else truncatewords(text, LENGTH)


@register.simple_tag(takes_context=True)
def found_in(context: dict[str, Any], event: Event) -> Lines:
    """The texts of an event that hold a word and that its row does not show anyway."""
    found = _found(context)
    return found.lines[event.pk] if found else Lines()


def _found(context: dict[str, Any]) -> Snippets | None:
    found: Snippets | None = context.get("found")
    return found if found and found.words else None


def _mark(pieces: list[tuple[str, bool]]) -> SafeString:
    parts = ((format_html("<mark>{}</mark>", text) if hit else text,) for text, hit in pieces)
    return format_html_join("", "{}", parts)
