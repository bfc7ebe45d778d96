"""FollowTheMoney: entities that its own model takes in as they are."""

import warnings

import pytest
from django.test import Client

from actors.models import ActorKind, Country
from events.models import Participation
from tests.events.exports.readers import entities, fetch
from tests.factories import make_actor, make_country, make_event, make_location, make_source

with warnings.catch_warnings():
    # It would transliterate names better with a library that has no wheel; we need none of that.
    warnings.simplefilter("ignore")
    from followthemoney import model

pytestmark = pytest.mark.django_db


def read(client: Client) -> list[dict]:
    """Each entity, taken in by the model itself: nothing of it is unknown, dropped or changed."""
    seen: set[str] = set()
    found = entities(fetch(client, "ftm.json"))
    for entity in found:
        properties = entity["properties"]
        proxy = model.get_proxy(entity, cleaned=False)
        taken = proxy.to_dict()
        assert (taken["id"], taken["schema"]) == (entity["id"], entity["schema"])
        assert {name: set(values) for name, values in taken["properties"].items()} == {
            name: set(values) for name, values in properties.items()
        }
        proxy.schema.validate(entity)
        assert entity["id"] not in seen
        seen.add(entity["id"])
        assert {*properties.get("involved", []), *properties.get("proof", [])} <= seen
    return found


def test_every_country_has_a_code_that_the_model_knows_or_none(client: Client) -> None:
    actors = [make_actor(country=country) for country in Country.objects.all()]
    make_event(*actors)
    *_linked, event = read(client)
    codes = event["properties"]["country"]
    assert len(codes) == len(set(codes))
    assert {"sy", "ru", "xk", "suhh", "yucs"} <= set(codes)
    named = {actor.name: actor.country for actor in actors}
    without = {
        named[entity["properties"]["name"][0]].iso3
        for entity in _linked
        if entity["schema"] == "LegalEntity" and "country" not in entity["properties"]
    }
    assert not Country.objects.filter(iso3__in=without).exclude(iso2="").exists()


def test_every_kind_of_date_and_actor_is_taken_in(client: Client) -> None:
    actors = [make_actor(kind=kind.slug) for kind in ActorKind.objects.all()]
    for edtf in ("-0043-03-15", "Y-17000000", "0050", "0987-03", "9999-12-31", "2017/..", "201X"):
        make_event(*actors, date=edtf, title="x" * 300, standing="disputed")
    assert len([entity for entity in read(client) if entity["schema"] == "Event"]) == 7


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
        ("0987-03", {}),
        ("0987/2017", {"endDate": ["2017"]}),
        ("9999-12-31", {}),
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
    Participation.objects.create(event=event, actor=russia, role_id="perpetrator", is_alleged=True)
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
