from typing import Any

from django import template
from django.template import engines
from django.utils.safestring import SafeString, mark_safe

from config.addresses import address_of

register = template.Library()


@register.simple_tag
def compiled(file: str, **values: Any) -> SafeString:
    """What a page has very many of, by one of `templates/compiled`, which see these values alone.

    Looked up one by one, the some thousand values of a list took as long as all its queries.
    """
    written = engines["compiled"].get_template(file).render(values)
    return mark_safe(written)  # noqa: S308 - the engine escapes


@register.simple_tag(takes_context=True)
def site_nav(context: template.Context) -> SafeString:
    """The parts of the site, and which of them this page belongs to."""
    request = context.get("request")
    return compiled("nav.html", path=request.path if request else "", address_of=address_of)
