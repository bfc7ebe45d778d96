"""fixtures/countries.json against ISO 3166 (pycountry), CLDR (babel) and facts typed here."""

import json
import re
import unicodedata
from itertools import combinations
from pathlib import Path

import pycountry
import pytest
from babel import Locale

from fixtures.make_countries import citation_objects, fixture_text

PATH = Path(__file__).parents[2] / "fixtures" / "countries.json"
CITATIONS = PATH.with_name("country_citations.json")
LANGUAGES = ["ar", "en", "fr", "ru"]

FORMER = {
    *("ANT", "CSK", "CTE", "DDR", "GEL", "NTZ", "PCI", "PCZ"),
    *("SCG", "SKM", "SUN", "VDR", "YMD", "YUG"),
}
USER_ASSIGNED = {"QSO", "QSV", "QTB", "QWG", "QXA", "QYN", "QZN", "XKX"}

NOT_COUNTRIES = {
    # Renamed.
    *("AFI", "BUR", "BYS", "DHY", "HVO", "NHB", "RHO", "TMP", "ZAR"),
    # Codes that were regrouped; ATF is a current code as well.
    *("ATB", "ATF", "ATN", "FXX", "JTN", "MID", "PUS", "WAK"),
}

FORMS = {
    "iso3": r"[A-Z]{3}",
    "iso2": r"([A-Z]{2})?",
    "iso_numeric": r"(\d{3})?",
    "code_status": r"official|former|user-assigned",
    "gw": r"None|[1-9]\d{0,2}",
    "cow": r"None|[1-9]\d{0,2}",
    "cow_abbreviation": r"([A-Z]{3})?",
    "fips": r"([A-Z]{2})?",
    "name": r"\S(.*\S)?",
    "exists_from": r"((18|19|20)\d\d(-[01]\d-[0-3]\d)?)?",
    "exists_until": r"((19|20)\d\d(-[01]\d-[0-3]\d)?)?",
}

FACT_FIELDS = [field for field in FORMS if field not in {"iso3", "code_status", "name"}]

