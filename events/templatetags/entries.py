"""The parts of a row that it has several of, joined from strings: a list of fifty rows has some
three hundred links, each of which would be three lookups of a template."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from events.entries import CitedIn, Part

register = template.Library()


@register.simple_tag
def actors_in(parts: Iterable[Part]) -> SafeString:
    """Those who take part, each with a role."""
    written = [
        f'<li><a href="{escape(part.url)}" dir="auto">{conditional_escape(part.name)}</a>'
        f' <span class="role">{escape(part.role)}</span></li>'
        for part in parts
    ]
    return mark_safe("".join(written))  # noqa: S308 - escaped above


@register.simple_tag
def sources_in(sources: Iterable[CitedIn]) -> SafeString:
    """What a row rests on, with each place in it."""
    written = [
        ", ".join(
            [
                f'<a href="{escape(cited.url)}"><bdi>{escape(cited.title)}</bdi></a>',
                *(f'<a href="{escape(p.url)}">{escape(p.name)}</a>' for p in cited.places),
            ]
        )
        for cited in sources
    ]
    return mark_safe("; ".join(written))  # noqa: S308 - escaped above
