"""How `q` is taken apart, and what the database makes of it."""

import pytest
from django.db import connection

from config.search.query import parse


def codes(words: str) -> list[list[str]]:
    return [[term.code for term in part] for part in parse(words).alternatives]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("gas attack", [["+gas", "+attack"]]),
        ('"gas attack" -sarin', [["=gas attack", "-+sarin"]]),
        ('-"gas attack"', [["-=gas attack"]]),
        ("“gas attack” –sarin", [["=gas attack", "-+sarin"]]),
        ("a or b c OR d", [["+a"], ["+b", "+c"], ["+d"]]),
        ("or a or", [["+a"]]),
        ("-or", [["-+or"]]),
        ('"still typing', [["+still", "+typing"]]),
        ('"" - & !!! x', [["+x"]]),
        ("Khan-Sheikhoun", [["+Khan-Sheikhoun"]]),
        ("al-Assad al Shayrat", [["+al-Assad", "+Shayrat"]]),
        ("WHO OR AT&T", [["+WHO"], ["+AT&T"]]),
        ("at-large co-operate", [["+at-large", "+co-operate"]]),
        ("& | !", []),
        ("", []),
    ],
)
def test_words_phrases_exclusions_and_alternatives(words: str, expected: list[list[str]]) -> None:
    assert codes(words) == expected


@pytest.mark.parametrize("words", ['a "b c" -d -"e f" or g', "x", "-y or z"])
def test_what_is_typed_again_means_the_same(words: str) -> None:
    assert parse(parse(words).typed) == parse(words)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["+unit"], "'unit'"),
        (["+attacking"], "'attack' | 'attacking'"),
        (["+Khan-Sheikhoun"], "'khan' <-> 'sheikhoun' | 'khansheikhoun'"),
        (["+al-Assad"], "'assad' | 'alassad'"),
        (["+AT&T"], "'at' <-> 't' | 'att'"),
        (["+WHO"], "'who'"),
        (["+who"], ""),
        (["+the"], ""),
        (["=The Who"], "'the' <-> 'who'"),
        (["+the", "-+gas"], "!'gas'"),
        (["+a.b", "or", "+gas", "-=x y"], "'ab' | 'gas' & !( 'x' <-> 'y' )"),
    ],
)
def test_terms_are_asked_for_as_stems_and_as_they_are(terms: list[str], expected: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_query(%s)::text", [terms])
        assert cursor.fetchone() == (expected,)