FACTS = {
    "ANT": ("", "530", None, None, "", "NT", "", "2010-12-15"),
    "ATF": ("TF", "260", None, None, "", "FS", "", ""),
    "CSK": ("", "200", 315, 315, "CZE", "CZ", "1918-11-11", "1992-12-31"),
    "DDR": ("", "278", 265, 265, "GDR", "GC", "1949-10-05", "1990-10-02"),
    "DEU": ("DE", "276", 260, 255, "GMY", "GM", "1949-09-21", ""),
    "EST": ("EE", "233", 366, 366, "EST", "EN", "1991-09-06", ""),
    "GEO": ("GE", "268", 372, 372, "GRG", "GG", "1991-12-21", ""),
    "GRL": ("GL", "304", None, None, "", "GL", "", ""),
    "IRN": ("IR", "364", 630, 630, "IRN", "IR", "", ""),
    "KIR": ("KI", "296", 970, 946, "KIR", "KR", "1979-07-12", ""),
    "MDV": ("MV", "462", 781, 781, "MAD", "MV", "1965-07-26", ""),
    "MNE": ("ME", "499", 341, 341, "MNG", "MJ", "2006-06-03", ""),
    "MNG": ("MN", "496", 712, 712, "MON", "MG", "1921-03-13", ""),
    "NAM": ("NA", "516", 565, 565, "NAM", "WA", "1990-03-21", ""),
    "NRU": ("NR", "520", 971, 970, "NAU", "NR", "1968-12-31", ""),
    "PSE": ("PS", "275", None, None, "", "WE", "", ""),
    "QSV": ("", "714", 817, 817, "RVN", "", "1954-05-01", "1975-04-30"),
    "QTB": ("", "", 711, None, "", "", "1913", "1950-10-01"),
    "QWG": ("", "280", None, 260, "GFR", "GE", "1955-05-05", "1990-10-02"),
    "QXA": ("", "", 396, None, "", "", "2008-08-26", ""),
    "QYN": ("", "886", None, 678, "YAR", "YE", "1926-09-02", "1990-05-21"),
    "QZN": ("", "", 511, 511, "ZAN", "", "1963-12-19", "1964-04-26"),
    "RUS": ("RU", "643", 365, 365, "RUS", "RS", "1991-12-26", ""),
    "RWA": ("RW", "646", 517, 517, "RWA", "RW", "1962-07-01", ""),
    "SCG": ("", "891", 345, 345, "YUG", "YI", "2003-02-04", "2006-06-04"),
    "SRB": ("RS", "688", 340, 345, "YUG", "RI", "2006-06-05", ""),
    "SSD": ("SS", "728", 626, 626, "SSD", "OD", "2011-07-09", ""),
    "SUN": ("", "810", 365, 365, "RUS", "UR", "1922-12-30", "1991-12-25"),
    "SYR": ("SY", "760", 652, 652, "SYR", "SY", "1946", ""),
    "TUR": ("TR", "792", 640, 640, "TUR", "TU", "", ""),
    "TWN": ("TW", "158", 713, 713, "TAW", "TW", "1949-12-08", ""),
    "UKR": ("UA", "804", 369, 369, "UKR", "UP", "1991-12-01", ""),
    "USA": ("US", "840", 2, 2, "USA", "US", "", ""),
    "VAT": ("VA", "336", None, None, "", "VT", "", ""),
    "VDR": ("", "", 816, 816, "DRV", "", "1954-05-01", "1976-07-01"),
    "VNM": ("VN", "704", 816, 816, "DRV", "VM", "1976-07-02", ""),
    "XKX": ("XK", "", 347, 347, "KOS", "KV", "2008-02-17", ""),
    "YEM": ("YE", "887", 678, 679, "YEM", "YM", "1918-10-30", ""),
    "YMD": ("", "720", 680, 680, "YPR", "YS", "1967-11-30", "1990-05-21"),
    "YUG": ("", "891", 345, 345, "YUG", "YO", "1918-12-01", "2003-02-03"),
    "ZAF": ("ZA", "710", 560, 560, "SAF", "SF", "1910-05-31", ""),
}

NAMES = {
    "CSK": ("تشيكوسلوفاكيا", "Czechoslovakia", "Tchécoslovaquie", "Чехословакия"),
    "SUN": ("الاتحاد السوفيتي", "Soviet Union", "Union soviétique", "Советский Союз"),
    "SYR": ("سوريا", "Syria", "Syrie", "Сирия"),
    "TUR": ("تركيا", "Türkiye", "Turquie", "Турция"),
    "XKX": ("كوسوفو", "Kosovo", "Kosovo", "Косово"),
    "YUG": ("يوغوسلافيا", "Yugoslavia", "Yougoslavie", "Югославия"),
}


def objects(model):
    return [
        item["fields"]
        for item in json.loads(PATH.read_text(encoding="utf-8"))
        if item["model"] == model
    ]


@pytest.fixture(scope="module")
def countries():
    return {country["iso3"]: country for country in objects("actors.country")}


@pytest.fixture(scope="module")
def names():
    return {
        (*row["country"], row["language"]): row["name"] for row in objects("actors.countryname")
    }


def with_status(countries, status):
    return {iso3 for iso3, country in countries.items() if country["code_status"] == status}


def bounds(country):
    """Return first and last day as text that compares, a year as its first or last day."""
    first = (country["exists_from"] or "0001") + "-01-01"
    last = (country["exists_until"] or "9999") + "-12-31"
    return first[:10], last[:10]


def is_named_in(letter, script):
    return unicodedata.name(letter).startswith(script)


def test_the_file_is_what_its_sources_make():
    stored = PATH.read_text(encoding="utf-8").splitlines()
    assert set(stored) ^ set(fixture_text().splitlines()) == set()


