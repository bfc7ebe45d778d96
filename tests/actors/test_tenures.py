"""Which office somebody held on a date, at the edges of what is known."""

import pytest
from django.db import IntegrityError

from actors.models import Tenure
from config.edtf.dates import parse
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def held(date: str, **ends: str) -> bool:
    Tenure.objects.create(person=make_actor(kind="person"), office="Minister", **ends)
    return Tenure.objects.held_on(parse(date)).exists()


REAL = {"began": "2017-02-01", "began_is": "real", "ended": "2018-03-31", "ended_is": "real"}
ATTESTED = {"began": "2017-04", "ended": "2017-04"}
VAGUE = {"began": "2017-02", "began_is": "real", "ended": "2018-03", "ended_is": "real"}
OPEN = {"began": "2017-02-01", "began_is": "real"}


@pytest.mark.parametrize(
    ("ends", "date", "expected"),
    [
        (REAL, "2017-01-31", False),
        (REAL, "2017-02-01", True),
        (REAL, "2018-03-31", True),
        (REAL, "2018-04-01", False),
        (REAL, "2017", False),
        (REAL, "[2018-03-30..2018-04-01]", False),
        (ATTESTED, "2017-03-31", False),
        (ATTESTED, "2017-04-01", True),
        (ATTESTED, "2017-04", True),
        (ATTESTED, "2017-04-30", True),
        (ATTESTED, "2017-05-01", False),
        # A real end within a month: sure only after the last day it may have begun.
        (VAGUE, "2017-02-27", False),
        (VAGUE, "2017-02-28", True),
        (VAGUE, "2018-03-01", True),
        (VAGUE, "2018-03-02", False),
        (OPEN, "2017-01-31", False),
        (OPEN, "2999-01-01", True),
        (REAL, "2017-03/..", False),
        (REAL, "", False),
        ({}, "1900", True),
    ],
)
def test_office_is_shown_only_where_it_was_surely_held(
    ends: dict[str, str], date: str, expected: bool
) -> None:
    assert held(date, **ends) is expected


def test_real_ends_that_may_cross_hold_on_no_day() -> None:
    month = {"began": "2017-04", "began_is": "real", "ended": "2017-04", "ended_is": "real"}
    assert not held("2017-04-15", **month)


def test_nobody_holds_one_office_twice_at_a_time() -> None:
    person = make_actor(kind="person")
    Tenure.objects.create(person=person, office="Minister", began="2010", ended="2012")
    Tenure.objects.create(person=person, office="Mayor", began="2011", ended="2012")
    Tenure.objects.create(person=person, office="Minister", began="2013", ended="2014")
    with pytest.raises(IntegrityError, match="tenure_office_held_once_at_a_time"):
        Tenure.objects.create(person=person, office="Minister", began="2012-06", ended="2015")


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (REAL, "from 1 February 2017 until 31 March 2018"),
        (OPEN, "since 1 February 2017, no end recorded"),
        (OPEN | {"ended": "2017-04"}, "since 1 February 2017; last seen in office: April 2017"),
        ({"ended": "2018", "ended_is": "real"}, "until 2018, no start recorded"),
        (
            {"began": "2017-04", "ended": "2018", "ended_is": "real"},
            "until 2018; first seen in office: April 2017",
        ),
        (ATTESTED, "in office in April 2017, as far as the sources say"),
        (
            {"began": "2017-04-06", "ended": "2017-04-06"},
            "in office on 6 April 2017, as far as the sources say",
        ),
        (
            {"began": "2017~", "ended": "2017~"},
            "in office (about 2017), as far as the sources say",
        ),
        (
            {"began": "2016", "ended": "2017-04"},
            "in office from 2016 to April 2017, as far as the sources say",
        ),
        ({"began": "2017-04"}, "first seen in office: April 2017; no end recorded"),
        ({"ended": "2017-04"}, "last seen in office: April 2017; no start recorded"),
        ({}, "neither start nor end recorded"),
        ({"began_is": "real", "ended_is": "real"}, "neither start nor end recorded"),
    ],
)
def test_words_say_what_each_end_is(ends: dict[str, str], words: str) -> None:
    assert Tenure(**ends).in_words == words
