"""The first events of what words find, in the order of time, by what is known of their months."""

import pytest
from django.test import Client

from events.models import Event
from tests.factories import make_event

DATES = [
    *("2016-12/2017-01", "2017-04", "2017-04-04", "2017-04-03/2017-04-09", "2017-04~", "2017?"),
    *("2018/..", "../2017-04-05", "../..", "", "[2017-04-01..2017-04-03]", "201X", "-0044"),
    *("2017-12/2018-01", "2017-03-31", "2017-05-01", "1999", "1999-12-31", "2017-04-30"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["date", "-date"])
@pytest.mark.parametrize("met", [0, 3, 10_000])
@pytest.mark.parametrize("size", [1, 2, 5, 12, 30])
def test_the_first_page_of_a_search_has_the_first_events(
    client: Client, monkeypatch: pytest.MonkeyPatch, order: str, met: int, size: int
) -> None:
    for number, date in enumerate(DATES):
        make_event(slug=f"found-{number}", title="Zugzwang", date=date)
        make_event(slug=f"other-{number}", title="Endgame", date=date)
    monkeypatch.setattr("events.known_dates._MET", met)
    monkeypatch.setattr("events.counting.PAGE_SIZE", size)
    monkeypatch.setattr("config.paging.PAGE_SIZE", size)
    page = client.get(f"/events/?q=zugzwang&order={order}").context
    rows = Event.objects.filter(title="Zugzwang").in_order(order)
    expected = list(rows.values_list("slug", flat=True))
    shown = [entry.slug for group in page["groups"] for entry in group.entries]
    assert (shown, page["page"].count) == (expected[:size], len(expected))
    # The page after it is read in another way.
    if following := page["page"].next_query:
        behind = client.get(f"/events/{following}").context["groups"]
        assert [e.slug for group in behind for e in group.entries] == expected[size : 2 * size]