def test_the_citations_are_what_its_sources_make():
    stored = CITATIONS.read_text(encoding="utf-8").splitlines()
    assert set(stored) ^ set(fixture_text(citation_objects).splitlines()) == set()


def test_nothing_but_countries_and_names_without_primary_keys():
    items = json.loads(PATH.read_text(encoding="utf-8"))
    assert {(item["model"], *item["fields"]) for item in items} == {
        ("actors.country", "uuid", *FORMS),
        ("actors.countryname", "uuid", "country", "language", "name"),
    }
    assert {key for item in items for key in item} == {"model", "fields"}


def test_countries_are_sorted_and_unique():
    codes = [country["iso3"] for country in objects("actors.country")]
    assert codes == sorted(set(codes))


def test_names_are_sorted_and_unique():
    keys = [(*row["country"], row["language"]) for row in objects("actors.countryname")]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("field", FORMS)
def test_well_formed(countries, field):
    form = re.compile(FORMS[field])
    assert {
        iso3: country[field]
        for iso3, country in countries.items()
        if not form.fullmatch(str(country[field]))
    } == {}


@pytest.mark.parametrize("field", ["iso2", "fips"])
def test_a_two_letter_code_names_one_country(countries, field):
    codes = [country[field] for country in countries.values() if country[field]]
    assert len(codes) == len(set(codes))


def test_cow_code_and_abbreviation_go_together(countries):
    pairs = {(c["cow"], c["cow_abbreviation"]) for c in countries.values()}
    assert len(pairs) == len({code for code, _ in pairs}) == len({text for _, text in pairs})


def test_iso2_is_for_what_exists_and_cldr_knows(countries):
    without = {iso3 for iso3, country in countries.items() if not country["iso2"]}
    assert without == FORMER | USER_ASSIGNED - {"XKX"}


def test_official_codes_are_those_of_iso_3166_1(countries):
    assert {
        (iso3, countries[iso3]["iso2"], countries[iso3]["iso_numeric"])
        for iso3 in with_status(countries, "official")
    } == {(c.alpha_3, c.alpha_2, c.numeric) for c in pycountry.countries}


def test_former_codes_are_those_of_iso_3166_3_that_denote_an_entity_that_ended(countries):
    historic = {country.alpha_3: country for country in pycountry.historic_countries}
    assert with_status(countries, "former") == FORMER == historic.keys() - NOT_COUNTRIES
    assert {iso3: countries[iso3]["iso_numeric"] for iso3 in FORMER} == {
        iso3: getattr(historic[iso3], "numeric", "") for iso3 in FORMER
    }


def test_former_entities_outside_gleditsch_and_ward_end_with_their_code(countries):
    ends = {iso3: countries[iso3]["exists_until"] for iso3 in FORMER if not countries[iso3]["gw"]}
    assert ends == {
        iso3: pycountry.historic_countries.get(alpha_3=iso3).withdrawal_date
        for iso3 in ["ANT", "CTE", "GEL", "NTZ", "PCI", "PCZ", "SKM"]
    }


def test_other_codes_are_from_the_ranges_iso_leaves_to_its_users(countries):
    assert with_status(countries, "user-assigned") == USER_ASSIGNED
    assert all(re.fullmatch(r"Q[M-Z][A-Z]|X[A-Z]{2}", iso3) for iso3 in USER_ASSIGNED)


@pytest.mark.parametrize("iso3", FACTS)
def test_codes_and_dates_of_telling_countries(countries, iso3):
    assert tuple(countries[iso3][field] for field in FACT_FIELDS) == FACTS[iso3]


def test_no_country_ends_before_it_begins(countries):
    backwards = {iso3 for iso3, c in countries.items() if bounds(c)[0] > bounds(c)[1]}
    assert backwards == set()


