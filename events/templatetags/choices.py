"""The boxes of a facet.

They are written here and not in a template, because each page of a list has about a hundred.
"""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.lists.facets import FacetValue

register = template.Library()

_CHOICE = """
<label class="choice{depth}">
  <input type="checkbox" id="choice-{start}{value}" name="{name}" value="{value}"{checked}>
  <span class="choice-label" dir="auto">{label}{around}</span>
  <span class="choice-count"><span class="visually-hidden">{events} </span>{number}</span>
</label>"""


@register.simple_tag
def choices(name: str, values: Iterable[FacetValue], prefix: str = "") -> SafeString:
    """One box for each value of the filter `name`; `prefix` tells those of one form from another's
    on the same page."""
    events = _(", events:")
    return SafeString("".join(_choice(name, value, f"{prefix}{name}-", events) for value in values))


def _choice(name: str, value: FacetValue, start: str, events: str) -> SafeString:
    around = value.around and format_html(' <bdi class="choice-around">{}</bdi>', value.around)
    return format_html(
        _CHOICE,
        depth=f" is-depth-{value.depth}" if value.depth else "",
        start=start,
        value=value.value,
        name=name,
        checked=" checked" if value.is_chosen else "",
        label=value.label,
        around=around,
        events=events,
        number=value.number,
    )
