"""Check constraints that a form asks of the database all at once."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Country
from tests.factories import make_event, make_location

pytestmark = pytest.mark.django_db


def test_a_row_that_is_right_is_asked_about_once() -> None:
    event = make_event()
    with CaptureQueriesContext(connection) as queries:
        event.validate_constraints()
    assert len([one for one in queries if "SELECT" in one["sql"]]) == 1


def test_each_constraint_that_is_broken_says_so() -> None:
    place = make_location()
    place.name, place.latitude, place.longitude = "", 95, 0
    with pytest.raises(ValidationError) as refused:
        place.validate_constraints()
    assert refused.value.messages == [
        "This is needed.",
        "Give both a latitude from -90 to 90 and a longitude from -180 to 180, or neither.",
        "Coordinates need a precision, and a precision needs coordinates.",
    ]


def test_what_is_left_out_of_a_form_is_not_asked_about() -> None:
    place = make_location()
    place.name, place.latitude = "", 5
    with pytest.raises(ValidationError) as refused:
        place.validate_constraints(exclude={"latitude"})
    assert refused.value.messages == ["This is needed."]


def test_a_constraint_on_what_the_database_derives_is_asked_about_too() -> None:
    country = Country(name="Nowhere", iso3="QQQ", exists_from="2000", exists_until="1990")
    with pytest.raises(ValidationError, match="It ends before it begins"):
        country.validate_constraints()
