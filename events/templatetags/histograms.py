"""The bars of a histogram and the columns behind them, as `events.charts.histogram` lays them out.

They are written here and not in a template, because there are some hundred of them on a page.
"""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.charts.histogram import Column, Histogram

register = template.Library()

_BAR = '<rect class="bar {}" x="{}%" width="{}%" y="{}" height="{}" fill="{}"></rect>'
_COLUMN = '<li data-since="{}" data-until="{}" data-words="{}">{}{}</li>'
_LINK = '<a rel="nofollow" href="{}" tabindex="-1" title="{}: {}"></a>'
_TICK = '<span class="histogram-tick">{}</span>'


@register.simple_tag
def bars(chart: Histogram) -> SafeString:
    """Each a rectangle of the drawing."""
    hatch = f"url(#{chart.key}-hatch)"
    return format_html_join(
        "",
        _BAR,
        (
            (
                box.css,
                box.x,
                box.width,
                box.y,
                box.height,
                hatch if "is-hatched" in box.css else "currentColor",
            )
            for box in chart.boxes
        ),
    )


@register.simple_tag
def columns(chart: Histogram) -> SafeString:
    """Each an item over its bar: a link to what lies in its period, and the date where it has one.

    The range of time that a reader chooses is made of these periods.
    """
    return SafeString("".join(_column(column) for column in chart.columns))


def _column(column: Column) -> SafeString:
    period, number = column.period, column.total.number
    words = period.words
    return format_html(
        _COLUMN,
        period.since,
        period.until,
        words,
        format_html(_LINK, column.query, words, number) if number else "",
        format_html(_TICK, period.start_words) if column.is_tick else "",
    )
