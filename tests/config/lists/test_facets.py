"""Counts over the columns of a list: in all, and beside each value."""

import pytest
from django.test import Client

from config.lists.facets import SHOWN, Facet
from events.models import LocationName
from tests.factories import make_country, make_location


def counted(client: Client, query: str) -> tuple[int, dict[str, list[tuple[str, str, int, bool]]]]:
    context = client.get(f"/locations/{query}").context
    facets: list[Facet] = context["facets"]
    return context["page"].count, {
        facet.name: [(v.value, v.label, v.count, v.is_chosen) for v in facet.values]
        for facet in facets
    }


@pytest.fixture
def places(db: None) -> None:
    syria, iraq = make_country("SYR", "Syria"), make_country("IRQ", "Iraq")
    make_location(slug="homs", country=syria)
    hama = make_location(slug="hama", country=syria)
    LocationName.objects.create(location=hama, language="el", name="Epiphania")
    make_location(slug="mosul", country=iraq)
    make_location(slug="anbar", kind="province", country=iraq)
    make_location(slug="the-moon", kind="site")
    make_location(slug="hidden", country=iraq, state="draft")


@pytest.mark.usefixtures("places")
def test_all_rows_are_counted_by_each_column(client: Client) -> None:
    assert counted(client, "") == (
        5,
        {
            "kind": [
                ("town", "Town or village", 3, False),
                ("province", "Province", 1, False),
                ("site", "Site", 1, False),
            ],
            "country": [("IRQ", "Iraq", 2, False), ("SYR", "Syria", 2, False)],
        },
    )


@pytest.mark.usefixtures("places")
def test_each_facet_is_counted_under_every_filter_but_its_own(client: Client) -> None:
    assert counted(client, "?kind=town&country=IRQ") == (
        1,
        {
            "kind": [("town", "Town or village", 1, True), ("province", "Province", 1, False)],
            "country": [("IRQ", "Iraq", 1, True), ("SYR", "Syria", 2, False)],
        },
    )


@pytest.mark.usefixtures("places")
def test_a_chosen_value_without_rows_keeps_its_box(client: Client) -> None:
    assert counted(client, "?kind=water&country=SYR") == (
        0,
        {
            "kind": [
                ("town", "Town or village", 2, False),
                ("water", "Sea, lake or river", 0, True),
            ],
            "country": [("SYR", "Syria", 0, True)],
        },
    )


@pytest.mark.django_db
def test_the_most_frequent_values_are_shown_behind_those_chosen(client: Client) -> None:
    for number in range(SHOWN + 3):
        country = make_country(f"XA{chr(65 + number)}", f"Country {number:02}")
        for _ in range(3 if number == 7 else 2):
            make_location(country=country)
    rare = make_country("XZZ", "A rare one")
    make_location(country=rare)
    names = [f"Country {number:02}" for number in range(SHOWN + 3)]
    names.insert(0, names.pop(7))
    _count, facets = counted(client, "")
    assert [label for _value, label, *_ in facets["country"]] == names[:SHOWN]
    _count, facets = counted(client, "?country=XZZ")
    assert facets["country"][0] == ("XZZ", "A rare one", 1, True)
    assert [label for _value, label, *_ in facets["country"][1:]] == names[:SHOWN]


@pytest.mark.usefixtures("places")
def test_words_are_found_in_the_name_or_in_another_name(client: Client) -> None:
    count, facets = counted(client, "?q=epi ham")
    assert count == 1
    assert facets["country"] == [("SYR", "Syria", 1, False)]
    assert counted(client, "?q=epi mos")[0] == 0
    assert counted(client, "?q=m")[0] == 2


@pytest.mark.usefixtures("places")
def test_a_bad_query_counts_nothing(client: Client) -> None:
    assert counted(client, "?kind=nowhere") == (
        0,
        {"kind": [("nowhere", "nowhere", 0, True)], "country": []},
    )


@pytest.mark.usefixtures("places")
def test_a_page_that_is_not_there_still_has_its_facets(client: Client) -> None:
    count, facets = counted(client, "?page=2")
    assert count == 0
    assert [value for value, *_ in facets["country"]] == ["IRQ", "SYR"]
