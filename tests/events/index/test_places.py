"""The place of each event itself, as the index knows it."""

import pytest

from events.index.current import current_state
from events.index.selection import Selection
from tests.factories import make_actor, make_event, make_location

pytestmark = pytest.mark.django_db


def counted(selection: Selection) -> dict[int, int]:
    counts = selection.counts_of_places()
    return counts.first(len(counts.ids)) if len(counts.ids) else {}


def test_an_event_counts_for_its_own_place_and_for_none_around_it() -> None:
    country = make_location(kind="country")
    province = make_location(kind="province", parent=country)
    town = make_location(parent=province)
    for place in (town, town, province, None):
        make_event(location=place)
    assert counted(Selection(current_state())) == {town.pk: 2, province.pk: 1}


def test_a_place_that_is_not_public_leaves_the_event_without_one() -> None:
    country = make_location(kind="country")
    secret = make_location(parent=country, state="draft")
    make_event(location=secret)
    selection = Selection(current_state())
    assert counted(selection) == {}
    assert selection.without_place().count == 1


def test_places_are_counted_under_the_filters() -> None:
    here, there, actor = make_location(), make_location(), make_actor()
    make_event(actor, location=here)
    make_event(location=here)
    make_event(location=there)
    make_event(actor)
    state = current_state()
    selection = Selection(
        state, {"actor": state.columns["actor"].having_any([actor.pk], state.size)}
    )
    assert counted(selection) == {here.pk: 1}
    assert selection.in_places([here.pk]).count == 1
    assert selection.in_places([there.pk]).count == 0
    assert selection.without_place().count == 1


def test_there_are_no_places_without_events() -> None:
    make_location()
    selection = Selection(current_state())
    assert counted(selection) == {}
    assert selection.without_place().count == 0
