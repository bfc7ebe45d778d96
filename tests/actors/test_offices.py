import pytest
from pytest_django import DjangoAssertNumQueries

from actors.models import Tenure
from actors.offices import Offices
from config.edtf.dates import parse
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("date", "offices"),
    [
        ("2016-12-31", []),
        ("2017-01-01", ["Minister"]),
        ("2017-06-15", ["Minister", "Mayor"]),
        ("2017", ["Minister"]),
        ("2017-12-31", ["Minister", "Mayor"]),
        ("2018-01-01", ["Mayor"]),
        ("2030", ["Mayor"]),
        ("2017-12/2018-01", ["Mayor"]),
        ("../2017", []),
        ("", []),
    ],
)
def test_office_of_the_day(date: str, offices: list[str]) -> None:
    person = make_actor(kind="person")
    span = {"began": "2017", "began_is": "attested", "ended": "2017", "ended_is": "attested"}
    Tenure.objects.create(person=person, office="Minister", **span)
    Tenure.objects.create(person=person, office="Mayor", began="2017-06-15", began_is="real")
    Tenure.objects.create(person=make_actor(kind="person"), office="Another's", **span)
    held = Offices([person]).of(person, parse(date))
    assert [tenure.office for tenure in held] == offices
    # What Python says of a loaded row is what the database says.
    stored = Tenure.objects.filter(person=person).held_on(parse(date)).for_list()
    assert [tenure.office for tenure in stored] == offices


def test_one_query_for_all_people_and_none_for_nobody(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    people = [make_actor(kind="person") for _ in range(5)]
    offices = Offices(people)
    with django_assert_num_queries(1):
        assert [offices.of(person, parse("2017")) for person in people] == [[]] * 5
    with django_assert_num_queries(0):
        assert Offices([]).of(people[0], parse("2017")) == []
