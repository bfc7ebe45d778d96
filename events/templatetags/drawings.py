"""The parts of a histogram that it has many of, joined from strings: looking up some thousand
values in a template took longer than all the counting."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from events.drawing import Column, Histogram

register = template.Library()


@register.simple_tag
def bars(chart: Histogram) -> SafeString:
    """What lies in the periods, and over it what fades out at an open end."""
    fades = [
        f'<rect class="fade" {box.attributes} fill="url(#{chart.key}-{box.css})"></rect>'
        for box in chart.fades
    ]
    hatch = f"url(#{chart.key}-hatch)"
    boxes = [
        f'<rect class="bar {box.css}" {box.attributes}'
        f' fill="{hatch if "is-hatched" in box.css else "currentColor"}"></rect>'
        for box in chart.boxes
    ]
    return mark_safe("".join(fades + boxes))  # noqa: S308 - names and numbers of ours


@register.simple_tag
def columns(chart: Histogram) -> SafeString:
    """One for each period, for the pointer."""
    written = [_column(column, shows_number=chart.shows_numbers) for column in chart.columns]
    return mark_safe("".join(written))  # noqa: S308 - `_column` escapes


def _column(column: Column, *, shows_number: bool) -> str:
    period, number = column.period, column.total.number
    words = escape(period.words)
    parts = [f'<li data-since="{period.since}" data-until="{period.until}" data-words="{words}">']
    if number:
        query = escape(column.query)
        parts.append(f'<a href="{query}" tabindex="-1" title="{words}: {number}"></a>')
    if shows_number:
        parts.append(f'<span class="histogram-n">{number or ""}</span>')
    if column.is_tick:
        parts.append(f'<span class="histogram-tick">{escape(period.start_words)}</span>')
    return "".join([*parts, "</li>"])


@register.simple_tag
def table_rows(chart: Histogram) -> SafeString:
    """One for each period in which something may lie: by layer where there are several, surely,
    perhaps too, and in all."""
    has_layers = len(chart.layers) > 1
    written = [_row(column, has_layers=has_layers) for column in chart.filled]
    return mark_safe("".join(written))  # noqa: S308 - `_row` escapes


def _row(column: Column, *, has_layers: bool) -> str:
    total = column.total
    few = "*" if column.is_few else ""
    cells = [str(cell.number) for cell in column.cells] if has_layers else []
    cells += [str(total.surely), str(total.possibly), f"{total.number}{few}"]
    link = f'<a href="{escape(column.query)}">{escape(column.period.words)}</a>'
    numbers = "".join([f'<td role="cell">{cell}</td>' for cell in cells])
    return f'<tr role="row"><th scope="row" role="rowheader">{link}</th>{numbers}</tr>'
