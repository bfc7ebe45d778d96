"""The events of a page, in the order that is asked for, whichever way they are found."""

from dataclasses import replace
from itertools import product

import pytest
from django.http import QueryDict
from django.test import Client

from config.dates import AFTER_ALL, BEFORE_ALL, parse
from events.counting import count_events
from events.filters import EventFilterSet
from events.in_order import Span, Window, first_days
from events.models import Event
from tests.factories import make_actor, make_event, make_location
from tests.searching import keep_words_of_few

DATES = [
    *("2016-12/2017-01", "2017-04", "2017-04-04", "2017-04-03/2017-04-09", "2017-04~", "2017?"),
    *("2018/..", "../2017-04-05", "../..", "", "[2017-04-01..2017-04-03]", "201X", "-0044"),
    *("2017-12/2018-01", "2017-03-31", "2017-05-01", "1999", "1999-12-31", "2017-04-30"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("order", "gathered", "size", "times_met"),
    [
        *product(["date", "-date"], [0, 3, 20_000], [2, 5, 12], [0]),
        *product(["date", "-date"], [20_000], [5], [4]),
        *product(["updated", "-updated"], [0, 20_000], [5], [0, 4]),
    ],
)
def test_pages_have_their_events_whichever_way_these_are_found(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    order: str,
    gathered: int,
    size: int,
    times_met: int,
) -> None:
    actor = make_actor(slug="somebody")
    place = make_location(slug="town", parent=make_location(slug="land"))
    for number, date in enumerate(DATES):
        make_event(actor, slug=f"found-{number}", title="Zugzwang", date=date, location=place)
        make_event(slug=f"other-{number}", title="Endgame", date=date)
    monkeypatch.setattr("events.in_order.GATHERED", gathered)
    monkeypatch.setattr("events.in_order.GATHERED_IN_WINDOW", gathered)
    monkeypatch.setattr("events.in_order._TIMES_AS_MANY", 1)
    monkeypatch.setattr("config.paging.PAGE_SIZE", size)
    rows = Event.objects.filter(title="Zugzwang").in_order(order)
    expected = list(rows.values_list("slug", flat=True))
    # By words where most that have these are found, or by profiles.
    monkeypatch.setattr("events.in_order._MEET", times_met)
    queries = ("q=zugzwang", "actor=somebody", "q=zugzwang&actor=somebody", "location=town")
    for query in (*queries, "settled"):
        if query == "settled":
            keep_words_of_few()
            monkeypatch.setattr("events.search.settled.SETTLED", 0)
        address = f"?q=zugzwang&order={order}" if query == "settled" else f"?{query}&order={order}"
        shown: list[str] = []
        while address:
            context = client.get(f"/events/{address}").context
            assert context["page"].count == len(expected)
            assert len(context["page"].rows) <= size
            shown += [entry.slug for group in context["groups"] for entry in group.entries]
            address = context["page"].next_query
        assert shown == expected, query


@pytest.mark.django_db
@pytest.mark.parametrize("ranked", [0, 60_000])
@pytest.mark.parametrize("are_settled", [False, True])
def test_the_best_match_is_the_same_whichever_way_it_is_found(
    client: Client, monkeypatch: pytest.MonkeyPatch, ranked: int, are_settled: bool
) -> None:
    actor = make_actor(slug="somebody")
    make_event(actor, slug="told", summary="Zugzwang", date="2017-04-06")
    make_event(actor, slug="titled", title="Zugzwang", date="2017-04-04")
    make_event(actor, slug="newer", summary="Zugzwang", date="2017-04-07")
    make_event(actor, slug="open", summary="Zugzwang", date="../2017-04-07")
    make_event(actor, slug="late", title="Zugzwang", date="2018")
    make_event(slug="other", title="Zugzwang", date="2017-04-05")
    make_event(actor, slug="without", date="2017-04-06")
    monkeypatch.setattr("events.in_order.RANKED", ranked)
    if are_settled:
        keep_words_of_few()
        monkeypatch.setattr("events.search.settled.SETTLED", 0)
    query = "q=zugzwang&actor=somebody&until=2017&order=relevance"
    expected = ["titled", "newer", "told", "open"]
    context = client.get(f"/events/?{query}").context
    assert [entry.slug for group in context["groups"] for entry in group.entries] == expected
    parts = client.get(f"/api/events?{query}&limit=3&fields=slug").json()
    rest = client.get(parts["next"]).json()
    assert [item["slug"] for item in parts["items"] + rest["items"]] == expected
    groups = client.get(f"/embed/events/?{query}").context["groups"]
    assert [entry.slug for group in groups for entry in group.entries] == expected


@pytest.mark.django_db
def test_the_window_begins_before_all_days_where_any_date_has_no_beginning() -> None:
    def window(query: str) -> Window:
        return count_events(EventFilterSet(QueryDict(query), queryset=Event.objects.all())).window

    make_event(slug="first", date="2017-04-03", standing="alleged")
    make_event(slug="last", date="2018-05/..", standing="alleged")
    make_event(slug="open", date="../2017-04-05", standing="disputed")
    make_event(slug="undated", date="", standing="refuted")
    start, end = (parse(text).first_day for text in ("2017-04-03", "2018-05-01"))
    found = window("q=first or open&standing=alleged")
    assert (found.number, found.met) == (1, 2)
    assert window("standing=alleged").met is None
    for query in ("standing=alleged", "standing=alleged&since=2017-04-03"):
        found = window(query)
        assert found.number == 2
        # A summary may know no more than the year.
        assert BEFORE_ALL < found.first_day <= start
        assert end <= found.last_day < AFTER_ALL
    assert window("standing=alleged&standing=disputed").first_day == BEFORE_ALL
    assert window("standing=refuted") == Window(BEFORE_ALL, AFTER_ALL, 1)
    assert window("standing=reported") == Window(number=0)


# Of two years, of one month, of dates without a start, without an end, and without either.
SPANS: list[Span] = [
    *((1, 365, False, 4), (366, 730, False, 3), (300, 400, True, 2), (380, 410, False, 1)),
    *((BEFORE_ALL, 50, False, 5), (500, AFTER_ALL, False, 6), (BEFORE_ALL, AFTER_ALL, False, 7)),
]


@pytest.mark.parametrize(
    ("wanted", "is_newest_first", "window"),
    [
        # Known to begin no earlier than others end.
        (1, True, Window(500, 730, 6)),
        (6, True, Window(500, 730, 6)),
        (7, True, Window(380, 730, 7)),
        (8, True, Window(366, 730, 10)),
        (17, True, Window(BEFORE_ALL, 730, 28)),
        (28, True, Window(BEFORE_ALL, 730, 28)),
        (1, False, Window(BEFORE_ALL, BEFORE_ALL, 12)),
        (13, False, Window(BEFORE_ALL, 365, 16)),
        (17, False, Window(BEFORE_ALL, 400, 18)),
        (28, False, Window(BEFORE_ALL, 730, 28)),
    ],
)
def test_the_first_days_hold_so_many_events(
    wanted: int, is_newest_first: bool, window: Window
) -> None:
    found = first_days(SPANS, wanted, is_newest_first=is_newest_first)
    assert found == replace(window, wanted=wanted)


def test_of_fewer_events_than_are_wanted_all_are_looked_for() -> None:
    assert first_days(SPANS, 29, is_newest_first=True) == Window(number=28)
