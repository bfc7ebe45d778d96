from typing import Any

from django import template
from django.utils.translation import gettext_lazy

from config.http.addresses import absolute, address_of

register = template.Library()

_PARTS = (
    (gettext_lazy("Timeline"), "events:event_list"),
    (gettext_lazy("Map"), "map"),
    (gettext_lazy("Actors"), "actors:actor_list"),
    (gettext_lazy("Places"), "locations:location_list"),
    (gettext_lazy("Statements"), "statements:statement_list"),
    (gettext_lazy("Relations"), "relations:relation_list"),
    (gettext_lazy("Sources"), "sources:source_list"),
    (gettext_lazy("About"), "about"),
)


@register.simple_tag(takes_context=True, name="absolute")
def whole_address(context: template.Context, path: str) -> str:
    """As `config.http.addresses.absolute`."""
    return absolute(context["request"], path)


@register.inclusion_tag("_site_nav.html", takes_context=True)
def site_nav(context: template.Context) -> dict[str, Any]:
    """The parts of the site, and the path of this page, which belongs to one of them."""
    request = context.get("request")
    parts = [(label, address_of(view)) for label, view in _PARTS]
    path = request.path if request else ""
    return {"parts": parts, "path": path, "timeline": address_of("timeline")}
