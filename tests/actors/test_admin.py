"""Curating actors, tenures and countries."""

from typing import Any

import pytest
from django.test import Client

from actors.models import Actor, Country, Tenure
from tests.curating import address, inline_row, opened, problems
from tests.factories import make_actor, make_country, make_source

pytestmark = pytest.mark.django_db


def save(client: Client, record: Any, **changes: Any) -> Any:
    page = address(record, "change")
    return client.post(page, opened(client, page) | changes)


def test_actor_is_added_with_all_that_belongs_to_it(admin_client: Client) -> None:
    page = address(Actor, "add")
    data = opened(admin_client, page) | {
        "name": "Rex Tillerson",
        "slug": "rex-tillerson",
        "kind": "person",
        "country": make_country().pk,
        "summary": "First line.\r\nSecond line.",
        "state": "published",
    }
    data = inline_row(data, "names", language="ru", name="Рекс Тиллерсон")
    data = inline_row(
        data, "tenures", office="Secretary of State", began="2017-02-01", began_is="real",
        ended_is="attested",
    )  # fmt: skip
    data = inline_row(data, "citations", source=make_source().pk, locator="¶2", access="direct")
    assert admin_client.post(page, data).status_code == 302
    actor = Actor.objects.get(slug="rex-tillerson")
    assert actor.summary == "First line.\nSecond line."
    assert actor.tenures.get().in_words == "since 1 February 2017, no end recorded"
    assert (actor.names.count(), actor.citations.count()) == (1, 1)


def test_actor_needs_no_citation_to_be_published(admin_client: Client) -> None:
    assert save(admin_client, make_actor(state="draft"), state="published").status_code == 302


def test_actor_as_part_of_itself_comes_back_as_an_error(admin_client: Client) -> None:
    state = make_actor(name="State")
    office = make_actor(part_of=make_actor(part_of=state))
    response = save(admin_client, state, part_of=office.pk, summary="Typed at length")
    assert problems(response) == ["This would make “State” a part of itself."]
    assert "Typed at length" in response.content.decode()
    assert problems(save(admin_client, state, part_of=state.pk))
    state.refresh_from_db()
    assert state.part_of is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"began": "2017-06"}, "already holds this office"),
        ({"began": ""}, "already holds this office"),
        ({"began": "2016", "began_is": "real"}, "already exists"),
        ({"began": "2018-13"}, "2018-13"),
        ({"office": ""}, "required"),
    ],
)
def test_office_is_held_once_at_a_time(
    admin_client: Client, changes: dict[str, str], says: str
) -> None:
    person = make_actor()
    Tenure.objects.create(person=person, office="Mayor", began="2016", ended="2017")
    later = Tenure.objects.create(person=person, office="Mayor", began="2019", ended="2020")
    (problem,) = problems(save(admin_client, later, **changes))
    assert says in problem
    assert save(admin_client, later, began="2018").status_code == 302
    assert save(admin_client, later, began="2017-06", office="Judge").status_code == 302


def test_overlapping_tenures_of_an_actor_come_back_as_an_error(admin_client: Client) -> None:
    person = make_actor()
    Tenure.objects.create(person=person, office="Mayor", began="2016", ended="2017")
    page = address(person, "change")
    data = opened(admin_client, page) | {"summary": "Typed at length"}
    ends = {"began_is": "attested", "ended_is": "attested"}
    data = inline_row(data, "tenures", office="Mayor", began="2017-06", **ends)
    response = admin_client.post(page, data)
    assert problems(response) == ["Tenure: This person already holds this office in that time."]
    assert "Typed at length" in response.content.decode()
    assert person.tenures.count() == 1


def test_name_twice_comes_back_as_an_error(admin_client: Client) -> None:
    actor = make_actor()
    actor.names.create(language="ru", name="Имя")
    page = address(actor, "change")
    data = inline_row(opened(admin_client, page), "names", language="ru", name="Имя")
    assert problems(admin_client.post(page, data))
    data = inline_row(opened(admin_client, page), "names", language="Russian", name="Имя")
    assert any("BCP 47" in problem for problem in problems(admin_client.post(page, data)))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"iso3": "syr"}, "Three capital letters."),
        ({"iso2": "TR"}, "country_iso2_is_unique"),
        ({"iso3": "TUR"}, "already exists"),
        ({"exists_from": "2000", "exists_until": "1990"}, "It ends before it begins."),
        ({"gw": "99999"}, "less than or equal"),
    ],
)
def test_what_a_country_refuses(admin_client: Client, changes: dict[str, str], says: str) -> None:
    make_country("TUR", "Turkey", iso2="TR")
    (problem,) = problems(save(admin_client, make_country(), **changes))
    assert says in problem


def test_country_is_found_by_code_and_by_name_in_any_language(admin_client: Client) -> None:
    for words in ("SYR", "syria", "سوريا"):
        found = admin_client.get(address(Country, "changelist"), {"q": words}).context["cl"]
        assert [row.iso3 for row in found.result_list] == ["SYR"]
