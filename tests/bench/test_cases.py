import pytest

from events.models.events import ORDERS
from tests.bench.bare_sql import Page
from tests.bench.cases import cursor_of, datasette_shows, shows
from tests.bench.clients import WrongAnswerError
from tests.factories import make_event

PAGE = Page(
    rows=[(2, "ged-2"), (1, "ged-1")],
    actors=[],
    citations=[],
    counted=[("all", "", "", 1234), ("country", "SYR", "Syria", 900), ("country", "X", "X", 3)],
)
BODY = b"""
<p>1 to 2 of 1234 events</p> <span>1,900</span> <label>Syria <span>900</span></label>
<a href="/events/ged-2/">x</a> <a href="/events/ged-1/?kind=x">y</a> <a href="/events/?page=2">z</a>
"""


def test_a_page_shows_what_was_expected() -> None:
    shows(PAGE)(BODY)
    shows(PAGE)(BODY.replace(b"of 1234", b"of 1,234"))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (b"ged-1/", b"ged-3/", "1 of 2 events, and others: ged-3"),
        (b"of 1234", b"of 11234", "the number 1234 is missing"),
        (b">900<", b"><", "the number 900 is missing"),
    ],
)
def test_a_page_of_something_else_is_refused(before: bytes, after: bytes, message: str) -> None:
    with pytest.raises(WrongAnswerError, match=message):
        shows(PAGE)(BODY.replace(before, after))


def test_datasette_must_not_leave_facets_out() -> None:
    body = b'<td class="col-id type-pk"> <div id="facet-kind" data-column="kind">'
    datasette_shows(1, ["kind"])(body)
    with pytest.raises(WrongAnswerError, match="left facets out"):
        datasette_shows(1, ["kind"])(body + b'<p class="facets-timed-out">')
    with pytest.raises(WrongAnswerError, match="country"):
        datasette_shows(1, ["country"])(body)
    with pytest.raises(WrongAnswerError, match="1 rows of 50"):
        datasette_shows(50, ["kind"])(body)


@pytest.mark.django_db
def test_the_cursor_is_the_one_that_a_page_leads_on_with() -> None:
    event = make_event()
    assert cursor_of(event.sort_day, event.pk) == ORDERS["-date"].cursor_of(event)
