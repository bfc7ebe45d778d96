"""The events of a selection by lanes, and their numbers by time."""

from itertools import pairwise

import numpy as np
import pytest
from django.http import QueryDict

from config.edtf.dates import first_day_of, last_day_of, parse
from events.filters.timeline import TimelineFilterSet
from events.index.columns import Mask
from events.index.current import current_state
from events.index.lanes import NONE, REST, Lanes, count_in_bins, having_a_day, lying_in
from events.index.state import State
from events.models import Event, Participation
from tests.events.chronologies import DATES, LONG_AGO
from tests.factories import make_actor, make_country, make_event, make_kind, make_location

pytestmark = pytest.mark.django_db


def lanes(by: str, query: str = "") -> Lanes:
    filters = TimelineFilterSet(QueryDict(query), queryset=Event.objects.none())
    assert filters.problems == []
    return Lanes(filters.selection, by)


def slugs(state: State, mask: Mask) -> set[str]:
    rows = Event.objects.filter(pk__in=state.keys[mask].tolist())
    return set(rows.values_list("slug", flat=True))


def shown(by: str, number: int = 12, query: str = "") -> dict[int, set[str]]:
    found = lanes(by, query)
    masks = found.masks(found.fullest(number))
    return {key: slugs(found.selection.state, mask) for key, mask in masks.items()}


def test_lanes_of_those_who_took_part_themselves() -> None:
    state = make_actor()
    body = make_actor(part_of=state)
    event = make_event(state, slug="both")
    Participation.objects.create(event=event, actor=body, role_id="initiator")
    # In two roles it stands in the lane once.
    Participation.objects.create(event=event, actor=body, role_id="host")
    make_event(body, slug="body")
    make_event(slug="nobody")
    assert shown("actor") == {
        state.pk: {"both"},
        body.pk: {"both", "body"},
        NONE: {"nobody"},
    }
    assert lanes("actor").fullest(1) == [body.pk]
    assert lanes("actor").number_of_values() == 2


def test_other_values_have_one_lane_together() -> None:
    one, other, third = make_actor(), make_actor(), make_actor()
    make_event(one, slug="first")
    make_event(one, other, slug="second")
    make_event(third, slug="third")
    assert shown("actor", 1) == {one.pk: {"first", "second"}, REST: {"second", "third"}}


def test_lanes_by_country_and_by_kind() -> None:
    syria, kind = make_country(), make_kind("protest")
    make_event(slug="there", location=make_location(country=syria))
    make_event(slug="elsewhere", kind=kind)
    assert shown("country") == {syria.pk: {"there"}, NONE: {"elsewhere"}}
    assert shown("kind") == {make_kind().pk: {"there"}, kind.pk: {"elsewhere"}}


def test_one_lane_for_all() -> None:
    make_event(slug="one")
    assert shown("none") == {NONE: {"one"}}


def test_lanes_are_those_of_the_selected_events() -> None:
    one, other = make_actor(slug="one"), make_actor()
    make_event(one, slug="first")
    make_event(one, other, slug="second")
    make_event(other, slug="third")
    assert shown("actor", query="actor=one") == {
        one.pk: {"first", "second"},
        other.pk: {"second"},
    }


def test_an_event_that_changes_changes_its_lanes() -> None:
    one, other = make_actor(), make_actor()
    event = make_event(one, slug="first")
    assert shown("actor") == {one.pk: {"first"}}
    event.participations.update(actor=other)
    assert shown("actor") == {other.pk: {"first"}}


def test_counts_are_those_of_the_dates_one_by_one() -> None:
    dates = [*DATES, *LONG_AGO]
    for date in dates:
        make_event(date=date)
    state = current_state()
    starts = [first_day_of(text) for text in ("2014-01-01", "2014-03-07", "2014-03-08", "2015")]
    last = last_day_of("2016-02")
    surely, number = count_in_bins(state, having_a_day(state), starts, last)
    bins = list(pairwise([*starts, last + 1]))
    dated = [parse(date) for date in dates]
    dated = [date for date in dated if (date.first_day, date.last_day) != (None, None)]
    ends = [(first_day_of(date.text), last_day_of(date.text)) for date in dated]
    assert number.tolist() == [
        sum(low < end and high >= start for low, high in ends) for start, end in bins
    ]
    assert surely.tolist() == [
        sum(
            start <= low and high < end and not date.is_qualified
            for date, (low, high) in zip(dated, ends, strict=True)
        )
        for start, end in bins
    ]


def test_what_may_lie_in_a_window() -> None:
    for slug, date in (("in", "2017-04-04"), ("year", "2017"), ("open", "2018/.."), ("none", "")):
        make_event(slug=slug, date=date)
    state = current_state()
    window = first_day_of("2017-04"), last_day_of("2017-04")
    assert slugs(state, lying_in(state, *window)) == {"in", "year", "none"}
    assert slugs(state, having_a_day(state)) == {"in", "year", "open"}
    assert np.count_nonzero(lying_in(state, 1, 2)) == 1
