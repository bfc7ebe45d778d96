"""The mark of a date is drawn alike wherever it stands."""

import re

import pytest
from django.template.loader import render_to_string

from config.edtf.dates import parse
from events.charts.axis import axis_of
from events.models import Event
from events.pages.entries import Entry
from events.pages.timeline import Section

OTHERS = ("2017-04-04", "2017-04-30")
DATES = ("2017-04-07", "2017-04-07?", "2017-04", "[2017-04-05..2017-04-09]", "../2017-04-10")
STANDINGS = (Event.Standing.OCCURRED, Event.Standing.REFUTED)


def _drawings(html: str) -> list[str]:
    found = re.findall(r'<svg class="mark .*?<use.*?</svg>\s*(?=</li>|$)', html, re.DOTALL)
    return [re.sub(r"\s+", "", drawing) for drawing in found]


@pytest.mark.parametrize("text", [*DATES, "2017-04-05/2017-05"])
@pytest.mark.parametrize("standing", STANDINGS)
def test_a_row_of_the_list_draws_what_other_rows_include(text: str, standing: str) -> None:
    when = parse(text)
    axis = axis_of([when, *map(parse, OTHERS)])
    assert axis is not None
    mark = axis.mark(when)
    entry = Entry(1, "one", "/", "One", when, standing, "", "", "", None, None, mark=mark)
    here = {"axis": axis, "groups": [Section("", [entry])], "is_whole": False, "is_list": True}
    row = render_to_string("events/_timeline.html", {**here, "carried": ""})
    other = render_to_string("events/_mark.html", {"mark": mark, "standing": standing})
    [drawn] = _drawings(row)
    assert [drawn] == _drawings(other)
    assert "{" not in drawn
