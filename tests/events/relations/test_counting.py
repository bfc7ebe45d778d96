"""Numbers, drawings and rows are those that single events give, whatever the range."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from actors.models import Actor, Tenure
from config.edtf.dates import BEFORE_ALL
from config.edtf.periods import periods
from config.lists.filtering import StrictFilterSet
from events.charts.histogram import Histogram
from events.charts.tallies import tally
from events.models import Event, Participation
from events.relations.filters import RelationFilterSet
from tests.config.edtf.calendar import are_whole_years
from tests.events.dates import spans_of_events
from tests.factories import make_actor, make_event, make_kind

ADDRESS = "/relations/alba/ruthenia/"
# All kinds of doubt, in years that the ranges below cut, skip and hold.
DOUBTS = ["", "2014", "2014?", "2014-03/2014-05", "2013-12/2014-01", "../2013", "2015/..", "201X"]
DAYS = ["2014-01-01", "2014-03-07", "2014-03-08", "2014-12-31", "2015-06-30", "2016-02~"]
DAYS += ["[2015-01-30..2015-02-02]", "[2015-03-30..2015-03-31]", "2016-02-29/2016-03-01"]
SHORT = [*DOUBTS, *DAYS, *DAYS[:3]]
LONG = ["1988-12-31", "1990", "1995-06", "1999-12-31", *SHORT, "2019-01-01", "2020-02-29"]
RANGES = [
    "",
    "since=2014",
    "until=2014",
    "since=2014-03-08",
    "since=2014-03-08&certain=1",
    "since=2012-03&until=2014-03-07",
    "since=1989-02&until=2019-01-01",
    "since=1989-02&until=2020-02&certain=1",
    "since=2014&until=2014&certain=1",
    "since=2014-03-07&until=2014-03-07",
    "certain=1",
    "since=2021",
]


def make_act(actor: Actor, target: Actor, date: str) -> None:
    event = make_event(date=date)
    Participation.objects.create(event=event, actor=actor, role_id="initiator")
    Participation.objects.create(event=event, actor=target, role_id="target")


@pytest.fixture
def sides(db: None, monkeypatch: pytest.MonkeyPatch) -> list[Actor]:
    monkeypatch.setattr("events.charts.histogram.FEWEST", 1)
    return [make_actor(slug=slug, kind="state") for slug in ("alba", "ruthenia")]


@pytest.fixture
def minister(sides: list[Actor]) -> Actor:
    """Somebody whose events stand for Alba from 1999 to the end of 2014."""
    person = make_actor(kind="person")
    Tenure.objects.create(
        person=person, office="Minister", body=sides[0], began="1999", ended="2014"
    )
    return person


def filters_of(query: str, sides: list[Actor]) -> StrictFilterSet:
    return RelationFilterSet(QueryDict(query), first=sides[0], second=sides[1])


def expected(dates: Iterable[Event], query: str, sides: list[Actor]) -> list[Event]:
    """Asked of each event itself, in the order of the page."""
    filters = filters_of(query, sides)
    since, until, certain = (filters.chosen(name) for name in ("since", "until", "certain"))
    kept = Event.objects.filter(pk__in=[event.pk for event in dates])
    found = kept.between(since, until, certainly=bool(certain))
    return sorted(found.order_by("sort_day", "pk"), key=lambda event: event.sort_day == BEFORE_ALL)


def listed(page: Any) -> tuple[int, list[Event]]:
    rows = [row for group in page.context["relation"].groups() for row in group.rows]
    events = Event.objects.in_bulk([row.event.key for row in rows])
    return page.context["page"].count, [events[row.event.key] for row in rows]


def check_drawing(drawn: Histogram, events: list[Event], query: str, sides: list[Actor]) -> None:
    """The same periods and the same columns as events counted one by one give."""
    filters = filters_of(query, sides)
    known = [day for e in events for day in (e.when.first_day, e.when.last_day) if day is not None]
    since, until = filters.chosen("since"), filters.chosen("until")
    first = min(known) if since is None else max(min(known), since)
    last = max(known) if until is None else min(max(known), until)
    over = periods(first, last)
    counted = tally({"conflict": spans_of_events(events)}, over)
    assert [column.period for column in drawn.columns] == over
    for column, cell in zip(drawn.columns, counted.of("conflict"), strict=True):
        assert (column.total.surely, column.total.possibly) == (cell.surely, cell.possibly)
    assert (drawn.number, drawn.undated) == (len(events), counted.undated("conflict"))


@pytest.mark.parametrize("dates", [SHORT, LONG], ids=["by month", "by year"])
def test_a_relation_tells_what_each_event_does(
    client: Client, sides: list[Actor], minister: Actor, dates: list[str]
) -> None:
    alba, ruthenia = sides
    for date in dates:
        make_act(alba, ruthenia, date)
    make_act(minister, ruthenia, "2013-05-05")
    for query in RANGES:
        page = client.get(f"{ADDRESS}?{query}")
        events = expected(Event.objects.all(), query, sides)
        assert listed(page) == (len(events), events), query
        charts = page.context["charts"]
        # Nothing is known of any day after the last one, and one day is no drawing.
        is_drawn = query not in ("since=2021", "since=2014-03-07&until=2014-03-07")
        assert bool(charts) == is_drawn, query
        for chart in charts:
            if chart.key == "conflict":
                check_drawing(chart, events, query, sides)


def test_minister_counts_only_while_in_office(
    client: Client, sides: list[Actor], minister: Actor
) -> None:
    for date in ("1998-12-31", "2013-05-05", "2015-01-01"):
        make_act(minister, sides[1], date)
    assert [event.date for event in listed(client.get(ADDRESS))[1]] == ["2013-05-05"]


def test_a_direction_is_drawn_as_finely_as_its_own_time_asks(
    client: Client, sides: list[Actor]
) -> None:
    alba, ruthenia = sides
    for date in LONG:
        make_act(alba, ruthenia, date)
    for date in ("2014-03-07", "2014-03-09"):
        make_act(ruthenia, alba, date)
    drawings = client.get(f"{ADDRESS}?direction=back").context["charts"]
    [conflict] = [chart for chart in drawings if chart.key == "conflict"]
    assert [column.total.surely for column in conflict.columns] == [1, 0, 1]
    whole = {chart.key: chart for chart in client.get(ADDRESS).context["charts"]}
    assert are_whole_years([column.period for column in whole["conflict"].columns])


@pytest.mark.parametrize("name", ["direction=forth", "quad=verbal-conflict", "what=statement"])
def test_pages_go_through_the_years_in_order(
    client: Client, sides: list[Actor], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alba, ruthenia = sides
    threat = make_kind("menace", quad="verbal-conflict")
    for date in LONG:
        make_act(alba, ruthenia, date)
        make_event(ruthenia, alba, kind=threat, date=date)
    wanted = {
        "direction=forth": Event.objects.exclude(kind=threat),
        "quad=verbal-conflict": Event.objects.filter(kind=threat),
        "what=statement": Event.objects.none(),
    }[name]
    for place in ("config.lists.paging", "events.relations.record"):
        monkeypatch.setattr(f"{place}.PAGE_SIZE", 4)
    events = expected(wanted, "", sides)
    found: list[Event] = []
    for number in range(1, max(1, -(-len(events) // 4)) + 1):
        found += listed(client.get(f"{ADDRESS}?{name}&page={number}"))[1]
    assert found == events
