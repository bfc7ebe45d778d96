from collections import Counter

import pytest

from tests.bench import synthetic
from tests.bench.ged import Incident
from tests.bench.loading import spot

COUNTRIES = ["Syria", *(f"Land {number}" for number in range(150))]


@pytest.fixture(scope="module")
def incidents() -> list[Incident]:
    return synthetic.incidents(COUNTRIES, 20_000)


def test_the_same_every_time(incidents: list[Incident]) -> None:
    assert synthetic.incidents(COUNTRIES, 20_000) == incidents
    assert len({incident.number for incident in incidents}) == 20_000


def test_as_uneven_as_ged(incidents: list[Incident]) -> None:
    def shares(values: list[str]) -> list[float]:
        return [number / len(values) for _value, number in Counter(values).most_common()]

    countries = shares([incident.country for incident in incidents])
    assert countries[:2] == pytest.approx([0.367, 0.091], abs=0.02)
    assert len(countries) > 90
    violence = shares([incident.violence for incident in incidents])
    assert violence == pytest.approx([0.718, 0.154, 0.128], abs=0.02)
    pairs = shares([f"{incident.side_a} – {incident.side_b}" for incident in incidents])
    assert pairs[0] == pytest.approx(0.28, abs=0.03)
    years = shares([str(incident.last.year) for incident in incidents])
    assert (len(years), years[0]) == (32, pytest.approx(0.102, abs=0.01))


def test_many_places_have_one_event_and_one_has_many(incidents: list[Incident]) -> None:
    places = Counter(spot(incident) for incident in incidents)
    assert places.most_common(1)[0][1] > 20_000 * 0.02
    assert sum(number == 1 for number in places.values()) > len(places) / 2


def test_nobody_fights_itself_and_numbers_run_upwards(incidents: list[Incident]) -> None:
    assert all(incident.side_a != incident.side_b for incident in incidents)
    assert all(0 <= each.low <= each.best <= each.high for each in incidents)
