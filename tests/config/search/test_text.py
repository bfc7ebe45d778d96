"""How search reads texts: in Python and in the database alike."""

import unicodedata

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from config.search.text import (
    joined_words,
    parted_words,
    search_text,
    without_articles,
)

# What the rules are about, beside letters that no rule is about.
_CHARACTERS = (
    "aAbBeElLnNrRsShHtTdDzZkKéÉİıøŁÆœßþΣςσЁйҐ'’ʼ`-‑–—&..,;:!?()«»“” \t"
    "\u00a0\u00ad\u200b\u200c\u200d\u2066\ufeffاأإآءئؤىيیکكةهـًّﻣﺼﺮﻻ۰٣५๕１½²ﬁ﷼"
)


def in_database(texts: list[str]) -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT read, parted_words(read), joined_words(read) FROM unnest(%s::text[])"
            " WITH ORDINALITY AS given (text, number), search_text(text) AS read ORDER BY number",
            [texts],
        )
        return cursor.fetchall()


def in_python(texts: list[str]) -> list[tuple[str, str, str]]:
    return [(read, parted_words(read), joined_words(read)) for read in map(search_text, texts)]


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from(_CHARACTERS), max_size=30), min_size=40, max_size=80))
def test_python_and_the_database_read_alike(texts: list[str]) -> None:
    assert in_database(texts) == in_python(texts)


@pytest.mark.django_db
def test_every_character_is_read_alike() -> None:
    # Those of Unicode 3.2, which is older than whatever runs this, and no controls.
    known = unicodedata.ucd_3_2_0
    texts = [
        f"{around}{chr(code)}b"
        for code in range(0x20, 0xFFFE)
        if known.category(chr(code)) not in ("Cn", "Cs", "Cc")
        for around in ("a", " ")
    ]
    pairs = zip(texts, in_database(texts), in_python(texts), strict=True)
    assert [(ascii(text), one, other) for text, one, other in pairs if one != other] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Khan-Sheikhoun", "khan-sheikhoun"),
        ("Jean\u2011Luc", "jean-luc"),
        ("بُوتِين", "بوتين"),
        ("أسد إدلب آل", "اسد ادلب ال"),
        ("ایران إيران ايران", "ايران ايران ايران"),
        ("ﻣﺼﺮ", "مصر"),
        ("الشعيرات ال شعيرات شعيرات", "شعيرات شعيرات شعيرات"),
        ("حلـــب", "حلب"),
        ("قناة قناه", "قناه قناه"),
        ("می\u200cرود", "مي-رود"),
        ("İstanbul \u0131ş\u0131k", "istanbul isik"),
        ("Straße Mélenchon Łódź", "strasse melenchon lodz"),
        ("Me\u0301lenchon", "melenchon"),
        ("U.S. and U.N., U.S.A.", "us and un usa"),
        ("Syria’s Sana'a O’Brien ʿAlī", "syria sana-a o-brien ali"),
        ("AT&T, R & D", "at-t r d"),
        ("2017-04-04, end.Start", "2017-04-04 end start"),
        ("٢٠١٧ ۲۰۱۷ २०१७ ２０１７", "2017 2017 2017 2017"),
        ("so\u00adft and\u200b hid\u2066den", "soft and hidden"),
        ("Bashar al-Assad", "bashar al-assad"),
        ("al Shayrat, Al-Qaeda, ash Shaykh, at-Tanf", "shayrat al-qaeda shaykh at-tanf"),
        ("ash an nine", "ash nine"),
        ("- — '' x -y- ", "x y"),
        ("Хан-Шейхун ЙОД ёлка", "хан-шеихун иод елка"),
        ("한국 दिल्ली 東京", "한국 दिल्ली 東京"),
    ],
)
def test_text_is_read_without_marks_case_and_invisible_characters(text: str, expected: str) -> None:
    assert search_text(text) == expected


@pytest.mark.parametrize(
    ("read", "parted", "joined"),
    [
        ("khan-sheikhoun town", "khan sheikhoun town", "khansheikhoun"),
        ("bashar al-assad", "bashar assad", "alassad"),
        ("abd-al-rahman", "abd rahman", "abdalrahman"),
        ("plain words", "plain words", ""),
    ],
)
def test_a_joint_is_a_boundary_and_nothing(read: str, parted: str, joined: str) -> None:
    assert (parted_words(read), joined_words(read)) == (parted, joined)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("al Shayrat", "Shayrat"),
        ("-al Shayrat or AL Bab", "-Shayrat or Bab"),
        ("ال شعيرات", "شعيرات"),
        ("al", "al"),
        ("general staff", "general staff"),
    ],
)
def test_a_typed_article_is_no_word(typed: str, meant: str) -> None:
    assert without_articles(typed) == meant