def test_gleditsch_ward_code_and_date_name_one_country(countries):
    members = [country for country in countries.values() if country["gw"]]
    clashes = {
        (a["iso3"], b["iso3"])
        for a, b in combinations(members, 2)
        if a["gw"] == b["gw"] and bounds(a)[0] <= bounds(b)[1] and bounds(b)[0] <= bounds(a)[1]
    }
    assert clashes == set()


def test_only_these_countries_share_a_code(countries):
    shared = {
        frozenset((a["iso3"], b["iso3"]))
        for a, b in combinations(countries.values(), 2)
        if (a["gw"] and a["gw"] == b["gw"]) or (a["cow"] and a["cow"] == b["cow"])
    }
    assert shared == {
        frozenset(pair)
        for group in [("RUS", "SUN"), ("SCG", "SRB", "YUG"), ("VDR", "VNM")]
        for pair in combinations(group, 2)
    }


def test_only_these_countries_have_different_codes_in_the_two_lists(countries):
    members = {iso3: (c["gw"], c["cow"]) for iso3, c in countries.items()}
    assert {iso3: codes for iso3, codes in members.items() if codes[0] != codes[1]} == {
        "DEU": (260, 255),
        "KIR": (970, 946),
        "NRU": (971, 970),
        "QSO": (397, None),
        "QTB": (711, None),
        "QWG": (None, 260),
        "QXA": (396, None),
        "QYN": (None, 678),
        "SRB": (340, 345),
        "TON": (972, 955),
        "TUV": (973, 947),
        "YEM": (678, 679),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_those_of_cldr(countries, names, language):
    territories = Locale(language).territories
    known = {iso3: c["iso2"] for iso3, c in countries.items() if c["iso2"]}
    assert {iso3: names[iso3, language] for iso3 in known} == {
        iso3: territories[iso2] for iso3, iso2 in known.items()
    }


def test_every_country_has_its_four_names(countries, names):
    missing = {(iso3, lang) for iso3 in countries for lang in LANGUAGES} - names.keys()
    assert missing == {
        ("CTE", "ar"),
        ("CTE", "ru"),
        ("GEL", "ar"),
        ("NTZ", "ar"),
        ("NTZ", "fr"),
        ("NTZ", "ru"),
        ("PCI", "ar"),
        ("PCI", "ru"),
    }
    assert {iso3 for iso3, _ in names} == countries.keys()


def test_a_country_is_called_by_its_english_name(countries, names):
    english = {iso3: name for (iso3, language), name in names.items() if language == "en"}
    # The other of CLDR's two English names, as the first chronology's source calls the state.
    named = english | {"TUR": "Turkey"}
    assert {iso3: country["name"] for iso3, country in countries.items()} == named


@pytest.mark.parametrize("iso3", NAMES)
def test_names_of_telling_countries(names, iso3):
    assert tuple(names[iso3, language] for language in LANGUAGES) == NAMES[iso3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_countries_have_the_same_name(names, language):
    texts = [name for (_, name_language), name in names.items() if name_language == language]
    assert len(texts) == len(set(texts))


def test_names_have_no_invisible_characters(names):
    """Neither controls, bidi marks, surrogates nor spaces other than U+0020."""
    for name in names.values():
        assert name == unicodedata.normalize("NFC", name).strip()
        kinds = {unicodedata.category(character) for character in name.replace(" ", "")}
        assert not {kind for kind in kinds if kind[0] in "CZ"}, ascii(name)


@pytest.mark.parametrize(
    ("language", "script"),
    [("ar", "ARABIC"), ("en", "LATIN"), ("fr", "LATIN"), ("ru", "CYRILLIC")],
)
def test_names_are_written_in_the_script_of_their_language(names, language, script):
    letters = {
        character
        for (_, name_language), name in names.items()
        if name_language == language
        for character in name
        if character.isalpha()
    }
    assert {letter for letter in letters if not is_named_in(letter, script)} == set()
