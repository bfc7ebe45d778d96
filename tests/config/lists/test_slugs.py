"""What a query names is found, and what it names in vain is told."""

from typing import Any

import pytest
from django.http import QueryDict

from events.filters.events import EventFilterSet
from events.filters.statements import StatementFilterSet
from events.models import Event, Statement
from tests.factories import make_actor, make_country, make_event, make_kind, make_location

pytestmark = pytest.mark.django_db


def event_filters(query: str) -> EventFilterSet:
    return EventFilterSet(QueryDict(query), queryset=Event.objects.published())


def test_each_parameter_costs_one_query_however_many_rows_it_names(
    django_assert_num_queries: Any,
) -> None:
    syria, place = make_country(), make_location(slug="idlib", parent=make_location(slug="syria"))
    actor, other, kind = make_actor(slug="one"), make_actor(slug="other"), make_kind()
    place.refresh_from_db()
    with django_assert_num_queries(5):
        filters = event_filters(
            "actor=one&actor=other&speaker=one&country=SYR&location=idlib&kind=assault"
        )
        assert filters.problems == []
        assert filters.chosen("actor") == [actor, other]
        assert filters.chosen("speaker") == [actor]
        assert filters.chosen("country") == [syria]
        assert filters.chosen("location") == [place]
        assert filters.chosen("kind") == [kind]
        # All that conditions and chips read came with it.
        [found] = filters.chosen("location")
        assert (found.lineage, found.parent_id) == (place.lineage, place.parent_id)
        labels = [chip.value for chip in filters.chips]
    assert labels == ["One", "Other", "One", "Syria", "Idlib", "Attack"]


def test_each_field_names_what_it_does_not_find() -> None:
    make_actor(slug="one")
    make_actor(slug="draft", state="draft")
    filters = event_filters("actor=one&actor=nobody&speaker=draft&country=XXX&location=one")
    assert {(p.parameter, p.message) for p in filters.problems} == {
        ("actor", "There is no “nobody” here."),
        ("speaker", "There is no “draft” here."),
        ("country", "There is no “XXX” here."),
        ("location", "There is no “one” here."),
    }
    assert filters.chosen("actor") is None
    assert not filters.narrow().exists()


def test_numbers_and_dates_of_claims_and_events_survive() -> None:
    event = make_event(slug="attack", date="-0044-03-15")
    filters = StatementFilterSet(QueryDict("event=attack"), queryset=Statement.objects.published())
    [found] = filters.chosen("event")
    assert (found, found.title, found.date) == (event, event.title, "-0044-03-15")
    assert found.first_day == Event.objects.get().first_day
