import pytest

from tests.bench.countries import Finder, key

finder = Finder(
    {
        "Bosnia & Herzegovina": "BIH",
        "Myanmar (Burma)": "MMR",
        "Côte d’Ivoire": "CIV",
        "Türkiye": "TUR",
        "Congo - Kinshasa": "COD",
        "Russia": "RUS",
        "Yemen": "YEM",
    },
    {652: "SYR"},
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Bosnia-Herzegovina", "BIH"),
        ("Bosnia and Herzegovina", "BIH"),
        ("Myanmar (Burma)", "MMR"),
        ("Ivory Coast", "CIV"),
        ("Turkey", "TUR"),
        ("DR Congo (Zaire)", "COD"),
        ("Congo", "COG"),
        ("Russia (Soviet Union)", "RUS"),
        ("Yemen (North Yemen)", "YEM"),
        ("Atlantis", None),
    ],
)
def test_finds_a_country_as_ged_names_it(name: str, code: str | None) -> None:
    assert finder.find(name) == code


def test_a_number_goes_before_a_name() -> None:
    assert finder.find("Russia", 652) == "SYR"
    assert finder.find("Russia", 9999) == "RUS"


def test_only_governments_have_a_country() -> None:
    assert finder.government("Government of Yemen (North Yemen)") == "YEM"
    assert finder.government("Yemen People’s Front") is None


def test_letters_alone_make_the_key() -> None:
    assert key("Trinidad and Tobago") == key("Trinidad & Tobago") == "trinidadtobago"
    assert key("Sandland") == "sandland"
