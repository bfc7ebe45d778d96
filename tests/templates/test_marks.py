"""The mark of a date is drawn alike wherever it stands."""

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from config.edtf.dates import parse
from events.charts.axis import axis_of
from events.models import Event
from events.pages.entries import Entry
from events.pages.timeline import Section

OTHERS = ("2017-04-04", "2017-04-30")
DATES = {
    "2017-04-05/2017-04-20": ['rect class="mark-through" x="3.7%"'],
    "2017-04": ['rect class="mark-within" x="0.0%"'],
    "2017-04-07": ['rect class="mark-on" x="11.11%"'],
    "2017-04-07?": ['mask="url(#fading-both)"'],
    "../2017-04-10": ['mask="url(#fading-before)"', 'x="0.0%"'],
    "[2017-04-05..2017-04-09]": ['rect class="mark-within" x="3.7%"'],
    "2017-04-05/2017-05": ['line x1="'],
}


def _drawn(text: str, standing: str, others: tuple[str, ...] = OTHERS) -> str:
    when = parse(text)
    axis = axis_of([when, *map(parse, others)])
    assert axis is not None
    template = Template("{% load marks %}{% date_mark mark standing %}")
    return template.render(Context({"mark": axis.mark(when), "standing": standing}))


@pytest.mark.parametrize("text", DATES)
def test_a_mark_shows_what_is_known_of_the_date(text: str) -> None:
    drawing = _drawn(text, Event.Standing.OCCURRED)
    assert 'class="mark is-occurred"' in drawing
    for part in DATES[text]:
        assert part in drawing
    assert "mark-struck" not in drawing


def test_what_is_refuted_is_struck_through() -> None:
    bar = _drawn("2017-04", Event.Standing.REFUTED)
    assert bar.count('<line class="mark-struck"') == bar.count("mark-struck") == 1
    # Too short to be drawn as wide as it is.
    dot = _drawn("2017-04-07", Event.Standing.REFUTED, ("2000-01-01", "2020-01-01"))
    assert 'class="mark-on" cx="' in dot
    assert dot.count('<path class="mark-struck"') == dot.count("mark-struck") == 1


def test_a_row_of_the_list_has_its_mark() -> None:
    when = parse("2017-04")
    axis = axis_of([when, *map(parse, OTHERS)])
    assert axis is not None
    mark = axis.mark(when)
    entry = Entry(1, "one", "/", "One", when, "refuted", "", "", "", None, None, mark=mark)
    here = {"axis": axis, "groups": [Section("", [entry])], "is_whole": False, "is_list": True}
    row = render_to_string("events/_timeline.html", {**here, "carried": ""})
    assert _drawn("2017-04", Event.Standing.REFUTED) in row
