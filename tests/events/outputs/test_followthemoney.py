"""FollowTheMoney: entities of its schemata, with no property of ours among theirs."""

import re

import pytest
from django.test import Client

from events.models import Participation
from tests.events.outputs.readers import entities, fetch
from tests.factories import make_actor, make_country, make_event, make_location, make_source

pytestmark = pytest.mark.django_db

_THING = {"name", "summary", "description", "country", "sourceUrl", "keywords", "notes", "proof"}
# The properties that each schema has, as far as we may use them.
PROPERTIES = {
    "Event": _THING
    | {"date", "startDate", "endDate", "location", "involved", "recordId", "modifiedAt"},
    **dict.fromkeys(("Person", "PublicBody", "Organization", "LegalEntity"), _THING),
    "Document": {"title", "sourceUrl"},
}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d)?)?)?")


def read(client: Client) -> list[dict]:
    """Each entity, checked: known properties, lists of texts, links to what stands before."""
    seen: set[str] = set()
    found = entities(fetch(client, "ftm.json"))
    for entity in found:
        properties = entity["properties"]
        assert set(properties) <= PROPERTIES[entity["schema"]]
        assert all(
            values and all(isinstance(v, str) and v for v in values)
            for values in properties.values()
        )
        assert entity["id"] not in seen
        seen.add(entity["id"])
        assert {*properties.get("involved", []), *properties.get("proof", [])} <= seen
        for name in ("date", "startDate", "endDate", "modifiedAt"):
            assert all(_DATE.fullmatch(value) for value in properties.get(name, []))
        assert all(re.fullmatch("[a-z]{2}", code) for code in properties.get("country", []))
    return found


@pytest.mark.parametrize(
    ("edtf", "dates"),
    [
        ("2017-04-04", {"date": ["2017-04-04"]}),
        ("[2017-04-03..2017-04-09]", {"date": ["2017-04"]}),
        ("2017-04-03/2017-04-09", {"startDate": ["2017-04-03"], "endDate": ["2017-04-09"]}),
        ("../2017-04", {"endDate": ["2017-04"]}),
        ("2017-04-11/..", {"startDate": ["2017-04-11"]}),
        ("2011~", {}),
        ("", {}),
    ],
)
def test_dates(client: Client, edtf: str, dates: dict[str, list[str]]) -> None:
    make_event(date=edtf)
    event = read(client)[-1]["properties"]
    assert {name: event[name] for name in event if name.lower().endswith("date")} == dates
    assert any("EDTF" in note for note in event["notes"]) == bool(edtf)


def test_event_and_what_it_leads_to(client: Client) -> None:
    make_source(title="The paper", url="https://paper.example/1")
    russia = make_actor(
        slug="russia", name="Russia", kind="state", country=make_country("RUS", "Russia", iso2="RU")
    )
    event = make_event(
        russia,
        slug="first",
        standing="alleged",
        title="Strike",
        date="2016",
        location=make_location(name="Town"),
    )
    Participation.objects.create(event=event, actor=russia, role="perpetrator", is_alleged=True)
    make_event(russia, slug="second", date="2015")
    actor, source, first, second = read(client)
    assert (actor["schema"], actor["properties"]["name"]) == ("PublicBody", ["Russia"])
    assert source["properties"]["title"] == ["The paper"]
    assert "https://paper.example/1" in source["properties"]["sourceUrl"]
    assert first["properties"]["name"] == ["Alleged: Strike"]
    assert first["properties"]["summary"] == ["Alleged; 2016"]
    assert first["properties"]["location"] == ["Town"]
    assert first["properties"]["country"] == ["ru"]
    assert first["properties"]["involved"] == [actor["id"]]
    assert "Actors: Russia (participant, alleged perpetrator)" in first["properties"]["notes"]
    assert second["properties"]["involved"] == [actor["id"]]
