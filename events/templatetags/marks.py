"""The mark of a date in a row, as `events.charts.axis` lays it out.

It is written here and not in a template, because a list draws one in each of its rows.
"""

from collections.abc import Iterator

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from events.charts.axis import Mark, Shape
from events.models import Event

register = template.Library()

_BAR = (
    '<rect class="{}" x="{}" y="50%" width="{}" height="8" rx="4"'
    ' transform="translate(0 -4)"{}></rect>'
)
_EDGE = (
    '<g transform="translate(0 -4)"><line x1="{0}" y1="50%" x2="{1}" y2="50%"></line></g>'
    '<g transform="translate(0 4)"><line x1="{0}" y1="50%" x2="{1}" y2="50%"></line></g>'
)
_DOT = '<circle class="{}" cx="{}" cy="50%" r="4.5"></circle>'
_STRUCK_BAR = '<line class="mark-struck" x1="{}" y1="50%" x2="{}" y2="50%"></line>'
_STRUCK_DOT = (
    '<svg x="{}" y="50%" overflow="visible"><path class="mark-struck" d="M-8 0H8"></path></svg>'
)


@register.simple_tag
def date_mark(mark: Mark, standing: str) -> SafeString:
    """An SVG as wide as the axis of its list, whose lines `events/_axis.html` has."""
    shapes = [*_shapes(mark), *(_struck(mark) if standing == Event.Standing.REFUTED else ())]
    return format_html(
        '<svg class="mark is-{}" aria-hidden="true" width="100%" height="100%">'
        '<use href="#axis-lines"></use>{}</svg>',
        standing,
        SafeString("".join(shapes)),
    )


def _shapes(mark: Mark) -> Iterator[SafeString]:
    for bar in mark.bars:
        if bar.is_edge:
            yield format_html(_EDGE, bar.left, bar.right)
        else:
            yield format_html(_BAR, bar.css_class, bar.left, bar.across, _fading(bar))
    for dot in mark.dots:
        yield format_html(_DOT, dot.css_class, dot.center)


def _fading(bar: Shape) -> str:
    return format_html(' mask="url(#fading-{})"', bar.mask) if bar.mask else ""


def _struck(mark: Mark) -> Iterator[SafeString]:
    for bar in mark.bars:
        yield format_html(_STRUCK_BAR, bar.left, bar.right)
    for dot in mark.dots:
        yield format_html(_STRUCK_DOT, dot.center)
